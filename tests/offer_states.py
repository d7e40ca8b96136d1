"""The states of pages on which a team waits for seats, is offered some, and answers."""

from collections.abc import Iterator

from cdef.kernel.db import transaction
from tests.cast import DISTRICT_LEAD, FEW, STAFF, Cast
from tests.pages import Page
from tests.state import DISTRICTS, State


def waitlist(cast: Cast) -> Iterator[State]:
    """A team waits, lets one offer lapse, and passes on another."""
    cast.staff()
    staff, lead = cast.browser(STAFF), cast.browser(DISTRICT_LEAD)
    team = cast.submitted(cd_code=DISTRICTS[1], members=FEW, cohort="sacramento")
    desk, page = f"/staff/teams/{team.id}", f"/teams/{team.id}"
    with transaction(team.cohort):
        team.cohort.seats = 3
    yield State("too few seats", staff, staff.get(desk))
    refused = staff.submit(f"{desk}/approval", note="They are so few.")
    yield State("over the seats without a reason", staff, refused, 422)
    cast.decide(team, "waitlist")
    yield State("team on the waitlist", lead, lead.get(page))
    yield State("desk of a team on the waitlist", staff, staff.get(desk))
    cast.decide(team, "offer", "A school left.", over="Two chairs more.")
    yield State("desk of an offer", staff, staff.get(desk))
    yield State("seats offered", lead, lead.get(page))
    cast.later(days=8)
    staff, lead = cast.browser(STAFF), cast.browser(DISTRICT_LEAD)
    yield State("offer lapsed", lead, lead.get(page))
    yield State("desk of a lapsed offer", staff, staff.get(desk))
    cast.decide(team, "offer", over="Two chairs more.")
    lead.get(page)
    yield State("offer passed on, by script", lead, Page(lead.htmx(f"{page}/offer/refusal")))
    yield State("offer passed on", lead, lead.get(page))


def stale(cast: Cast) -> Iterator[State]:
    """Two staff members on one page, and notes on rows."""
    cast.staff()
    staff, lead = cast.browser(STAFF), cast.browser(DISTRICT_LEAD)
    team = cast.submitted(cd_code=DISTRICTS[1], members=FEW)
    desk = f"/staff/teams/{team.id}"
    staff.get(desk)
    notes = {team.members[0].id: "Which school?", team.members[2].id: "Is this the leader?"}
    cast.decide(team, "return", "Please look again.", rows=notes)
    overtaken = staff.submit(f"{desk}/waitlisting", note="They are so few.")
    yield State("decision overtaken", staff, overtaken, 409)
    yield State("desk of a return with notes on rows", staff, staff.get(desk))
    yield State("returned with notes on rows", lead, lead.get(f"/teams/{team.id}"))
    edit = lead.get(f"/teams/{team.id}/members/{team.members[0].id}/edit")
    yield State("row with a note, edited", lead, edit)
