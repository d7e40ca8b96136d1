"""The main journey in real browsers with real mail: two leads, staff, eight confirmations."""

import pytest
from playwright.sync_api import expect

from tests.browser import journey, steps
from tests.browser.conftest import Visit
from tests.browser.post import Post
from tests.browser.stage import backstage, cookie_of
from tests.cast import DISTRICT_LEAD, Cast

pytestmark = pytest.mark.browser


def test_two_leads_go_all_the_way_to_eight_confirmations(
    visit: Visit, post: Post, cast: Cast
) -> None:
    journey.walk(visit(), visit(), visit(), post, cast)


def test_the_roster_is_built_without_leaving_the_page(visit: Visit, cast: Cast) -> None:
    with backstage():
        address = f"/teams/{cast.team(members=[]).id}"
    imogen = visit().sign_in_as(cookie_of(cast, DISTRICT_LEAD))
    imogen.go(address).evaluate("window.hasStayed = true")
    steps.add(imogen, "union", "Ambrose Tillinghast", "teacher")
    steps.edit_site(imogen, "Ambrose Tillinghast", "Weller Elementary")
    steps.remove_and_undo(imogen, "Ambrose Tillinghast")
    assert imogen.page.evaluate("window.hasStayed")


def test_a_lead_may_prove_the_address_by_the_code(visit: Visit, post: Post) -> None:
    imogen = visit()
    steps.look_and_register(imogen)
    imogen.page.get_by_label("Six-digit code").fill(post.code(to=DISTRICT_LEAD))
    imogen.page.get_by_role("button", name="Go on").click()
    expect(steps.row(imogen.page, "Imogen Castellanos")).to_be_visible()
