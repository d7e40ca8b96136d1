"""The staff's pages by the keyboard alone: texts, directory, accounts, overview, proposals."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard
from tests.browser.stage import backstage, cookie_of
from tests.browser.visitor import Visitor
from tests.cast import DISTRICT_LEAD, FEW, OAKLAND, STAFF, Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def rosalind(visit: Visit, cast: Cast) -> Visitor:
    """Staff with every role."""
    with backstage():
        cast.staff()
    return visit().sign_in_as(cookie_of(cast, STAFF))


def heading(visitor: Visitor, name: str) -> None:
    """The next page is there: the keys are for it."""
    expect(visitor.page.get_by_role("heading", name=name, level=1)).to_be_visible()


def test_the_texts_are_looked_at_and_saved_by_the_keyboard(rosalind: Visitor) -> None:
    keyboard = Keyboard(rosalind.go("/staff/series"))
    keyboard.to("Edit the texts")
    keyboard.press("Enter")
    heading(rosalind, "Texts")
    keyboard.to("Title")
    keyboard.press("ControlOrMeta+a", "Delete")
    keyboard.to("Save the texts")
    keyboard.press("Enter")
    expect(rosalind.page.locator(".error-summary")).to_be_focused()
    keyboard.press("Tab", "Enter")
    expect(rosalind.page.get_by_label("Title", exact=True)).to_be_focused()
    keyboard.type("Partnership 2.0")
    keyboard.to("Look at it first")
    keyboard.press("Space")
    expect(rosalind.page.get_by_role("heading", name="How it will look")).to_be_visible()
    keyboard.to("Save the texts")
    keyboard.press("Space")
    expect(rosalind.page.get_by_text("The texts are saved.")).to_be_visible()
    expect(rosalind.page.get_by_role("heading", name="Partnership 2.0", level=1)).to_be_visible()


def test_a_union_is_added_to_a_district_by_the_keyboard(rosalind: Visitor) -> None:
    keyboard = Keyboard(rosalind.go("/staff/directory"))
    keyboard.fill("Name, county, city or CD code", "milpitas")
    keyboard.press("Enter")
    expect(rosalind.page.get_by_text("1 district")).to_be_visible()
    keyboard.to("Milpitas Unified")
    keyboard.press("Enter")
    heading(rosalind, "Milpitas Unified")
    keyboard.to("Add a union")
    keyboard.press("Enter")
    keyboard.fill("Name", "Milpitas Teachers Association")
    keyboard.choose("Affiliation", "CTA")
    keyboard.to("Certificated")
    keyboard.press("Space", "ArrowDown")
    keyboard.expect("Classified (all other staff)")
    keyboard.press("ArrowUp")
    keyboard.to("Add the union")
    keyboard.press("Enter")
    added = "Milpitas Teachers Association is a union of Milpitas Unified now."
    expect(rosalind.page.get_by_text(added)).to_be_visible()


def test_a_colleague_is_added_and_gets_another_role_by_the_keyboard(rosalind: Visitor) -> None:
    keyboard = Keyboard(rosalind.go("/staff/accounts"))
    keyboard.fill("Name", "Hyacinth Lindqvist")
    keyboard.fill("E-mail", "hyacinth.lindqvist@example.org")
    keyboard.to("Needs")
    keyboard.press("Space")
    keyboard.to("Add to the staff")
    keyboard.press("Enter")
    expect(rosalind.page.get_by_text("Hyacinth Lindqvist is staff.")).to_be_visible()
    keyboard.to("Hyacinth Lindqvist")
    keyboard.press("Enter")
    heading(rosalind, "Hyacinth Lindqvist")
    keyboard.to("Skip to the content")
    keyboard.press("Enter")
    keyboard.to("Finance")
    keyboard.press("Space")
    keyboard.to("Save the roles")
    keyboard.press("Enter")
    now = "Hyacinth Lindqvist now has: staff, needs, finance."
    expect(rosalind.page.get_by_text(now)).to_be_visible()


def test_a_cohort_of_the_overview_is_chosen_by_the_keyboard(rosalind: Visitor, cast: Cast) -> None:
    with backstage():
        cast.approved(cohort="sacramento", members=FEW)
        cast.submitted(cd_code=OAKLAND, members=FEW)
    keyboard = Keyboard(rosalind.go("/staff/overview"))
    keyboard.choose("Cohort", "Sacr")
    keyboard.to("Show")
    keyboard.press("Enter")
    expect(rosalind.page.get_by_label("Cohort", exact=True)).to_have_value("sacramento")
    expect(rosalind.page.get_by_text("4 of").first).to_be_visible()
    keyboard.to("Seats by cohort, in people")  # Wide tables are scrolled by the keyboard, too.


def test_a_change_is_proposed_and_accepted_by_the_keyboard(
    rosalind: Visitor, visit: Visit, cast: Cast
) -> None:
    with backstage():
        team = cast.approved(members=FEW)
        address = f"/teams/{team.id}"
    imogen = visit().sign_in_as(cookie_of(cast, DISTRICT_LEAD))
    keyboard = Keyboard(imogen.go(address))
    keyboard.to("Leaves the team: Thaddeus Okonkwo-Reyes")
    keyboard.press("Enter")
    keyboard.expect("Reason")
    keyboard.type("He moves away.")
    keyboard.to("Propose it")
    keyboard.press("Enter")
    expect(imogen.page.get_by_text("It waits for the staff.").first).to_be_visible()

    keyboard = Keyboard(rosalind.go(f"/staff{address}"))
    keyboard.to("Note")
    keyboard.type("All the best to him.")
    keyboard.to("Accept that")
    keyboard.press("Enter")
    expect(rosalind.page.get_by_text("The change is accepted.")).to_be_visible()
    gone = rosalind.page.locator(".row__name", has_text="Thaddeus Okonkwo-Reyes")
    expect(gone).to_have_count(0)
