"""Two leads at one roster, a server that goes away, and hands that are too fast."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser import steps
from tests.browser.conftest import Visit
from tests.browser.server import Server
from tests.browser.stage import backstage, cookie_of
from tests.browser.visitor import Visitor
from tests.cast import DISTRICT_LEAD, UNION_LEAD, Cast

pytestmark = pytest.mark.browser
PRISCILLA = "Priscilla Vang"


@pytest.fixture
def imogen(visit: Visit, cast: Cast) -> Visitor:
    """The district lead, on the page of her team of eight."""
    with backstage():
        address = f"/teams/{cast.team().id}"
    imogen = visit().sign_in_as(cookie_of(cast, DISTRICT_LEAD))
    imogen.go(address)
    return imogen


@pytest.fixture
def beatriz(imogen: Visitor, visit: Visit, cast: Cast) -> Visitor:
    """The union lead, on the same page in another browser."""
    beatriz = visit().sign_in_as(cookie_of(cast, UNION_LEAD))
    beatriz.page.goto(imogen.page.url)
    return beatriz


def open_row(page: Page, name: str = PRISCILLA) -> Locator:
    page.get_by_role("link", name=f"Edit {name}").click()
    return page.get_by_role("form", name=f"Edit {name}")


def test_a_save_over_somebody_elses_shows_both_and_loses_nothing(
    imogen: Visitor, beatriz: Visitor
) -> None:
    form = open_row(beatriz.page)
    steps.edit_site(imogen, PRISCILLA, "Burnett Elementary")
    form.get_by_label("School or office").fill("Weller Elementary")
    form.get_by_role("button", name="Save").click()

    expect(form.get_by_role("alert")).to_contain_text("was changed by somebody else")
    expect(form).to_contain_text("Burnett Elementary")
    expect(form.get_by_label("School or office")).to_have_value("Weller Elementary")
    imogen.reload()
    expect(steps.row(imogen.page, PRISCILLA)).to_contain_text("Burnett Elementary")

    form.get_by_role("button", name="Save mine").click()
    expect(steps.row(beatriz.page, PRISCILLA)).to_contain_text("Weller Elementary")
    imogen.reload()
    expect(steps.row(imogen.page, PRISCILLA)).to_contain_text("Weller Elementary")


def test_what_is_there_can_be_kept_instead(imogen: Visitor, beatriz: Visitor) -> None:
    form = open_row(beatriz.page)
    steps.edit_site(imogen, PRISCILLA, "Burnett Elementary")
    form.get_by_label("School or office").fill("Weller Elementary")
    form.get_by_role("button", name="Save").click()
    form.get_by_role("link", name="Keep what is there").click()
    expect(form).to_have_count(0)
    expect(steps.row(beatriz.page, PRISCILLA)).to_contain_text("Burnett Elementary")


def test_a_signature_on_a_roster_that_has_changed_is_refused(
    imogen: Visitor, beatriz: Visitor
) -> None:
    beatriz.page.route("**/changes**", lambda route: route.fulfill(status=204))
    steps.edit_site(imogen, PRISCILLA, "Burnett Elementary")
    beatriz.page.get_by_role("button", name="Sign this roster").click()
    expect(beatriz.page.locator("#notices")).to_contain_text("The roster has changed")
    steps.expect_state(beatriz, "Draft")


def test_a_server_that_is_gone_leaves_what_was_typed(imogen: Visitor, site: Server) -> None:
    imogen.expect("ERR_CONNECTION_REFUSED", "Failed to fetch")
    form = open_row(imogen.page)
    form.get_by_label("School or office").fill("Weller Elementary")
    site.stop()
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("Not saved.")).to_be_visible()
    expect(imogen.page.locator("#announce-assertive")).to_contain_text("Not saved.")
    expect(form.get_by_label("School or office")).to_have_value("Weller Elementary")

    site.start()
    form.get_by_role("button", name="Save").click()
    expect(steps.row(imogen.page, PRISCILLA)).to_contain_text("Weller Elementary")
    expect(imogen.page.get_by_text("Not saved.")).to_have_count(0)


def test_a_sign_in_that_has_ended_keeps_what_was_typed(imogen: Visitor, cast: Cast) -> None:
    form = open_row(imogen.page)
    form.get_by_label("School or office").fill("Weller Elementary")
    window = imogen.context.new_page()
    window.goto(imogen.page.url)
    # The page asks what is new and hears of it, which takes nobody away from what they typed.
    with imogen.page.expect_response(lambda answer: answer.status == 401):
        window.get_by_role("button", name="Sign out").click()
    form.get_by_role("button", name="Save").click()
    imogen.page.get_by_text("What was kept", exact=True).click()
    expect(imogen.page.get_by_text("Weller Elementary")).to_be_visible()

    again = imogen.page.get_by_role("button", name="Send it again")
    again.click()
    expect(imogen.page.get_by_role("link", name="Sign in in another window")).to_be_visible()
    imogen.sign_in_as(cookie_of(cast, DISTRICT_LEAD))
    again.click()  # From before the sign-in, so that it is asked for once more.
    expect(imogen.page.get_by_role("link", name="Sign in in another window")).to_have_count(0)
    again.click()
    expect(steps.row(imogen.page, PRISCILLA)).to_contain_text("Weller Elementary")


def test_a_person_is_added_once_however_fast_the_clicks(imogen: Visitor, beatriz: Visitor) -> None:
    form = steps.add_form(imogen.page, "union")
    steps.fill_row(form, "Winifred Abernathy", "teacher")
    form.get_by_role("button", name="Add to the union side").dblclick()
    expect(steps.row(imogen.page, "Winifred Abernathy")).to_have_count(1)
    expect(form.get_by_label("Name")).to_be_focused()
    expect(form.get_by_role("alert")).to_have_count(0)
    beatriz.reload()
    expect(steps.row(beatriz.page, "Winifred Abernathy")).to_have_count(1)


def test_escape_leaves_a_row_as_it_was(imogen: Visitor) -> None:
    form = open_row(imogen.page)
    form.get_by_label("School or office").fill("Weller Elementary")
    imogen.page.keyboard.press("Escape")
    expect(form).to_have_count(0)
    expect(steps.row(imogen.page, PRISCILLA)).not_to_contain_text("Weller Elementary")
    expect(imogen.page.get_by_role("link", name=f"Edit {PRISCILLA}")).to_be_focused()


def test_districts_are_found_while_typing_each_with_its_county(visit: Visit) -> None:
    page = visit().go("/register")
    field = page.get_by_label("Find your district")
    field.press_sequentially("milp")
    expect(page.get_by_role("radio", name="Milpitas Unified (Santa Clara County)")).to_be_visible()
    expect(field).to_be_focused()
    field.press_sequentially("xyz")
    expect(page.get_by_role("radio", name="Milpitas Unified")).to_have_count(0)
    expect(page.locator("#announce-polite")).not_to_be_empty()


# Two leads at once.


def test_what_one_lead_adds_appears_before_the_other_without_disturbing(
    imogen: Visitor, beatriz: Visitor
) -> None:
    typing = steps.add_form(beatriz.page, "union").get_by_label("Name")
    typing.press_sequentially("Half a na")
    form = steps.add_form(imogen.page, "district")
    steps.fill_row(form, "Winifred Abernathy", "principal")
    form.get_by_role("button", name="Add to the district side").click()
    expect(steps.row(beatriz.page, "Winifred Abernathy")).to_be_visible()
    expect(beatriz.page.locator("#announce-polite")).to_contain_text("added Winifred Abernathy")
    expect(beatriz.page.locator("#live")).to_contain_text("Imogen Castellanos is here")
    expect(typing).to_be_focused()
    beatriz.page.keyboard.type("me")
    expect(typing).to_have_value("Half a name")


def test_edits_of_different_fields_come_together(imogen: Visitor, beatriz: Visitor) -> None:
    form = open_row(beatriz.page)
    steps.edit_site(imogen, PRISCILLA, "Burnett Elementary")
    form.get_by_label("Name").fill("Priscilla Vang-Ortiz")
    form.get_by_role("button", name="Save").click()
    row = steps.row(beatriz.page, "Priscilla Vang-Ortiz")
    expect(row).to_contain_text("Burnett Elementary")


def test_leaving_a_row_saves_it_and_stays_where_one_went(imogen: Visitor) -> None:
    form = open_row(imogen.page)
    form.get_by_label("School or office").fill("Weller Elementary")
    elsewhere = steps.add_form(imogen.page, "union").get_by_label("Name")
    elsewhere.focus()
    expect(form).to_have_count(0)
    expect(steps.row(imogen.page, PRISCILLA)).to_contain_text("Weller Elementary")
    expect(elsewhere).to_be_focused()


def test_leaving_an_unchanged_row_closes_it(imogen: Visitor) -> None:
    form = open_row(imogen.page)
    expect(form.get_by_label("Name")).to_be_focused()
    elsewhere = steps.add_form(imogen.page, "union").get_by_label("Name")
    elsewhere.focus()
    expect(form).to_have_count(0)
    expect(elsewhere).to_be_focused()


def remove_under(imogen: Visitor, beatriz: Visitor) -> Locator:
    """Beatriz types into a row, and Imogen takes it off the roster; the form before Beatriz."""
    form = open_row(beatriz.page)
    form.get_by_label("School or office").fill("Weller Elementary")
    imogen.page.get_by_role("button", name=f"Remove {PRISCILLA}").click()
    expect(beatriz.page.locator("#live")).to_contain_text(f"removed {PRISCILLA}")
    expect(form.get_by_label("School or office")).to_have_value("Weller Elementary")
    return form


def test_the_text_of_a_row_that_the_other_removed_is_kept_in_its_place(
    imogen: Visitor, beatriz: Visitor
) -> None:
    half = steps.add_form(beatriz.page, "district").get_by_label("Name")
    half.fill("Half a name")
    form = remove_under(imogen, beatriz)
    form.get_by_role("button", name="Save").click()
    expect(form).to_contain_text("was removed meanwhile")
    expect(form.get_by_label("School or office")).to_have_value("Weller Elementary")
    expect(half).to_have_value("Half a name")
    form.get_by_role("button", name="Put back and save").click()
    expect(steps.row(imogen.page, PRISCILLA)).to_contain_text("Weller Elementary")


def test_escape_closes_a_row_that_the_other_removed(imogen: Visitor, beatriz: Visitor) -> None:
    form = remove_under(imogen, beatriz)
    beatriz.page.keyboard.press("Escape")
    expect(form).to_have_count(0)
    expect(steps.row(beatriz.page, f"Edit {PRISCILLA}")).to_have_count(0)


def test_looking_at_a_conflict_and_going_on_keeps_ones_own_text(
    imogen: Visitor, beatriz: Visitor
) -> None:
    form = open_row(beatriz.page)
    steps.edit_site(imogen, PRISCILLA, "Burnett Elementary")
    form.get_by_label("School or office").fill("Weller Elementary")
    elsewhere = steps.add_form(beatriz.page, "union").get_by_label("Name")
    elsewhere.focus()
    expect(form.get_by_role("alert")).to_contain_text("was changed by somebody else")
    form.get_by_label("Name").focus()
    elsewhere.focus()
    with beatriz.page.expect_response("**/changes?**"):
        elsewhere.press_sequentially("Half a name")
    expect(form.get_by_label("School or office")).to_have_value("Weller Elementary")


def test_an_answer_leaves_the_focus_where_the_hands_have_gone_meanwhile(imogen: Visitor) -> None:
    """The row that was left is being saved while the next one is open already."""
    first = open_row(imogen.page)
    first.get_by_label("School or office").fill("Weller Elementary")
    waiting: list[Route] = []
    imogen.page.route(re.compile(r"/members/\d+$"), lambda route: waiting.append(route))
    second = open_row(imogen.page, "Leopold Marchetti").get_by_label("E-mail")
    second.focus()
    waiting[0].continue_()
    expect(first).to_have_count(0)
    expect(second).to_be_focused()


def test_a_refused_row_leaves_the_focus_where_the_hands_have_gone(imogen: Visitor) -> None:
    form = steps.add_form(imogen.page, "union")
    steps.fill_row(form, "Winifred Abernathy", "teacher")
    form.get_by_label("E-mail").fill(UNION_LEAD)
    waiting: list[Route] = []
    imogen.page.route("**/members", lambda route: waiting.append(route))
    form.get_by_label("E-mail").press("Enter")
    elsewhere = steps.add_form(imogen.page, "district").get_by_label("E-mail")
    elsewhere.focus()
    waiting[0].continue_()
    expect(form.get_by_role("alert")).to_contain_text("with this address already")
    expect(elsewhere).to_be_focused()


def test_an_error_takes_the_focus_once(imogen: Visitor, beatriz: Visitor) -> None:
    """Not again with what the other lead does."""
    form = steps.add_form(imogen.page, "union")
    steps.fill_row(form, "Winifred Abernathy", "teacher")
    form.get_by_label("E-mail").fill(UNION_LEAD)
    form.get_by_label("E-mail").press("Enter")
    expect(form.get_by_role("alert")).to_be_focused()
    form.get_by_label("Name").focus()
    steps.edit_site(beatriz, PRISCILLA, "Burnett Elementary")
    expect(steps.row(imogen.page, PRISCILLA)).to_contain_text("Burnett Elementary")
    expect(form.get_by_label("Name")).to_be_focused()
