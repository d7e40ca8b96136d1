"""Pages with several of everything: teams, people, decisions, proposals, venues, staff."""

from collections.abc import Iterator

from cdef.accounts.actions import add_staff
from cdef.kernel.db import db, transaction
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, FEW, MEMBERS, MILPITAS, STAFF, UNION_LEAD, Cast
from tests.directory.desk import DIRECTORY, listed, typed_team, union_of
from tests.pages import Browser
from tests.publishing import draft, draft_venue, hand_over, publish
from tests.state import DISTRICTS, State

COHORTS = ("bay-area", "sacramento", "southern-california")
CONFIRMATION = "/staff/decisions/confirmation"


def crowd(cast: Cast) -> Iterator[State]:
    """What takes a question for each of its lines shows itself only where there are many."""
    cast.staff()
    for number in range(3):
        email, name = f"colleague.{number}@example.org", f"Colleague {number}"
        add_staff(email, name=name, roles=["staff"], by=None, now=cast.now())
    staff, lead = cast.browser(STAFF), cast.browser(DISTRICT_LEAD)
    teams = several(cast)
    yield from waiting(cast, staff, teams)
    yield from decided(cast, staff, lead, teams[0])
    yield from everywhere(cast, staff, lead)
    yield from published(staff)
    yield from next_year(cast, staff)


def several(cast: Cast) -> list[Team]:
    """Five teams of one cohort, and three of one district."""
    teams = []
    for number, code in enumerate(DISTRICTS[:5]):
        leads = {"lead": DISTRICT_LEAD, "partner": UNION_LEAD}
        if number:
            leads = {"lead": f"lead.{number}@example.org", "partner": f"other.{number}@example.org"}
        teams.append(cast.submitted(cd_code=code, members=MEMBERS, **leads))
    for cohort in COHORTS:
        cast.approved(cd_code=MILPITAS, cohort=cohort, members=FEW)
    hand_over()
    return teams


def waiting(cast: Cast, staff: Browser, teams: list[Team]) -> Iterator[State]:
    token = staff.get("/staff").value("csrf_token")
    ticked = [("team", str(team.id)) for team in teams]
    for decision in ("approval", "return", "withdrawal"):
        fields = [("csrf_token", token), ("decision", decision), *ticked]
        yield State(f"several, {decision}", staff, staff.post("/staff/decisions", fields))
    for team in teams[1:]:
        cast.decide(team, "waitlist")
    with transaction(teams[0].cohort):
        teams[0].cohort.seats = 40
    cast.decide(teams[1], "offer")
    yield State("many wait", staff, staff.get("/staff/cohorts/bay-area"))
    for team in teams[1:3]:
        yield State("desk of one of many", staff, staff.get(f"/staff/teams/{team.id}"))


def decided(cast: Cast, staff: Browser, lead: Browser, team: Team) -> Iterator[State]:
    """Decided by and by, with notes on rows, then changed by its leads."""
    for number, member in enumerate(team.members[:3]):
        cast.decide(team, "return", "Look again.", rows={member.id: f"Note {number}"})
        cast.decide(team, "reinstate", "Never mind.")
    cast.decide(team, "approve")
    hand_over()
    page = f"/teams/{team.id}"
    for member in team.members[-3:]:
        path = f"{page}/members/{member.id}/departure"
        lead.get(path)
        lead.submit(path, reason="They move away.")
    yield State("many decisions and proposals", staff, staff.get(f"/staff{page}"))
    yield State("roster with many proposals", lead, lead.get(page))


def everywhere(cast: Cast, staff: Browser, lead: Browser) -> Iterator[State]:
    yield State("many teams of one lead", lead, lead.get("/teams"))
    for query in ("", "?state=all", "?state=all&q=imogen", "?state=waitlisted&county=Alameda"):
        yield State(f"list of many {query}", staff, staff.get(f"/staff{query}"))
    for path in ("overview", "timeline", "outbox", "accounts", "needs", "series", "export"):
        yield State(f"{path} of many", staff, staff.get(f"/staff/{path}"))
    for name in ("Milpitas one", "Milpitas two"):
        union_of(cast, listed(), name, "CTA", "certificated")
    typed = [typed_team(cast, cohort=cohort).district for cohort in COHORTS]
    union_of(cast, typed[0])
    yield State("district with many", staff, staff.get(f"{DIRECTORY}/{listed().id}"))
    merging = f"{DIRECTORY}/{typed[0].id}/merger?into={listed().id}"
    yield State("merging many", staff, staff.get(merging))


def published(staff: Browser) -> Iterator[State]:
    """Meetings and a venue are drafted and published, and anew before anybody has heard of it."""
    page = "/staff/cohorts/bay-area"
    for month in ("12", "11"):
        for number, day in ((1, "06"), (2, "13")):
            draft(staff, "bay-area", number, day_1=f"2016-{month}-{day}", day_2="", venue="new")
        draft(staff, "bay-area", 3, day_1=f"2016-{month}-20", venue="new", name="Alder Hall")
        draft_venue(staff, "bay-area", 1, notes=f"Gate {month}.")
        yield State("much is drafted", staff, staff.get(f"{page}/meetings"))
        yield State("much to publish", staff, staff.get(f"{page}/publication"))
        yield State("much is published", staff, publish(staff, "bay-area"))
    yield State("published often", staff, staff.get(f"{page}/publications"))


def next_year(cast: Cast, staff: Browser) -> Iterator[State]:
    cast.next_series()
    number = db.session.scalar(db.text("SELECT max(id) FROM series"))
    yield State("many to be asked back", staff, staff.get(f"/staff/series/{number}/teams-back"))
    yield State("series desk of two", staff, staff.get("/staff/series"))
