"""Every state of every page, reached as people reach it, for the walker that looks at them."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from flask import abort
from sqlalchemy import delete, select, update

from cdef.kernel import audit
from cdef.kernel.access import open_to_all
from cdef.kernel.db import Base, db, transaction
from cdef.outbox.models import Letter
from cdef.outbox.rules import LABELS
from cdef.registrations.rules import STATES
from cdef.series.models import Cohort
from cdef.teams.models import Team
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
from tests.teams.asking import WITHOUT_BOARD

MEMBER = address_of(FEW[1][1])
DISTRICTS = ("4310439", "4369666", "3467439", "3467447", "3476505", "3410348", "3367033", "1964212")
ENDINGS = {
    "return": "Please add a principal.",
    "waitlist": "",
    "decline": "The cohort is full.\n\nAsk again in spring.",
    "approve": "",
}


class State(NamedTuple):
    """A page in front of somebody, and the status that it must have come with."""

    name: str
    browser: Browser
    page: Page
    status: int = 200


def guest(cast: Cast) -> Browser:
    return Browser(cast.app.test_client())


def fragment(browser: Browser, path: str) -> Page:
    """What htmx gets for a link."""
    return Page(browser.client.get(path, headers={"HX-Request": "true"}))


def public(cast: Cast) -> Iterator[State]:
    browser = guest(cast)
    yield State("series", browser, browser.get("/"))
    for slug in ("bay-area", "sacramento", "southern-california"):
        yield State(f"cohort {slug}", browser, browser.get(f"/cohorts/{slug}"))
    yield State("start with a cohort", browser, browser.get("/register?cohort=sacramento"))
    with transaction():
        db.session.execute(update(Cohort).values(is_open=False))
    yield State("series closed", browser, browser.get("/"))
    yield State("cohort closed", browser, browser.get("/cohorts/bay-area"))
    yield State("start without cohorts", browser, browser.get("/register"))
    with transaction():
        db.session.execute(update(Cohort).values(is_open=True))


def signing_in(cast: Cast) -> Iterator[State]:
    browser, mailbox = guest(cast), Mailbox()
    cast.person(DISTRICT_LEAD)
    yield State("sign-in", browser, browser.get("/sign-in?next=/teams"))
    yield State("sign-in refused", browser, browser.submit("/sign-in", email="imogen"), 422)
    yield State("sign-in code", browser, browser.submit("/sign-in", email=DISTRICT_LEAD))
    yield State("wrong code", browser, browser.submit("/sign-in/code", code="12"), 422)
    link = mailbox.link("sign_in", DISTRICT_LEAD)
    yield State("sign-in link", browser, browser.get(link))
    yield State("my teams, none", browser, browser.submit(link))
    yield State("sign-in link spent", browser, browser.get(link), 410)
    other = guest(cast)
    for _ in range(3):
        other.get("/sign-in")
        page = other.submit("/sign-in", email=DISTRICT_LEAD)
    yield State("too many links", other, page, 429)


def starting(cast: Cast) -> Iterator[State]:
    browser, mailbox, email = guest(cast), Mailbox(), "ottoline.brandt@example.org"
    yield State("start", browser, browser.get("/register"))
    yield State("start refused", browser, browser.submit("/register"), 422)
    for words in ("san", "o", "nowhere at all"):
        found = browser.submit("/register", press="Find", district_query=words)
        yield State(f"districts for {words}", browser, found)
        options = fragment(browser, f"/districts/options?district_query={words}")
        yield State(f"district options for {words}", browser, options)
    yield State("half a start refused", browser, browser.submit("/register", side="union"), 422)
    person = {"name": "Ottoline Brandt", "email": email, "side": "union", "position": "teacher"}
    where = {"cohort_id": "1", "not_listed": "y", "district_name": "Elm", "county": "Yolo"}
    yield State("start code", browser, browser.submit("/register", **person, **where))
    yield State("wrong start code", browser, browser.submit("/register/code", code="000000"), 422)
    link = mailbox.link("start_team", email)
    yield State("start link", browser, browser.get(link))
    yield State("team begun", browser, browser.submit(link))
    yield State("start link spent", browser, browser.get(link), 410)
    yield State("start by somebody known", browser, browser.get("/register"))


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
    both.get("/staff/cohorts/bay-area")
    action = "/staff/cohorts/bay-area/names-due"
    yield State("deadline refused", both, both.submit(action, names_due="soon"), 422)
    yield State("deadline set", both, both.submit(action, names_due="2016-10-01"))
    yield State("place held too long", browser, browser.get(page))


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
    wrong = next(name for name, text in browser.page.form(f"{held}/lines").fields if text == "TBD")
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
    yield State("list done", browser, browser.submit(f"{page}/{done.id}/additions"))
    browser.get(held)
    yield State("list discarded", browser, browser.submit(f"{held}/removal"))
    cast.next_series()
    new = cast.team(cd_code=DISTRICTS[0], members=[])
    yield State("last year offered", browser, browser.get(f"/teams/{new.id}/imports"))
    start = f"/teams/{new.id}/imports/last-year"
    yield State("last year as a start", browser, browser.submit(start))


def registration(cast: Cast) -> Iterator[State]:
    cast.staff()
    browser, staff = cast.browser(DISTRICT_LEAD), cast.browser(STAFF)
    yield State("queue, empty", staff, staff.get("/staff"))
    team = cast.team(cd_code=DISTRICTS[1], members=FEW)
    page = f"/teams/{team.id}"
    sign = f"{page}/signatures"
    stale = browser.get(page)
    cast.add(team, "union", "Ottoline Brandt", "teacher")
    browser.page = stale
    yield State("signature refused", browser, browser.submit(sign), 422)
    refused = Page(browser.client.post(sign, headers={"HX-Request": "true"}))
    yield State("form without a token, by script", browser, refused, 400)
    browser.get(page)
    yield State("half signed", browser, browser.submit(sign))
    partner = cast.browser(UNION_LEAD)
    partner.get(page)
    yield State("submitted, by script", partner, Page(partner.htmx(sign)))
    yield State("submitted", partner, partner.get(page))
    partner.submit(f"{page}/withdrawal")
    yield State("withdrawn", partner, partner.get(page))
    yield from endings(cast)


def endings(cast: Cast) -> Iterator[State]:
    browser, staff = cast.browser(DISTRICT_LEAD), cast.browser(STAFF)
    for code, (verb, note) in zip(DISTRICTS[2:], ENDINGS.items(), strict=False):
        team = cast.submitted(cd_code=code, members=FEW)
        desk = f"/staff/teams/{team.id}"
        yield State(f"desk before {verb}", staff, staff.get(desk))
        yield from refused_decision(staff, team)
        cast.decide(team, verb, note)
        yield State(f"desk after {verb}", staff, staff.get(desk))
        yield State(f"team after {verb}", browser, browser.get(f"/teams/{team.id}"))
    for state in (*STATES, "all", "waiting-for-staff", "no such state"):
        yield State(f"queue of {state}", staff, staff.get(f"/staff?state={state}&cohort=bay-area"))
    yield State("my teams", browser, browser.get("/teams"))


def refused_decision(staff: Browser, team: Team) -> Iterator[State]:
    """Nothing is returned without a note."""
    action = f"/staff/teams/{team.id}/return"
    again = Page(staff.htmx(action))
    yield State("decision refused, by script", staff, again, 422)
    yield State("decision refused", staff, staff.submit(action), 422)


def outbox(cast: Cast) -> Iterator[State]:
    cast.staff()
    staff = cast.browser(STAFF)
    yield State("outbox, empty", staff, staff.get("/staff/outbox"))
    cast.approved(members=FEW)
    yield State("outbox", staff, staff.get("/staff/outbox"))
    letters = db.session.scalars(select(Letter).order_by(Letter.id)).all()
    for letter, state in zip(letters, LABELS, strict=False):
        with transaction():
            letter.state, letter.reason = state, "451 Try again."
        page = staff.get(f"/staff/outbox/{letter.id}")
        yield State(f"letter, {state}", staff, page)
    cast.later(minutes=20)
    yield State("outbox in trouble", staff, staff.get("/staff/outbox?state=failed"))


def personal(cast: Cast) -> Iterator[State]:
    browser = guest(cast)
    team = cast.approved(cd_code=DISTRICTS[6], members=FEW)
    place = next(member.id for member in team.members if member.email == MEMBER)
    link = Mailbox().link("confirmation", MEMBER)
    yield State("personal link", browser, browser.get(link))
    yield State("personal page", browser, browser.submit(link))
    yield State("personal link, made up", browser, browser.get("/personal/open/made-up"), 410)
    browser.get("/personal")
    answer = f"/personal/{place}/meetings/{team.cohort.meetings[0].id}"
    yield State("answered, by script", browser, Page(browser.htmx(f"{answer}/acceptance")))
    yield State("answered", browser, browser.submit(f"{answer}/decline"))
    needs = f"/personal/{place}/needs"
    yield State("needs refused", browser, browser.submit(needs, dietary="x" * 1001), 422)
    browser.get("/personal")
    yield State("needs saved", browser, browser.submit(needs, dietary="No nuts.\n<b>None</b>."))
    cast.approved(cd_code=DISTRICTS[7], members=FEW, cohort="southern-california")
    yield State("two places, one without dates", browser, browser.get("/personal"))
    nobody = cast.browser("nobody.of.note@example.org")
    yield State("personal page, empty", nobody, nobody.get("/personal"))


def errors(cast: Cast) -> Iterator[State]:
    browser, lead = guest(cast), cast.browser(DISTRICT_LEAD)
    yield State("not found", browser, browser.get("/nowhere"), 404)
    yield State("not found, by script", browser, fragment(browser, "/nowhere"), 404)
    yield State("not theirs", lead, lead.get("/staff"), 403)
    yield State("wrong method", lead, lead.get("/sign-out"), 405)
    typed = [("name", 'Ottoline "O" <b>Brandt</b>'), ("note", "One\nTwo"), ("once", "1")]
    yield State("form without a token", lead, lead.post("/teams/1/members", typed), 400)
    lead.get("/teams")
    token = lead.page.value("csrf_token") if lead.page else ""
    kept = lead.post("/teams/1/members/2/removal", [("csrf_token", token), ("name", "A")])
    yield State("refused with a form kept", lead, kept, 404)
    cast.later(days=31)
    yield State(
        "sign-in ended", lead, lead.post("/teams/1/members", [("csrf_token", token), *typed]), 401
    )
    yield State(
        "sign-in ended, nothing typed", lead, lead.post("/sign-out", [("csrf_token", token)]), 401
    )
    cast.app.config["PROPAGATE_EXCEPTIONS"] = False
    for status in (413, 500, 503):
        cast.app.view_functions["series.home"] = open_to_all(lambda code=status: abort(code))
        yield State(f"error {status}", browser, browser.get("/"), status)


def demo(cast: Cast) -> Iterator[State]:
    browser = guest(cast)
    yield State("demonstration, empty", browser, browser.get("/demo"))
    cast.approved(members=FEW)
    cast.sign(cast.team(cd_code=DISTRICTS[0], members=FEW), "district")
    yield State("demonstration", browser, browser.get("/demo"))
    for kind in ("confirmation", "approved"):
        page = browser.get(f"/demo/letters/{Mailbox().letters(kind)[0].id}")
        yield State(f"{kind} as it arrives", browser, page)


def nothing(cast: Cast) -> Iterator[State]:
    """Before staff publish the first series."""
    with transaction():
        for table in reversed(Base.metadata.sorted_tables):
            db.session.execute(delete(table))
    cast.staff()
    staff = cast.browser(STAFF)
    yield State("no series", staff, staff.get("/"))
    yield State("start without a series", staff, staff.get("/register"))
    yield State("queue without a series", staff, staff.get("/staff"))
    yield State("no flyer", staff, staff.get("/flyer.pdf"), 404)


SCENES: list[Callable[[Cast], Iterator[State]]] = [
    demo,
    public,
    signing_in,
    starting,
    joining,
    roster,
    history,
    handing_over,
    lists,
    registration,
    outbox,
    personal,
    errors,
    nothing,
]
