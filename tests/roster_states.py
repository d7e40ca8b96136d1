"""The states of a team's page: its leads, its roster, its lists, what happened."""

from collections.abc import Iterator

from cdef.kernel import audit
from cdef.teams.models import Team
from cdef.teams.roster_actions import add_member
from cdef.teams.row_rules import Row
from tests.cast import (
    DISTRICT_LEAD,
    FEW,
    LIST_HEADINGS,
    READY_ROW,
    STAFF,
    SUCCESSOR,
    UNION_LEAD,
    WRONG_ROW,
    Cast,
    Mailbox,
    address_of,
)
from tests.pages import Browser, Page
from tests.state import DISTRICTS, State, fragment, guest
from tests.teams.asking import WITHOUT_BOARD

MEMBER = address_of(FEW[1][1])


def joining(cast: Cast) -> Iterator[State]:
    team = cast.team(partner=None, members=[])
    browser, page = cast.browser(DISTRICT_LEAD), f"/teams/{team.id}"
    yield State("one lead alone", browser, browser.get(page))
    yield State("invitation refused", browser, browser.submit(f"{page}/partner", name=""), 422)
    again = browser.htmx(f"{page}/partner", name="Beatriz Holloway", email="no")
    yield State("invitation refused, by script", browser, Page(again), 422)
    lead = {"name": "Beatriz Holloway", "email": UNION_LEAD}
    yield State("partner invited", browser, browser.submit(f"{page}/partner", **lead))
    link = Mailbox().link("partner_invitation", UNION_LEAD)
    partner = guest(cast)
    yield State("join", partner, partner.get(link))
    yield State("join refused", partner, partner.submit(link), 422)
    yield State("joined", partner, partner.submit(link, position="teachers_president"))
    yield State("join link spent", partner, partner.get(link), 410)


def roster(cast: Cast) -> Iterator[State]:
    team = cast.team(cd_code=DISTRICTS[0], members=FEW)
    browser, page = cast.browser(DISTRICT_LEAD), f"/teams/{team.id}"
    member = f"{page}/members/{team.members[-1].id}"
    yield State("roster", browser, browser.get(page))
    yield State("roster alone", browser, fragment(browser, f"{page}/roster"))
    yield State("row alone", browser, fragment(browser, f"{member}/row"))
    yield State("changes", browser, fragment(browser, f"{page}/changes?since="))
    refused = browser.submit(f"{page}/members", name="<b>Nobody</b>", email="")
    yield State("row refused", browser, refused, 422)
    yield State("row refused, by script", browser, Page(browser.htmx(f"{page}/members")), 422)
    stale = browser.get(f"{member}/edit")
    yield State("row edited", browser, stale)
    yield State("row edited, by script", browser, fragment(browser, f"{member}/edit"))
    yield State("edit refused", browser, browser.submit(member, name="", email="no"), 422)
    yield State("row saved", browser, browser.submit(member, name="Ann", email="ann@example.org"))
    browser.page = stale
    yield State("edit in conflict", browser, browser.submit(member, name="Beth"), 409)
    browser.page = stale
    conflict = Page(browser.htmx(member, name="Beth"))
    yield State("edit in conflict, by script", browser, conflict, 409)
    browser.get(page)
    yield State("row removed, by script", browser, Page(browser.htmx(f"{member}/removal")))
    yield State("row removed", browser, browser.get(page))
    browser.page = stale
    yield State("edit of a removed row", browser, browser.submit(member, name="Beth"), 409)
    removed = Page(browser.htmx(member, name="Beth"))
    yield State("edit of a removed row, by script", browser, removed, 409)
    browser.get(page)
    yield State("row put back", browser, browser.submit(f"{member}/restoration"))
    both = cast.browser(STAFF)
    cast.staff()
    yield State("roster for staff", both, both.get(page))
    browser.get(page)
    held = browser.submit(f"{page}/members", to_follow="y", position="principal")
    yield State("place held", browser, held)
    yield from naming(cast, both)
    both.get("/staff/cohorts/bay-area")
    action = "/staff/cohorts/bay-area/names-due"
    yield State("deadline refused", both, both.submit(action, names_due="soon"), 422)
    yield State("deadline set", both, both.submit(action, names_due="2016-10-01"))
    yield State("place held too long", browser, browser.get(page))


