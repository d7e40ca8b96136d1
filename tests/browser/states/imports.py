"""What leads see of a list: bringing it, its columns, its rows in every state, and its end."""

from playwright.sync_api import Page, expect

from cdef.kernel.db import db
from cdef.teams.models import Team
from tests.browser.stage import backstage
from tests.browser.states.stage import Stage
from tests.cast import DISTRICT_LEAD, LIST_HEADINGS, READY_ROW, WRONG_ROW

CASPIAN = "Caspian Delacroix\tcaspian.delacroix@gmial.com\tPrincipal\tHarbor High\t"
PRISCILLA = "Vang, Priscilla\tpriscilla.vang@example.org\tPrincipal\tWeller Elementary\tvegan"
SHARED = "Ana-Lucía Đặng\twinifred.abernathy@example.org\tSchool secretary\tAlder Middle\t"
NAMESAKE = "Marguerite Adeyemi\tm.adeyemi@example.com\tTeacher\tHarbor High\t"


def preview(stage: Stage, *rows: str) -> Page:
    """The preview of a list for a team of eight."""
    address = stage.team()
    with backstage():
        team = db.session.get_one(Team, int(address.rpartition("/")[2]))
        address = f"{address}/imports/{stage.cast.list_for(team, *rows).id}"
    page = stage.at(address, DISTRICT_LEAD)
    expect(page.get_by_role("heading", name="A list for the roster")).to_be_visible()
    return page


def bring(stage: Stage) -> Page:
    page = stage.at(f"{stage.team()}/imports", DISTRICT_LEAD)
    expect(page.get_by_role("form", name="Bring a list")).to_be_visible()
    return page


def bring_on_the_roster(stage: Stage) -> Page:
    """The box on the team's page, beside a list that waits."""
    page = preview(stage)
    page.get_by_role("link", name="Milpitas Unified").click()
    page.get_by_text("Paste from a spreadsheet").click()
    expect(page.get_by_text("2 people of a list wait to be added or mended")).to_be_visible()
    expect(page.get_by_label("Paste the cells here")).to_be_visible()
    return page


def bring_refused(stage: Stage) -> Page:
    page = bring(stage)
    page.get_by_label("Paste the cells here").fill(LIST_HEADINGS)
    page.get_by_role("button", name="Look at the list").click()
    expect(page.get_by_text("There is nobody in it").first).to_be_visible()
    return page


def bring_empty(stage: Stage) -> Page:
    page = bring(stage)
    page.get_by_role("button", name="Look at the list").click()
    expect(page.get_by_text("There is nothing in it").first).to_be_visible()
    return page


def columns_asked(stage: Stage) -> Page:
    page = bring(stage)
    cells = f"Who\tRepresenting\tE-mail\nJo Lee\tManagement\tjo@example.org\n{'x y	CTA	a@b.example'}"
    page.get_by_label("Paste the cells here").fill(cells)
    page.get_by_role("button", name="Look at the list").click()
    expect(page.get_by_role("heading", name="What do the columns hold?")).to_be_visible()
    return page


def columns_refused(stage: Stage) -> Page:
    page = columns_asked(stage)
    for select in page.get_by_role("main").get_by_role("combobox").all():
        select.select_option("E-mail")
    page.get_by_role("button", name="Look at the people").click()
    expect(page.get_by_role("alert").get_by_text("is said of two columns")).to_be_visible()
    return page


def all_ready(stage: Stage) -> Page:
    page = preview(stage, READY_ROW, CASPIAN)
    expect(page.get_by_role("button", name="Add 2 people")).to_be_visible()
    return page


def needs_mending(stage: Stage) -> Page:
    page = preview(stage, READY_ROW, WRONG_ROW, SHARED, CASPIAN)
    expect(page.get_by_role("button", name="Save these rows")).to_be_visible()
    return page


def mended_wrongly(stage: Stage) -> Page:
    page = needs_mending(stage)
    page.get_by_label("Name").first.fill("Jo Lee")
    page.get_by_role("button", name="Save these rows").click()
    expect(page.get_by_role("alert").get_by_text("What you typed is kept")).to_be_visible()
    return page


def duplicates(stage: Stage) -> Page:
    page = preview(stage, PRISCILLA, NAMESAKE, READY_ROW, READY_ROW)
    expect(page.get_by_role("button", name="Update Priscilla Vang")).to_be_visible()
    return page


def decided(stage: Stage) -> Page:
    page = duplicates(stage)
    page.get_by_role("button", name="Update Priscilla Vang").click()
    expect(page.get_by_role("heading", name="Will update")).to_be_visible()
    page.get_by_role("button", name="Skip Winifred Abernathy").click()
    expect(page.get_by_role("heading", name="Left out")).to_be_visible()
    return page


def row_opened(stage: Stage) -> Page:
    page = all_ready(stage)
    page.get_by_role("button", name="Edit Winifred Abernathy").click()
    expect(page.get_by_role("button", name="Save this row")).to_be_visible()
    return page


def many_pages(stage: Stage) -> Page:
    rows = [f"Jo {'Ab' * (n % 40 + 1)}lee\tjo.{n}@example.org\tTeacher\t\t" for n in range(120)]
    page = preview(stage, *rows)
    page.get_by_role("button", name="Page 2").click()
    expect(page.get_by_text("Page 2 of 3")).to_be_visible()
    return page


def done(stage: Stage) -> Page:
    page = all_ready(stage)
    held = page.url
    page.get_by_role("button", name="Add 2 people").click()
    expect(page.get_by_text("2 people are on the roster now.")).to_be_visible()
    page.goto(held)
    expect(page.get_by_role("heading", name="This list is done")).to_be_visible()
    return page


def submitted_meanwhile(stage: Stage) -> Page:
    page = all_ready(stage)
    with backstage():
        team = db.session.get_one(Team, int(page.url.split("/")[4]))
        for side in ("district", "union"):
            stage.cast.sign(team, side)
    page.reload()
    expect(page.get_by_text("The list waits here")).to_be_visible()
    return page


def last_year(stage: Stage) -> Page:
    """The district's roster of an earlier series, offered as a start."""
    stage.team()
    with backstage():
        stage.cast.next_series()
    page = stage.at(f"{stage.team()}/imports", DISTRICT_LEAD)
    page.get_by_role("button", name="Start from the roster of").click()
    expect(page.get_by_role("heading", name="A list for the roster")).to_be_visible()
    return page


IMPORTS = [
    bring,
    bring_on_the_roster,
    bring_refused,
    bring_empty,
    columns_asked,
    columns_refused,
    all_ready,
    needs_mending,
    mended_wrongly,
    duplicates,
    decided,
    row_opened,
    many_pages,
    done,
    submitted_meanwhile,
    last_year,
]
