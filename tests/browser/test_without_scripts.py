"""The main journey in browsers that run no scripts at all."""

import pytest
from playwright.sync_api import expect

from tests.browser import journey, steps
from tests.browser.conftest import Visit
from tests.browser.post import Post
from tests.browser.stage import backstage, cookie_of
from tests.cast import DISTRICT_LEAD, UNION_LEAD, Cast

pytestmark = pytest.mark.browser


def test_the_whole_journey_needs_no_scripts(visit: Visit, post: Post, cast: Cast) -> None:
    journey.walk(visit(scripts=False), visit(scripts=False), visit(scripts=False), post, cast)


def test_a_conflict_without_scripts_shows_both_values(visit: Visit, cast: Cast) -> None:
    with backstage():
        address = f"/teams/{cast.team().id}"
    imogen = visit(scripts=False).sign_in_as(cookie_of(cast, DISTRICT_LEAD))
    beatriz = visit(scripts=False).sign_in_as(cookie_of(cast, UNION_LEAD))
    for lead in (imogen, beatriz):
        lead.go(address).get_by_role("link", name="Edit Priscilla Vang").click()
    form = imogen.page.get_by_role("form", name="Edit Priscilla Vang")
    form.get_by_label("School or office").fill("Burnett Elementary")
    form.get_by_role("button", name="Save").click()
    expect(steps.row(imogen.page, "Burnett Elementary")).to_be_visible()

    form = beatriz.page.get_by_role("form", name="Edit Priscilla Vang")
    form.get_by_label("School or office").fill("Weller Elementary")
    form.get_by_role("button", name="Save").click()
    expect(form).to_contain_text("Burnett Elementary")
    expect(form.get_by_label("School or office")).to_have_value("Weller Elementary")
    form.get_by_role("button", name="Save mine").click()
    expect(steps.row(beatriz.page, "Priscilla Vang")).to_contain_text("Weller Elementary")
