"""Registering, building and signing by the keyboard alone, with the focus never lost."""

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard
from tests.browser.post import Post
from tests.browser.stage import backstage, cookie_of
from tests.browser.visitor import Visitor
from tests.cast import DISTRICT_LEAD, OAKLAND, STAFF, UNION_LEAD, Cast, address_of

pytestmark = pytest.mark.browser

# As fast as hands can be: from the errors to the field before the answer has settled.
GO_ON_AT_ONCE = """() => {
  const goOn = ({ target }) => {
    if (target.id !== "add-union-error-summary") return;
    removeEventListener("focusin", goOn);
    document.getElementById("add-union-name").focus();
  };
  addEventListener("focusin", goOn);
  const answered = () => (document.body.dataset.answered = "");
  addEventListener("htmx:finally:request", () => setTimeout(answered, 50));
}"""


@pytest.fixture
def imogen(visit: Visit, cast: Cast) -> Visitor:
    """The district lead, on the page of her team of eight."""
    with backstage():
        address = f"/teams/{cast.team().id}"
    imogen = visit().sign_in_as(cookie_of(cast, DISTRICT_LEAD))
    imogen.go(address)
    return imogen


def test_a_team_is_started_by_the_keyboard(visit: Visit, post: Post) -> None:
    imogen = visit()
    keyboard = Keyboard(imogen.go("/"))
    keyboard.press("Tab")
    keyboard.expect("Skip to the content")
    keyboard.press("Enter")
    keyboard.to("Register your team")
    keyboard.press("Enter")
    expect(imogen.page.get_by_role("heading", name="Register your team")).to_be_visible()
    fill_in_the_start(imogen, keyboard)
    expect(imogen.page.get_by_label("Six-digit code")).to_be_focused()
    keyboard.type(post.code(to=DISTRICT_LEAD))
    keyboard.press("Enter")
    expect(steps.row(imogen.page, "Imogen Castellanos")).to_be_visible()


def fill_in_the_start(imogen: Visitor, keyboard: Keyboard) -> None:
    keyboard.to("Bay Area")
    keyboard.press("Space", "ArrowDown", "ArrowUp")
    expect(imogen.page.get_by_role("radio", name="Bay Area")).to_be_checked()
    keyboard.fill("Find your district", "santa clara")
    expect(imogen.page.get_by_role("radio", name="Milpitas")).to_be_visible()
    assert keyboard.here().startswith("Find your district")
    keyboard.to("Santa Clara County Office of Education")
    keyboard.press("ArrowDown")
    keyboard.expect("Milpitas Unified (Santa Clara County)")
    keyboard.fill("Your name", "Imogen Castellanos")
    keyboard.fill("Your e-mail address", DISTRICT_LEAD)
    keyboard.to("the district side")
    keyboard.press("Space")
    keyboard.choose("Your position", "Superint")
    keyboard.press("Enter")
    keyboard.to("Start the team")
    keyboard.press("Enter")


def test_a_row_is_added_edited_removed_and_put_back_by_the_keyboard(imogen: Visitor) -> None:
    keyboard = Keyboard(imogen.page)
    keyboard.to("Edit Leopold Marchetti")
    keyboard.press("Enter")
    form = imogen.page.get_by_role("form", name="Edit Leopold Marchetti")
    expect(form.get_by_label("Name")).to_be_focused()
    keyboard.fill("School or office", "District office")
    keyboard.press("Enter")
    expect(steps.row(imogen.page, "Leopold Marchetti")).to_contain_text("District office")
    keyboard.expect("Edit Leopold Marchetti")

    keyboard.to("Remove Leopold Marchetti")
    keyboard.press("Space")
    expect(steps.row(imogen.page, "Leopold Marchetti")).to_have_count(0)
    keyboard.expect("Edit Priscilla Vang")
    keyboard.to("Undo: put Leopold Marchetti back")
    keyboard.press("Enter")
    expect(steps.row(imogen.page, "Leopold Marchetti")).to_be_visible()
    keyboard.expect("Edit Leopold Marchetti")


def test_people_are_added_one_after_the_other_by_the_keyboard(imogen: Visitor) -> None:
    keyboard = Keyboard(imogen.page)
    form = steps.add_form(imogen.page, "union")
    keyboard.to("Add to the district side")
    for name in ("Winifred Abernathy", "Caspian Delacroix"):
        if keyboard.here() != "Name":
            keyboard.to("Name")
        keyboard.type(name)
        keyboard.fill("E-mail", address_of(name))
        keyboard.choose("Position", "Teacher or")
        keyboard.press("Tab", "Enter")
        expect(steps.row(imogen.page, name)).to_be_visible()
        expect(form.get_by_label("Name")).to_be_focused()