def naming(cast: Cast, staff: Browser) -> Iterator[State]:
    """A place that was held, once the team is submitted."""
    team = cast.team(cd_code=DISTRICTS[1], members=FEW)
    row = Row(name="", email="", position="principal", site="")
    add_member(team, "district", row, by=team.leads[0].person, now=cast.now())
    for side in ("district", "union"):
        cast.sign(team, side)
    page, browser = f"/teams/{team.id}", cast.browser(DISTRICT_LEAD)
    yield State("submitted with a place", browser, browser.get(page))
    yield State("desk with a place", staff, staff.get(f"/staff{page}"))
    address = f"{page}/members/{team.members[-1].id}/name"
    yield State("naming", browser, browser.get(address))
    yield State("naming refused", browser, browser.submit(address, email="no"), 422)
    named = browser.submit(address, name="Ottoline Brandt", email="ottoline.brandt@example.org")
    yield State("named", browser, named)


def history(cast: Cast) -> Iterator[State]:
    """What happened, with what can be undone, and what leads ask staff to waive."""
    cast.staff()
    team = cast.team(cd_code=DISTRICTS[0], members=WITHOUT_BOARD)
    browser, page, staff = cast.browser(DISTRICT_LEAD), f"/teams/{team.id}", cast.browser(STAFF)
    ask_address, undo_address = f"{page}/waivers", f"{page}/events/{newest(team)}/undo"
    browser.get(page)
    yield State("waiver refused, by script", browser, Page(browser.htmx(ask_address)), 422)
    yield State("waiver refused", browser, browser.submit(ask_address), 422)
    yield State("waiver asked for", browser, browser.submit(ask_address, reason="A <b>vacancy</b>"))
    asked = Page(browser.htmx(ask_address, reason="A vacancy until November"))
    yield State("another reason, by script", browser, asked)
    yield State("waiver asked for, for staff", staff, staff.get(page))
    browser.get(page)
    yield State("undone, by script", browser, Page(browser.htmx(undo_address)))
    yield State("undone", browser, browser.get(page))
    redo_address = f"{page}/events/{newest(team)}/undo"
    yield State("undo undone", browser, browser.submit(redo_address))
    for side in ("district", "union"):
        cast.sign(team, side)
    yield State("desk with a waiver asked for", staff, staff.get(f"/staff{page}"))
    approved = staff.submit(f"/staff{page}/approval")
    yield State("desk with a waiver given", staff, approved)
    yield State("waiver given", browser, browser.get(page))


def newest(team: Team) -> int:
    return next(event.id for event in audit.timeline(team.about) if event.subject)


def handing_over(cast: Cast) -> Iterator[State]:
    team = cast.team(cd_code=DISTRICTS[0], members=FEW)
    browser, page = cast.browser(DISTRICT_LEAD), f"/teams/{team.id}"
    action, successor = f"{page}/handovers", {"name": "Cordelia Whitcombe", "email": SUCCESSOR}
    browser.get(page)
    again = Page(browser.htmx(action, email="no"))
    yield State("handover refused, by script", browser, again, 422)
    yield State("handover refused", browser, browser.submit(action, email="no"), 422)
    yield State("handover asked", browser, browser.submit(action, **successor))
    union, staff = cast.browser(UNION_LEAD), cast.browser(STAFF)
    yield State("handover seen by the other side", union, union.get(page))
    cast.staff()
    yield State("handover at the desk", staff, staff.get(f"/staff{page}"))
    found = team.lead("district")
    number = found.handover.id if found and found.handover else 0
    withdrawn = Page(browser.htmx(f"{action}/{number}/withdrawal"))
    yield State("handover withdrawn, by script", browser, withdrawn)
    cast.ask_successor(team, "district")
    yield from taking_over(guest(cast), Mailbox().link("handover_invitation", SUCCESSOR))
    lost = browser.submit(action, **successor)
    yield State("handover by who is no lead any more", browser, lost, 404)
    approved = cast.approved(cd_code=DISTRICTS[1], members=FEW)
    cast.ask_successor(approved, "union")
    other = guest(cast)
    link = Mailbox().link("handover_invitation", SUCCESSOR)
    yield State("taking over an approved team", other, other.get(link))
    yield State("an approved team taken over", other, other.submit(link))


