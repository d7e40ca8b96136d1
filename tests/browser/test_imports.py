"""Bringing a list of 300 people: with scripts, without, and by the keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard
from tests.browser.stage import backstage, cookie_of
from tests.browser.states.imports import CASPIAN
from tests.browser.visitor import Visitor
from tests.cast import DISTRICT_LEAD, LIST_HEADINGS, READY_ROW, WRONG_ROW, Cast
from tests.teams import list_of_people

pytestmark = pytest.mark.browser

FEW = "\n".join([LIST_HEADINGS, READY_ROW, WRONG_ROW])
PASTE = """([field, text]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  return field.dispatchEvent(event);
}"""


def imogen(visit: Visit, cast: Cast, *, scripts: bool = True) -> Visitor:
    """The district lead, on the page of her team."""
    with backstage():
        address = f"/teams/{cast.team(members=[]).id}"
    visitor = visit(scripts=scripts).sign_in_as(cookie_of(cast, DISTRICT_LEAD))
    visitor.go(address)
    return visitor


def paste_into_row(page: Page, text: str, side: str = "union") -> bool:
    """Paste as the browser tells the page of it; whether the browser would go on to do it."""
    field = steps.add_form(page, side).get_by_label("Name")
    goes_on: bool = page.evaluate(PASTE, [field.element_handle(), text])
    return goes_on


def mend_and_add(page: Page) -> None:
    """From the question about a column to everybody who is ready on the roster."""
    expect(page.get_by_role("heading", name="What do the columns hold?")).to_be_visible()
    page.get_by_role("button", name="Look at the people").click()
    row = page.get_by_role("group", name="Row 16:")
    name = row.get_by_label("Name").input_value()
    row.get_by_label("E-mail").fill("mended@district.example.org")
    page.get_by_role("button", name="Save these rows").first.click()
    expect(row).to_have_count(0)
    ready = sum(list_of_people.VERDICTS[fate] == "ready" for fate in list_of_people.fates(300))
    page.get_by_role("button", name=f"Add {ready + 1} people").click()
    expect(page.get_by_role("button", name="Add ")).to_have_count(0)
    page.get_by_role("link", name="Milpitas Unified").click()
    expect(steps.row(page, name).first).to_contain_text("mended@district.example.org")
    expect(page.get_by_text("of a list wait to be added or mended")).to_be_visible()


def test_300_rows_pasted_into_a_row_of_the_roster_are_mended_and_added(
    visit: Visit, cast: Cast
) -> None:
    page = imogen(visit, cast).page
    assert not paste_into_row(page, list_of_people.pasted(300))
    mend_and_add(page)


def test_without_scripts_the_box_does_the_same(visit: Visit, cast: Cast) -> None:
    page = imogen(visit, cast, scripts=False).page
    page.get_by_text("Paste from a spreadsheet").click()
    page.get_by_label("Paste the cells here").fill(list_of_people.pasted(300))
    page.get_by_role("button", name="Look at the list").click()
    mend_and_add(page)


def test_a_single_cell_is_pasted_as_ever(visit: Visit, cast: Cast) -> None:
    page = imogen(visit, cast).page
    for text in ("Jo Lee", "Jo Lee\r\n", '"Jo\nLee"'):
        assert paste_into_row(page, text)
    expect(page.get_by_label("Paste the cells here")).to_have_value("")


def test_a_list_waits_in_its_box_while_something_else_was_typed(visit: Visit, cast: Cast) -> None:
    page = imogen(visit, cast).page
    steps.add_form(page, "district").get_by_label("Name").fill("Half typed")
    assert not paste_into_row(page, FEW)
    box = page.get_by_label("Paste the cells here")
    expect(box).to_have_value(FEW)
    expect(box).to_be_focused()
    expect(page.get_by_label("Side, where the list")).to_have_value("union")
    expect(steps.add_form(page, "district").get_by_label("Name")).to_have_value("Half typed")


def test_a_list_waits_in_its_box_while_a_row_is_being_edited(visit: Visit, cast: Cast) -> None:
    with backstage():
        address = f"/teams/{cast.team().id}"
    visitor = visit(scripts=True).sign_in_as(cookie_of(cast, DISTRICT_LEAD))
    visitor.go(address)
    page = visitor.page
    steps.row(page, "Priscilla Vang").get_by_role("link", name="Edit").click()
    page.get_by_role("form", name="Edit Priscilla Vang").get_by_label("Name").fill("Half typed")
    assert not paste_into_row(page, FEW)
    expect(page.get_by_label("Paste the cells here")).to_have_value(FEW)
    expect(page).to_have_url(re.compile(f"{address}$"))


def test_polls_leave_the_box_alone(visit: Visit, cast: Cast) -> None:
    page = imogen(visit, cast).page
    page.get_by_text("Paste from a spreadsheet").click()
    page.get_by_label("Paste the cells here").fill("Jo Lee")
    steps.fill_row(steps.add_form(page, "union"), "Winifred Abernathy", "teacher")
    page.get_by_role("button", name="Add to the union side").click()
    expect(steps.row(page, "Winifred Abernathy")).to_be_visible()
    expect(page.get_by_label("Paste the cells here")).to_have_value("Jo Lee")


def test_a_list_is_brought_mended_and_added_by_the_keyboard(visit: Visit, cast: Cast) -> None:
    visitor = imogen(visit, cast)
    keyboard = Keyboard(visitor.page)
    keyboard.to("Paste from a spreadsheet")
    keyboard.press("Enter")
    keyboard.to("Paste the cells here")
    visitor.page.keyboard.insert_text(f"{FEW}\n{CASPIAN}")
    keyboard.to("Look at the list")
    keyboard.press("Enter")
    expect(visitor.page.get_by_role("heading", name="A list for the roster")).to_be_visible()
    keyboard.to("Name")
    keyboard.press("Control+a")
    keyboard.type("Ana Ruiz")
    keyboard.fill("E-mail", "")
    keyboard.press("Control+a")
    keyboard.type("ana.ruiz@example.org")
    keyboard.press("Enter")
    keyboard.expect("Position")
    keyboard.type("Classified m")
    keyboard.press("Tab", "Enter")
    expect(visitor.page.get_by_role("button", name="Add 3 people")).to_be_focused()
    keyboard.press("Enter")
    expect(visitor.page.get_by_text("3 people are on the roster now.")).to_be_visible()
    expect(steps.row(visitor.page, "Ana Ruiz")).to_be_visible()
