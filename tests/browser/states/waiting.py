"""Seats that are short: decisions over them, offers to the waitlist, and several teams at once."""

from playwright.sync_api import Page, expect

from tests.browser.stage import backstage
from tests.browser.states.desk import at_desk, decision
from tests.browser.states.stage import Stage
from tests.cast import DISTRICT_LEAD, FEW, STAFF
from tests.registrations.deciding import give_seats
from tests.registrations.waiting import LARGE, waiting


def decision_over_the_seats(stage: Stage) -> Page:
    """Nothing is approved over the seats without a reason; what was typed stays."""
    with backstage():
        team = stage.cast.submitted(members=FEW)
        give_seats(team, 3)
        address = f"/staff/teams/{team.id}"
    page = at_desk(stage, address)
    page.get_by_label("Note to the leads").fill("Welcome.")
    page.get_by_role("button", name="Approve 4 people").click()
    expect(page.get_by_text("The team needs 4 seats, and 3 seats are left.").first).to_be_visible()
    expect(page.get_by_label("Note to the leads")).to_have_value("Welcome.")
    return page


def decision_overtaken(stage: Stage) -> Page:
    """A colleague has decided since the page was opened."""
    with backstage():
        team = stage.cast.submitted(members=FEW)
        address = f"/staff/teams/{team.id}"
    page = at_desk(stage, address)
    with backstage():
        stage.cast.decide(team, "waitlist")
    page.get_by_label("Note to the leads").fill("Please add a principal.")
    page.get_by_role("button", name="Return with a note").click()
    expect(page.get_by_text("Meanwhile:").first).to_be_visible()
    expect(page.get_by_label("Note to the leads")).to_have_value("Please add a principal.")
    return page


def returned_with_row_notes(stage: Stage) -> Page:
    page = decision(stage)
    page.get_by_text("Notes on single rows").click()
    page.get_by_label("Dashiell Nakagawa").fill("Which union?")
    page.get_by_role("button", name="Return with a note").click()
    expect(page.get_by_text("Dashiell Nakagawa: Which union?")).to_be_visible()
    return page


def row_notes_for_leads(stage: Stage) -> Page:
    with backstage():
        team = stage.cast.submitted(members=FEW)
        stage.cast.decide(team, "return", "", rows={team.members[0].id: "Which school?"})
        address = f"/teams/{team.id}"
    page = stage.at(address, DISTRICT_LEAD)
    expect(page.get_by_text("The staff writes: Which school?")).to_be_visible()
    return page


def seats_offered(stage: Stage) -> Page:
    with backstage():
        (team,) = waiting(stage.cast, FEW, seats=4)
        stage.cast.decide(team, "offer")
        address = f"/teams/{team.id}"
    page = stage.at(address, DISTRICT_LEAD)
    expect(page.get_by_role("button", name="Accept the seats")).to_be_visible()
    return page


def offer_passed(stage: Stage) -> Page:
    page = seats_offered(stage)
    page.get_by_role("button", name="Decline them").click()
    expect(page.get_by_text("No team waits before yours.")).to_be_visible()
    return page


def waitlist_with_proposal(stage: Stage) -> Page:
    with backstage():
        waiting(stage.cast, LARGE, FEW, seats=5)
    page = at_desk(stage, "/staff/cohorts/bay-area")
    expect(page.get_by_text("is the first that fits")).to_be_visible()
    return page


def seats_too_few(stage: Stage) -> Page:
    stage.team("approve")
    page = at_desk(stage, "/staff/cohorts/bay-area")
    page.get_by_role("textbox", name="Seats").fill("3")
    page.get_by_role("button", name="Set the seats").click()
    expect(page.get_by_text("They would be over the seats, and keep them")).to_be_visible()
    return page


def several_looked_at(stage: Stage) -> Page:
    """Two teams are ticked, of which one does not fit."""
    with backstage():
        stage.cast.staff()
        waiting(stage.cast, LARGE, FEW, seats=9)
    page = stage.at("/staff", STAFF)
    for box in page.locator('input[name="team"]').all():
        box.check()
    page.locator("#several").get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", name="Will be skipped")).to_be_visible()
    return page


def several_reported(stage: Stage) -> Page:
    page = several_looked_at(stage)
    page.get_by_role("button", name="Approve: 1 team").click()
    expect(page.get_by_role("heading", name="Approve: 1 of 1 team")).to_be_visible()
    return page


WAITING = [
    decision_over_the_seats,
    decision_overtaken,
    returned_with_row_notes,
    row_notes_for_leads,
    seats_offered,
    offer_passed,
    waitlist_with_proposal,
    seats_too_few,
    several_looked_at,
    several_reported,
]