def taking_over(browser: Browser, link: str) -> Iterator[State]:
    yield State("taking over", browser, browser.get(link))
    yield State("taking over refused", browser, browser.submit(link), 422)
    yield State("taken over", browser, browser.submit(link, position="principal"))
    yield State("handover link spent", browser, browser.get(link), 410)


def lists(cast: Cast) -> Iterator[State]:
    team = cast.team(cd_code=DISTRICTS[0], members=FEW)
    browser, page = cast.browser(DISTRICT_LEAD), f"/teams/{team.id}/imports"
    yield State("bring a list", browser, browser.get(page))
    yield State("list refused", browser, browser.submit(page, text=LIST_HEADINGS), 422)
    asked = browser.submit(page, text="Who\tE-mail\nJo Lee\tjo@example.org")
    yield State("columns asked", browser, asked)
    columns = f"{asked.path}/columns"
    twice = {"0-role": "email", "1-role": "email"}
    yield State("columns refused", browser, browser.submit(columns, **twice), 422)
    yield State("all ready", browser, browser.submit(columns, **{"0-role": "name"}))
    yield State("columns again", browser, browser.get(f"{asked.path}?columns=1"))
    rows = READY_ROW, WRONG_ROW, READY_ROW, f"Priscilla Vang\t{MEMBER}\tTeacher\tElm\t"
    held = f"{page}/{cast.list_for(team, *rows).id}"
    yield State("preview", browser, browser.get(held))
    wrong = next(
        name
        for name, text in browser.page.form(f"{held}/lines").fields
        if text == "TBD" and "base" not in name
    )
    again = browser.submit(f"{held}/lines", **{wrong: "<b>Jo</b> Lee"})
    yield State("mended wrongly", browser, again, 422)
    browser.get(held)
    sent = {wrong: "Jo Lee"}
    yield State("mended, by script", browser, Page(browser.htmx(f"{held}/lines", **sent)), 422)
    for button in ("Skip", "Edit", "Take in again", "Leave out"):
        browser.get(held)
        state = browser.submit(f"{held}/lines", press=button)
        yield State(f"pressed {button}", browser, state)
    browser.get(held)
    yield State("added, by script", browser, Page(browser.htmx(f"{held}/additions")))
    yield State("list with open rows", browser, browser.get(held))
    yield State("team with lists", browser, browser.get(f"/teams/{team.id}"))
    done = cast.list_for(team, "Caspian Delacroix\tcaspian@example.org\tPrincipal")
    browser.get(f"{page}/{done.id}")
    yield State("list added", browser, browser.submit(f"{page}/{done.id}/additions"))
    yield State("list done", browser, browser.get(f"{page}/{done.id}"))
    browser.get(held)
    yield State("list discarded", browser, browser.submit(f"{held}/removal"))
    cast.next_series()
    new = cast.team(cd_code=DISTRICTS[0], members=[])
    yield State("last year offered", browser, browser.get(f"/teams/{new.id}/imports"))
    start = f"/teams/{new.id}/imports/last-year"
    yield State("last year as a start", browser, browser.submit(start))
