"""The states of the pages on which the staff read about everything."""

from collections.abc import Iterator

from tests.cast import FEW, OAKLAND, STAFF, Cast
from tests.state import State


def reports(cast: Cast) -> Iterator[State]:
    cast.staff()
    staff = cast.browser(STAFF)
    yield State("overview, empty", staff, staff.get("/staff/overview"))
    team = cast.approved(cd_code=OAKLAND, members=FEW)
    cast.submitted(cohort="sacramento", members=FEW)
    cast.later(days=200)
    staff = cast.browser(STAFF)
    yield State("overview", staff, staff.get("/staff/overview"))
    one = staff.get("/staff/overview?series=2016-17&cohort=sacramento")
    yield State("overview of a cohort", staff, one)
    whole = staff.get("/staff/export?state=all&q=milpitas")
    yield State("list to take away", staff, whole)
    nothing = staff.get("/staff/export?state=declined")
    yield State("list to take away, empty", staff, nothing)
    yield State("timeline", staff, staff.get("/staff/timeline"))
    one = staff.get(f"/staff/timeline?team={team.id}&q=signed&who=imogen&cohort=1")
    yield State("timeline of a team, searched", staff, one)
    yield State("timeline, nothing found", staff, staff.get("/staff/timeline?q=no+such+thing"))
    refused = staff.get("/staff/timeline?first=soon&last=2016-10-31")
    yield State("timeline, a day that is none", staff, refused, 422)
