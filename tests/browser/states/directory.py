"""What staff see of the directory, of the accounts, and of people's needs."""

from playwright.sync_api import FilePayload, Page, expect

from cdef.kernel.db import db
from cdef.participants.actions import tell_needs
from cdef.teams.models import Team
from tests.account_states import PAGE as ACCOUNTS
from tests.account_states import colleague
from tests.browser.stage import backstage
from tests.browser.states.desk import at_desk
from tests.browser.states.stage import Stage
from tests.directory.desk import DIRECTORY, listed, typed_team, union_of
from tests.directory.state_file import HAYWARD, MILPITAS, state_file

CLOSED = HAYWARD | {"StatusType": "Closed"}


def accounts(stage: Stage) -> Page:
    page = at_desk(stage, ACCOUNTS)
    page.get_by_role("button", name="Add to the staff").click()
    expect(page.get_by_role("alert").filter(has_text="Please check")).to_be_focused()
    return page


def account(stage: Stage) -> Page:
    with backstage():
        address = f"{ACCOUNTS}/{colleague(stage.cast).id}"
    page = at_desk(stage, address)
    expect(page.get_by_role("button", name="Remove Hyacinth Lindqvist")).to_be_visible()
    return page


def directory(stage: Stage) -> Page:
    page = at_desk(stage, DIRECTORY)
    expect(page.get_by_role("link", name="Milpitas Unified")).to_be_visible()
    return page


def district(stage: Stage) -> Page:
    """With a union, a team, and the form for another union open and refused."""
    stage.team()
    with backstage():
        union_of(stage.cast, listed())
        address = f"{DIRECTORY}/{listed().id}"
    page = at_desk(stage, address)
    page.get_by_text("Add a union").click()
    page.get_by_role("button", name="Add the union").click()
    expect(page.get_by_text("Please give its name.").first).to_be_visible()
    return page


def union(stage: Stage) -> Page:
    with backstage():
        first = union_of(stage.cast, listed())
        union_of(stage.cast, listed(), "MTA", "other", "classified")
        address = f"{DIRECTORY}/{listed().id}/unions/{first.id}"
    page = at_desk(stage, address)
    expect(page.get_by_role("button", name="Merge the two")).to_be_visible()
    return page


def typed_by_hand(stage: Stage) -> Page:
    with backstage():
        address = f"{DIRECTORY}/{typed_team(stage.cast).district_id}"
    page = at_desk(stage, address)
    expect(page.get_by_role("link", name="Merge into the state’s entry")).to_be_visible()
    return page


def merging(stage: Stage) -> Page:
    page = typed_by_hand(stage)
    page.get_by_role("link", name="Merge into the state’s entry").click()
    page.get_by_role("link", name="Milpitas Unified").click()
    expect(page.get_by_text("The team in the Bay Area Cohort")).to_be_visible()
    return page


def state_file_seen(stage: Stage) -> Page:
    page = at_desk(stage, f"{DIRECTORY}/files")
    content = state_file(MILPITAS | {"City": "Alviso"}, HAYWARD, CLOSED)
    file = FilePayload(name="pubdistricts.txt", mimeType="text/plain", buffer=content)
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_role("button", name="Apply the file")).to_be_visible()
    for summary in page.locator("details:not([open]) > summary").all():
        summary.click()
    return page


def state_file_refused(stage: Stage) -> Page:
    page = at_desk(stage, f"{DIRECTORY}/files")
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_text("Please choose the file.")).to_be_visible()
    return page


def needs_summary(stage: Stage) -> Page:
    address = stage.team("approve")
    with backstage():
        team = db.session.get_one(Team, int(address.rpartition("/")[2]))
        for member, text in zip(team.members, ("No nuts", "Vegan"), strict=False):
            tell_needs(member, text, "A ramp", now=stage.cast.now())
    page = at_desk(stage, "/staff/needs")
    expect(page.get_by_role("row", name="Vegan")).to_be_visible()
    return page


DIRECTORY_STATES = [
    accounts,
    account,
    directory,
    district,
    union,
    typed_by_hand,
    merging,
    state_file_seen,
    state_file_refused,
    needs_summary,
]
