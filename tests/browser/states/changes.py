"""A submitted roster that is changed: the forms in the rows' place, what waits, and the desk."""

from playwright.sync_api import Page, expect

from tests.browser.stage import backstage
from tests.browser.states.desk import at_desk
from tests.browser.states.stage import Stage
from tests.cast import DISTRICT_LEAD

BOARD = "Thaddeus Okonkwo-Reyes"


def to_change(stage: Stage) -> Page:
    page = stage.at(stage.team("approve"), DISTRICT_LEAD)
    expect(page.get_by_role("heading", name="Change the roster")).to_be_visible()
    return page


def correcting(stage: Stage) -> Page:
    page = to_change(stage)
    page.get_by_role("link", name=f"Correct the details of {BOARD}").click()
    expect(page.get_by_role("form", name=f"Correct {BOARD}").get_by_label("Name")).to_be_focused()
    return page


def corrected(stage: Stage) -> Page:
    page = correcting(stage)
    page.get_by_role("form", name=f"Correct {BOARD}").get_by_label("E-mail").fill("t@example.org")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("t@example.org").first).to_be_visible()
    expect(page.get_by_role("form", name=f"Correct {BOARD}")).to_have_count(0)
    return page


def swapping_refused(stage: Stage) -> Page:
    page = to_change(stage)
    page.get_by_role("link", name=f"Swap {BOARD}").click()
    page.get_by_role("button", name="Swap them").click()
    expect(page.get_by_text("Please give a name.").first).to_be_visible()
    return page


def swapped(stage: Stage) -> Page:
    page = to_change(stage)
    page.get_by_role("link", name=f"Swap {BOARD}").click()
    form = page.get_by_role("form", name=f"Swap {BOARD}")
    form.get_by_label("Name").fill("Winifred Abernathy")
    form.get_by_label("E-mail").fill("winifred.abernathy@example.org")
    form.get_by_role("button", name="Swap them").click()
    expect(page.get_by_role("link", name="Swap Winifred Abernathy")).to_be_visible()
    expect(page.get_by_role("link", name=f"Swap {BOARD}")).to_have_count(0)
    return page


def proposed(stage: Stage) -> Page:
    """One leaves and one joins, both by the forms in place."""
    page = to_change(stage)
    page.get_by_role("link", name=f"Leaves the team: {BOARD}").click()
    form = page.get_by_role("form", name=f"{BOARD} leaves the team")
    form.get_by_label("Reason").fill("The board chose somebody else.")
    form.get_by_role("button", name="Propose it").click()
    expect(page.get_by_text(f"Proposed: {BOARD} leaves the district side")).to_be_visible()
    page.get_by_role("link", name="Add somebody to the union side").click()
    form = page.get_by_role("form", name="Add somebody to the union side")
    form.get_by_label("Name").fill("Winifred Abernathy")
    form.get_by_label("E-mail").fill("winifred.abernathy@example.org")
    form.get_by_label("Position").select_option("teacher")
    form.get_by_label("Reason").fill("One more teacher wants to come.")
    form.get_by_role("button", name="Propose it").click()
    expect(page.get_by_role("button", name="Withdraw this proposal")).to_have_count(2)
    return page


def desk_with_changes(stage: Stage) -> Page:
    address = proposed(stage).url.partition("/teams/")[2]
    page = at_desk(stage, f"/staff/teams/{address}")
    expect(page.get_by_role("heading", name="2 changes wait")).to_be_visible()
    return page


def refusal_without_note(stage: Stage) -> Page:
    page = desk_with_changes(stage)
    page.get_by_role("button", name="Refuse that").first.click()
    expect(page.get_by_text("Please write a note").first).to_be_visible()
    return page


def decided(stage: Stage) -> Page:
    page = desk_with_changes(stage)
    page.get_by_role("button", name="Accept that").first.click()
    expect(page.get_by_text("The change is accepted.")).to_be_visible()
    with backstage():
        address = page.url.replace("/staff/", "/")
    page = stage.at("/" + address.split("/", 3)[3], DISTRICT_LEAD)
    page.get_by_text("Decided lately").click()
    expect(page.get_by_text("Accepted by Rosalind Achterberg")).to_be_visible()
    return page


def form_on_its_own_page(stage: Stage) -> Page:
    page = to_change(stage)
    address = page.get_by_role("link", name=f"Leaves the team: {BOARD}").get_attribute("href")
    page.goto(f"{page.url.partition('/teams/')[0]}{address}")
    expect(page.get_by_role("heading", name=f"{BOARD} leaves the team")).to_be_visible()
    return page


CHANGES = [
    correcting,
    corrected,
    swapping_refused,
    swapped,
    proposed,
    desk_with_changes,
    refusal_without_note,
    decided,
    form_on_its_own_page,
]
