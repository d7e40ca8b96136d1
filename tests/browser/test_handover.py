"""A side goes to a successor: without scripts, by the keyboard alone, and beside an open page."""

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard
from tests.browser.post import Post
from tests.browser.stage import backstage, cookie_of
from tests.browser.visitor import Visitor
from tests.cast import DISTRICT_LEAD, SUCCESSOR, UNION_LEAD, Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def address(visit: Visit, cast: Cast) -> str:
    with backstage():
        return f"/teams/{cast.team().id}"


def come(visit: Visit, cast: Cast, email: str, *, scripts: bool = True) -> Visitor:
    return visit(scripts=scripts).sign_in_as(cookie_of(cast, email))


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
def test_a_side_is_asked_for_and_taken(
    visit: Visit, post: Post, cast: Cast, address: str, scripts: bool
) -> None:
    imogen = come(visit, cast, DISTRICT_LEAD, scripts=scripts)
    imogen.go(address)
    steps.ask_successor(imogen)
    post.wait(to=SUCCESSOR)
    imogen.page.get_by_role("button", name="Withdraw the handover").click()
    expect(steps.asked(imogen.page)).to_have_count(0)
    steps.ask_successor(imogen)

    cordelia = visit(scripts=scripts)
    steps.take_over(cordelia, post)
    expect(cordelia.page.get_by_role("button", name="Withdraw the handover")).to_have_count(0)
    post.wait(to=UNION_LEAD, subject="now leads the district side", count=1)
    post.wait(to=DISTRICT_LEAD, subject="has taken over", count=1)

    imogen.settle()
    imogen.go(address)
    expect(imogen.page.get_by_role("heading", name="Not found")).to_be_visible()


def test_a_side_is_handed_over_by_the_keyboard(
    visit: Visit, post: Post, cast: Cast, address: str
) -> None:
    imogen = come(visit, cast, DISTRICT_LEAD)
    keyboard = Keyboard(imogen.go(address))
    keyboard.to("Hand over to somebody else")
    keyboard.press("Enter")
    keyboard.to("Ask them to take over")
    keyboard.press("Enter")
    expect(imogen.page.locator("#handover-district-error-summary")).to_be_focused()
    keyboard.press("Tab", "Enter")
    expect(imogen.page.get_by_label("Name of the successor")).to_be_focused()
    keyboard.type("Cordelia Whitcombe")
    keyboard.fill("E-mail of the successor", SUCCESSOR)
    keyboard.press("Enter")
    expect(steps.asked(imogen.page)).to_be_visible()
    keyboard.expect("Ask somebody else to take over (district side)")
    post.wait(to=SUCCESSOR)
    keyboard.to("Withdraw the handover: Cordelia Whitcombe does not take over", key="Shift+Tab")
    keyboard.press("Enter")
    expect(steps.asked(imogen.page)).to_have_count(0)
    keyboard.expect("Hand over to somebody else (district side)")
    keyboard.press("Enter")
    keyboard.fill("Name of the successor", "Cordelia Whitcombe")
    keyboard.fill("E-mail of the successor", SUCCESSOR)
    keyboard.press("Enter")
    expect(steps.asked(imogen.page)).to_be_visible()

    cordelia = visit()
    link = post.link(to=SUCCESSOR, subject="Take over", count=2)
    cordelia.page.goto(link)
    keyboard = Keyboard(cordelia.page)
    keyboard.choose("Your position", "Superint")
    keyboard.to("Take over")
    keyboard.press("Space")
    expect(steps.row(cordelia.page, "Cordelia Whitcombe")).to_be_visible()
    imogen.expect("answer 404")


def test_what_is_typed_stays_while_the_page_learns_of_others(
    visit: Visit, cast: Cast, address: str
) -> None:
    imogen = come(visit, cast, DISTRICT_LEAD)
    page = imogen.go(address)
    page.get_by_text("Hand over to somebody else").click()
    page.get_by_label("Name of the successor").fill("Cordelia")
    beatriz = come(visit, cast, UNION_LEAD)
    beatriz.go(address)
    steps.edit_site(beatriz, "Priscilla Vang", "Weller Elementary")
    expect(steps.row(page, "Priscilla Vang")).to_contain_text("Weller Elementary")
    expect(page.get_by_label("Name of the successor")).to_be_focused()
    expect(page.get_by_label("Name of the successor")).to_have_value("Cordelia")
