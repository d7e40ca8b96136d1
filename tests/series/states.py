"""The states of the staff's pages of a series."""

from collections.abc import Iterator

from cdef.series.models import current_series
from tests.cast import DISTRICT_LEAD, FEW, STAFF, Cast, Mailbox
from tests.state import DISTRICTS, State, guest

PAGE = "/staff/series/1"
TERMS, RULES = f"{PAGE}/terms", f"{PAGE}/rules"
TEXTS, SESSIONS, COHORTS = f"{PAGE}/texts", f"{PAGE}/sessions", f"{PAGE}/cohorts"


def running(cast: Cast) -> Iterator[State]:
    cast.staff()
    staff, other = cast.browser(STAFF), cast.browser(STAFF)
    yield State("series desk", staff, staff.get("/staff/series"))
    yield State("texts", staff, staff.get(TEXTS))
    words = "**Bold** and *slanted*\n\n- <b>one</b>\n- {{7*7}}"
    look = staff.submit(TEXTS, press="Look", intro=words, partners=words)
    yield State("texts looked at", staff, look)
    yield State("texts refused", staff, staff.submit(TEXTS, title=""), 422)
    other.get(TEXTS)
    staff.get(TEXTS)
    yield State("texts saved", staff, staff.submit(TEXTS, intro=words))
    yield State("texts saved by two", other, other.submit(TEXTS, intro="Mine."), 409)
    yield from sessions(cast)
    yield from cohorts(cast)
    yield from asking_back(cast)
    yield from terms(cast)
    yield from copies(cast)


def sessions(cast: Cast) -> Iterator[State]:
    staff = cast.browser(STAFF)
    yield State("session", staff, staff.get(f"{SESSIONS}/1"))
    yield State("session refused", staff, staff.submit(f"{SESSIONS}/1", days="many"), 422)
    look = staff.submit(f"{SESSIONS}/1", press="Look", overview="*Slanted*", days="2")
    yield State("session looked at", staff, look)
    yield State("session stays", staff, staff.submit(f"{SESSIONS}/1/removal"), 422)
    yield State("session more", staff, staff.get(f"{SESSIONS}/new"))
    yield State("session more, looked at", staff, staff.submit(SESSIONS, press="Look", title="X"))
    yield State("session more, refused", staff, staff.submit(SESSIONS, title=""), 422)
    yield State("session added", staff, staff.submit(SESSIONS, title="Looking back"))


def cohorts(cast: Cast) -> Iterator[State]:
    staff, other = cast.browser(STAFF), cast.browser(STAFF)
    yield State("cohort to edit", staff, staff.get(f"{COHORTS}/2"))
    other.get(f"{COHORTS}/2")
    yield State("cohort refused", staff, staff.submit(f"{COHORTS}/2", closes_on="soon"), 422)
    staff.submit(f"{COHORTS}/2", closes_on="11/15/2016", is_open=None)
    clash = {"closes_on": "11/16/2016", "is_open": "y", "name": "Capital"}
    yield State("cohort saved by two", other, other.submit(f"{COHORTS}/2", **clash), 409)
    yield State("cohort more", staff, staff.get(f"{COHORTS}/new"))
    yield State("cohort more, refused", staff, staff.submit(COHORTS, name="bay area"), 422)
    yield State("cohort added", staff, staff.submit(COHORTS, name="Inland Empire", seats="30"))


def terms(cast: Cast) -> Iterator[State]:
    staff, other = cast.browser(STAFF), cast.browser(STAFF)
    yield State("terms", staff, staff.get(TERMS))
    yield State("terms refused", staff, staff.submit(TERMS, price_cents="free"), 422)
    yield State("terms looked at", staff, staff.submit(TERMS, press="See", price_cents="62.50"))
    other.get(TERMS)
    yield State("terms saved", staff, staff.submit(TERMS, price_cents="62.50"))
    yield State("terms saved by two", other, other.submit(TERMS, price_cents="75"), 409)
    yield State("rule more", staff, staff.get(f"{RULES}/new"))
    yield State("rule more, refused", staff, staff.submit(RULES, text="<b>Principal</b>"), 422)
    look = staff.submit(RULES, press="See", met_by="principal")
    yield State("rule more, looked at", staff, look)
    yield State("rule added", staff, staff.submit(RULES))
    yield State("rule", staff, staff.get(f"{RULES}/1"))
    other.get(f"{RULES}/1")
    staff.submit(f"{RULES}/1", met_by="business")
    yield State("rule saved by two", other, other.submit(f"{RULES}/1", met_by="board"), 409)


def copies(cast: Cast) -> Iterator[State]:
    staff = cast.browser(STAFF)
    yield State("copy", staff, staff.get(f"{PAGE}/copy"))
    yield State("copy refused", staff, staff.submit(f"{PAGE}/copies", key="2016-17"), 422)
    prepared = staff.submit(f"{PAGE}/copies", key="2018-19")
    yield State("series prepared", staff, prepared)
    made = staff.submit(f"{prepared.path}/publication")
    yield State("series made current", staff, made)
    yield State("earlier series", staff, staff.get(PAGE))


def asking_back(cast: Cast) -> Iterator[State]:
    """The team is of the series from which another year was made."""
    team = cast.approved(cd_code=DISTRICTS[3], members=FEW)
    cast.next_series()
    found = current_series()
    assert found is not None
    page, staff, lead = f"/staff/series/{found.id}/teams-back", cast.browser(STAFF), guest(cast)
    yield State("teams back, before", staff, staff.get("/staff/series/1/teams-back"))
    yield State("teams back", staff, staff.get(page))
    yield State("teams back, none chosen", staff, staff.submit(page, team=None), 422)
    staff.get(page)
    chosen = staff.submit(page, team=str(team.id))
    yield State("teams back, looked at", staff, chosen)
    yield State("teams back, asked", staff, staff.submit(page, send="1"))
    link = Mailbox().link("asked_back", DISTRICT_LEAD)
    yield State("come back", lead, lead.get(link))
    yield State("come back without a tick", lead, lead.submit(link), 422)
    yield State("come back, begun", lead, lead.submit(link, meant="y"))
    yield State("come back, spent", lead, lead.get(link), 410)
