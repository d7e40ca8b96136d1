"""Undoing from the timeline and asking for waivers: two leads at once, by keyboard, without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard
from tests.browser.stage import backstage, cookie_of
from tests.browser.visitor import Visitor
from tests.cast import DISTRICT_LEAD, UNION_LEAD, Cast
from tests.teams.asking import BOARD, REASON, WITHOUT_BOARD

pytestmark = pytest.mark.browser
LEOPOLD = "Leopold Marchetti"
ADDED = f"Imogen Castellanos added {LEOPOLD}"


@pytest.fixture
def address(cast: Cast) -> str:
    """The page of a team of seven that lacks a school board member."""
    with backstage():
        return f"/teams/{cast.team(members=WITHOUT_BOARD).id}"


@pytest.fixture
def imogen(visit: Visit, cast: Cast, address: str) -> Visitor:
    imogen = visit().sign_in_as(cookie_of(cast, DISTRICT_LEAD))
    imogen.go(address)
    return imogen


@pytest.fixture
def beatriz(visit: Visit, cast: Cast, address: str) -> Visitor:
    beatriz = visit().sign_in_as(cookie_of(cast, UNION_LEAD))
    beatriz.go(address)
    return beatriz


def test_one_lead_undoes_what_the_other_did_and_both_see_it(
    imogen: Visitor, beatriz: Visitor
) -> None:
    steps.undo(beatriz, ADDED)
    expect(steps.row(imogen.page, LEOPOLD)).to_have_count(0)
    expect(imogen.page.locator("#live")).to_contain_text(f"undid adding {LEOPOLD}")
    steps.undo(imogen, f"Beatriz Holloway undid adding {LEOPOLD}")
    expect(steps.row(beatriz.page, LEOPOLD)).to_be_visible()
    steps.undo(beatriz, f"Imogen Castellanos redid adding {LEOPOLD}")
    expect(steps.row(imogen.page, LEOPOLD)).to_have_count(0)


def test_undoing_by_the_keyboard_stays_in_the_timeline(imogen: Visitor) -> None:
    keyboard = Keyboard(imogen.page)
    keyboard.to("What happened")
    keyboard.press("Enter")
    keyboard.to(f"Undo that {ADDED}")
    keyboard.press("Enter")
    expect(steps.row(imogen.page, LEOPOLD)).to_have_count(0)
    keyboard.expect("What happened")
    keyboard.press("Tab")
    keyboard.expect(f"Undo that Imogen Castellanos undid adding {LEOPOLD}")
    keyboard.press("Space")
    expect(steps.row(imogen.page, LEOPOLD)).to_be_visible()
    keyboard.expect("What happened")


def test_a_waiver_is_asked_for_and_taken_back_by_the_keyboard(imogen: Visitor) -> None:
    keyboard = Keyboard(imogen.page)
    keyboard.to(f"Ask for a waiver ({BOARD})")
    keyboard.press("Enter")
    keyboard.to("Reason")
    keyboard.press("Tab", "Enter")
    expect(imogen.page.get_by_role("alert").filter(has_text="Not asked yet")).to_be_focused()
    keyboard.to("Reason")
    keyboard.press("Enter")
    expect(imogen.page.get_by_label("Reason")).to_be_focused()
    keyboard.type(REASON)
    keyboard.press("Tab", "Enter")
    expect(imogen.page.get_by_text(f"Waiver asked for: {REASON}")).to_be_visible()
    keyboard.expect(f"Take it back ({BOARD})")
    keyboard.press("Enter")
    expect(imogen.page.get_by_text("Waiver asked for")).to_have_count(0)
    keyboard.expect(f"Ask for a waiver ({BOARD})")


def test_a_reason_being_typed_outlasts_what_the_other_lead_does(
    imogen: Visitor, beatriz: Visitor
) -> None:
    beatriz.page.get_by_text(f"Ask for a waiver ({BOARD})").click()
    typing = beatriz.page.get_by_label("Reason")
    typing.press_sequentially("The seat is")
    steps.ask_waiver(imogen, BOARD, REASON)
    expect(beatriz.page.get_by_text(f"Waiver asked for: {REASON}")).to_be_visible()
    expect(typing).to_be_focused()
    beatriz.page.keyboard.type(" vacant.")
    expect(typing).to_have_value("The seat is vacant.")
    send = beatriz.page.get_by_role("button", name="Ask for a waiver")
    send.click()
    expect(beatriz.page.get_by_text("has given a reason meanwhile").first).to_be_visible()
    expect(typing).to_have_value("The seat is vacant.")
    send.click()
    expect(imogen.page.get_by_text("Waiver asked for: The seat is vacant.")).to_be_visible()


def test_both_need_no_scripts(visit: Visit, cast: Cast, address: str) -> None:
    imogen = visit(scripts=False).sign_in_as(cookie_of(cast, DISTRICT_LEAD))
    imogen.go(address)
    steps.ask_waiver(imogen, BOARD, REASON)
    imogen.page.get_by_role("button", name="Take it back").click()
    expect(imogen.page.get_by_text("Waiver asked for")).to_have_count(0)
    steps.undo(imogen, ADDED)
    expect(steps.row(imogen.page, LEOPOLD)).to_have_count(0)
    steps.undo(imogen, f"Imogen Castellanos undid adding {LEOPOLD}")
    expect(steps.row(imogen.page, LEOPOLD)).to_be_visible()
