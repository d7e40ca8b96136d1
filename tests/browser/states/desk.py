"""What staff and participants see: the queue, decisions, the outbox, the personal page."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from cdef.kernel.db import transaction
from tests.browser.stage import backstage
from tests.browser.states.stage import Stage
from tests.cast import DISTRICT_LEAD, STAFF, Mailbox
from tests.quarantine_states import in_quarantine
from tests.teams.asking import WITHOUT_BOARD, ask


def at_desk(stage: Stage, path: str) -> Page:
    with backstage():
        stage.cast.staff()
    return stage.at(path, STAFF)


def queue_empty(stage: Stage) -> Page:
    page = at_desk(stage, "/staff")
    expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
    return page


def queue_filled(stage: Stage) -> Page:
    stage.team(partner=None, members=[])
    stage.team("submit", cohort="sacramento")
    stage.team("approve", cohort="southern-california")
    page = at_desk(stage, "/staff?state=all")
    expect(page.get_by_role("link", name="Milpitas Unified", exact=True)).to_have_count(3)
    return page


def decision(stage: Stage) -> Page:
    page = at_desk(stage, "/staff" + stage.team("submit"))
    expect(page.get_by_role("button", name="Approve 8 people")).to_be_visible()
    return page


def decision_with_waiver(stage: Stage) -> Page:
    """Approved by one click, for the reason that the leads gave."""
    with backstage():
        team = stage.cast.submitted(members=WITHOUT_BOARD)
        ask(team)
        address = f"/staff/teams/{team.id}"
    page = at_desk(stage, address)
    expect(page.get_by_text("Waiver asked for")).to_be_visible()
    page.get_by_role("button", name="Approve 7 people").click()
    expect(page.get_by_text("Waived. Missing: school board member")).to_be_visible()
    return page


def decision_with_errors(stage: Stage) -> Page:
    page = decision(stage)
    page.get_by_role("button", name="Return with a note").click()
    expect(page.get_by_text("Please write a note").first).to_be_visible()
    return page


def decision_made(stage: Stage) -> Page:
    page = decision(stage)
    page.get_by_label("Note").fill("Please look at the sites again.")
    page.get_by_role("button", name="Return with a note").click()
    expect(page.locator(".standing .state")).to_have_text("Returned")
    return page


def outbox(stage: Stage) -> Page:
    stage.team("approve")
    page = at_desk(stage, "/staff/outbox")
    expect(page.get_by_role("link", name="Confirmed:").first).to_be_visible()
    return page


def outbox_empty(stage: Stage) -> Page:
    page = at_desk(stage, "/staff/outbox")
    expect(page.get_by_role("heading", name="No letters here")).to_be_visible()
    return page


def letter(stage: Stage) -> Page:
    page = outbox(stage)
    page.get_by_role("link", name="Confirmed:").first.click()
    expect(page.get_by_text("2016-11-29.ics")).to_be_visible()
    return page


def letter_deferred(stage: Stage) -> Page:
    """The mail server asked for patience half an hour ago; staff are warned."""
    stage.team("approve")
    with backstage(), transaction():
        waiting = Mailbox().letters("confirmation")[0]
        waiting.state, waiting.reason = "deferred", "450 Mailbox busy, try again later"
        waiting.due_at += timedelta(hours=1)
        waiting.waits_since = waiting.created_at
        address = f"/staff/outbox/{waiting.id}"
    stage.cast.later(minutes=30)
    page = at_desk(stage, address)
    expect(page.get_by_role("button", name="Try again now")).to_be_visible()
    expect(page.get_by_text("Letters have been waiting")).to_be_visible()
    return page


def outbox_in_quarantine(stage: Stage) -> Page:
    with backstage():
        stage.cast.staff()
        in_quarantine(stage.cast)
    page = at_desk(stage, "/staff/outbox")
    expect(page.get_by_role("button", name="Let letters go out again")).to_be_visible()
    return page


def letter_in_doubt(stage: Stage) -> Page:
    page = outbox_in_quarantine(stage)
    page.get_by_role("link", name="Confirmed:").first.click()
    expect(page.get_by_role("heading", name="Has this letter gone out?")).to_be_visible()
    return page


def personal(stage: Stage) -> Page:
    stage.team("approve")
    page = stage.at("/personal", DISTRICT_LEAD, is_personal=True)
    page.get_by_role("button", name="I cannot come").first.click()
    expect(page.get_by_text("You said that you cannot come.")).to_be_visible()
    return page


def personal_none(stage: Stage) -> Page:
    page = stage.at("/personal", DISTRICT_LEAD)
    expect(page.get_by_role("heading", name="You have no confirmed place yet")).to_be_visible()
    return page


def personal_link(stage: Stage) -> Page:
    stage.team("approve")
    with backstage():
        path = Mailbox().link("confirmation", DISTRICT_LEAD)
    page = stage.at(path)
    expect(page.get_by_role("button", name="Open my page")).to_be_visible()
    return page


def needs_with_errors(stage: Stage) -> Page:
    """Not every browser keeps to the length that a field says."""
    page = personal(stage)
    field = page.get_by_label("What you cannot or do not eat")
    field.evaluate("(field) => field.removeAttribute('maxlength')")
    field.fill("nuts " * 300)
    page.get_by_role("button", name="Save my needs").click()
    expect(page.get_by_text("Please use at most").first).to_be_visible()
    return page


def needs_saved(stage: Stage) -> Page:
    page = personal(stage)
    page.get_by_label("What you cannot or do not eat").fill("Nuts")
    page.get_by_role("button", name="Save my needs").click()
    expect(page.get_by_text("Your needs are saved.")).to_be_visible()
    return page


DESK = [
    queue_empty,
    queue_filled,
    decision,
    decision_with_waiver,
    decision_with_errors,
    decision_made,
    outbox,
    outbox_empty,
    outbox_in_quarantine,
    letter_in_doubt,
    letter,
    letter_deferred,
    personal,
    personal_none,
    personal_link,
    needs_with_errors,
    needs_saved,
]
