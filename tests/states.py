"""Every state of every page, reached as people reach it, for the walker that looks at them."""

from collections.abc import Callable, Iterator

from flask import abort
from sqlalchemy import delete, select, update

from cdef.kernel.access import open_to_all
from cdef.kernel.db import Base, db, transaction
from cdef.outbox.models import Letter
from cdef.outbox.rules import LABELS
from cdef.registrations.rules import STATES
from cdef.series.models import Cohort
from cdef.teams.models import Team
from tests.account_states import staff_accounts
from tests.cast import (
    DISTRICT_LEAD,
    FEW,
    STAFF,
    UNION_LEAD,
    Cast,
    Mailbox,
    address_of,
)
from tests.change_states import changing
from tests.crowd_states import crowd
from tests.directory_states import directory, needs_summary
from tests.flyers.states import campaigns
from tests.offer_states import stale, waitlist
from tests.pages import Browser, Page
from tests.participant_states import asking_for_a_link, own_data
from tests.publication_states import drafting, publishing
from tests.quarantine_states import quarantine
from tests.queue_states import queue
from tests.reminder_states import reminders
from tests.report_states import reports
from tests.roster_states import handing_over, history, joining, lists, roster
from tests.series.states import running
from tests.state import DISTRICTS, State, fragment, guest
from tests.substitute_states import substituting
from tests.wording_states import wording

MEMBER = address_of(FEW[1][1])
ENDINGS = {
    "return": "Please add a principal.",
    "waitlist": "",
    "decline": "The cohort is full.\n\nAsk again in spring.",
    "approve": "",
}


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
    phone = guest(cast)
    yield State("sign-in link elsewhere", phone, phone.get(link))
    yield State("sign-in without a tick", phone, phone.submit(link), 422)
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
    phone = guest(cast)
    yield State("start link elsewhere", phone, phone.get(link))
    yield State("start without a tick", phone, phone.submit(link), 422)
    yield State("team begun", browser, browser.submit(link))
    yield State("start link spent", browser, browser.get(link), 410)
    yield State("start by somebody known", browser, browser.get("/register"))


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
    failed = next(letter for letter in letters if letter.state == "failed")
    address = f"/staff/outbox/{failed.id}"
    staff.get(address)
    refused = staff.submit(f"{address}/resend", email="nowhere")
    yield State("letter, sent again nowhere", staff, refused, 422)
    yield State("letter, set aside", staff, staff.submit(f"{address}/setting-aside"), 422)
    yield State("outbox, failed", staff, staff.get("/staff/outbox?state=to-mend&q=o"))
    yield State("desk with a failed letter", staff, staff.get("/staff"))
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
    yield State("series desk without a series", staff, staff.get("/staff/series"))
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
    running,
    drafting,
    publishing,
    outbox,
    quarantine,
    staff_accounts,
    directory,
    needs_summary,
    personal,
    reminders,
    own_data,
    substituting,
    wording,
    asking_for_a_link,
    queue,
    reports,
    campaigns,
    changing,
    crowd,
    stale,
    waitlist,
    errors,
    nothing,
]