def test_a_wrong_row_takes_the_keyboard_to_its_errors(imogen: Visitor) -> None:
    keyboard = Keyboard(imogen.page)
    keyboard.to("Add to the district side")
    keyboard.to("Add to the union side")
    keyboard.press("Enter")
    expect(imogen.page.locator("#add-union-error-summary")).to_be_focused()
    keyboard.press("Tab", "Enter")
    expect(steps.add_form(imogen.page, "union").get_by_label("Name")).to_be_focused()


def test_hands_that_go_on_at_once_are_not_called_back_to_the_errors(imogen: Visitor) -> None:
    imogen.page.evaluate(GO_ON_AT_ONCE)
    keyboard = Keyboard(imogen.page)
    keyboard.to("Add to the district side")
    keyboard.to("Add to the union side")
    keyboard.press("Enter")
    form = steps.add_form(imogen.page, "union")
    expect(form.get_by_role("alert")).to_be_visible()
    expect(imogen.page.locator("body[data-answered]")).to_be_attached()
    expect(form.get_by_label("Name")).to_be_focused()


def test_both_leads_sign_by_the_keyboard(imogen: Visitor, visit: Visit, cast: Cast) -> None:
    beatriz = visit().sign_in_as(cookie_of(cast, UNION_LEAD))
    beatriz.page.goto(imogen.page.url)
    for lead, label in ((imogen, "Waiting for the union side"), (beatriz, "Submitted")):
        keyboard = Keyboard(lead.page)
        keyboard.to("Sign this roster")
        keyboard.press("Enter")
        steps.expect_state(lead, label)
        keyboard.expect("Where the registration stands")


def test_the_partner_is_invited_and_joins_by_the_keyboard(
    visit: Visit, post: Post, cast: Cast
) -> None:
    with backstage():
        address = f"/teams/{cast.team(partner=None, members=[]).id}"
    imogen = visit().sign_in_as(cookie_of(cast, DISTRICT_LEAD))
    keyboard = Keyboard(imogen.go(address))
    keyboard.to("Add to the district side")
    keyboard.fill("Name", "Beatriz Holloway")
    keyboard.fill("E-mail", UNION_LEAD)
    keyboard.press("Enter")
    expect(imogen.page.get_by_text("Invited, and has not joined yet.")).to_be_visible()
    keyboard.expect("E-mail")

    beatriz = visit()
    beatriz.page.goto(post.link(to=UNION_LEAD, subject="invites you"))
    keyboard = Keyboard(beatriz.page)
    keyboard.choose("Your position", "Teachers’ union pres")
    keyboard.to("Join the team")
    keyboard.press("Space")
    expect(steps.row(beatriz.page, "Beatriz Holloway")).to_be_visible()


def test_staff_go_down_the_queue_and_decide_by_the_keyboard(visit: Visit, cast: Cast) -> None:
    with backstage():
        cast.staff()
        cast.submitted()
        cast.submitted(cohort="sacramento", cd_code=OAKLAND)
    rosalind = visit().sign_in_as(cookie_of(cast, STAFF))
    keyboard = Keyboard(rosalind.go("/staff"))
    keyboard.to("Milpitas Unified")
    keyboard.press("j")
    keyboard.expect("Oakland Unified")
    keyboard.press("k")
    keyboard.expect("Milpitas Unified")
    keyboard.press("Enter")
    steps.expect_state(rosalind, "Submitted")
    keyboard.to("Return with a note")
    keyboard.press("Enter")
    expect(rosalind.page.locator(".error-summary")).to_be_focused()
    keyboard.to("Note: Please write a note")
    keyboard.press("Enter")
    expect(rosalind.page.get_by_label("Note")).to_be_focused()
    keyboard.type("Please look at the sites again.")
    keyboard.to("Return with a note")
    keyboard.press("Space")
    steps.expect_state(rosalind, "Returned")
    keyboard.expect("Where the registration of Milpitas Unified stands")


def test_a_participant_answers_by_the_keyboard(visit: Visit, cast: Cast) -> None:
    with backstage():
        cast.approved()
    imogen = visit().sign_in_as(cookie_of(cast, DISTRICT_LEAD, is_personal=True))
    keyboard = Keyboard(imogen.go("/personal"))
    keyboard.to("I cannot come")
    keyboard.press("Enter")
    expect(imogen.page.get_by_text("You said that you cannot come.")).to_be_visible()
    keyboard.expect("I cannot come")
    keyboard.fill("What you cannot or do not eat", "Nuts")
    keyboard.to("Save my needs")
    keyboard.press("Enter")
    expect(imogen.page.get_by_text("Your needs are saved.")).to_be_visible()
