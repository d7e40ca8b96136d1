"""The states of the staff's list: narrowed, empty, alone, of an older series, with a page before."""

from collections.abc import Iterator

from tests.cast import FEW, OAKLAND, STAFF, Cast
from tests.state import State, fragment


def queue(cast: Cast) -> Iterator[State]:
    cast.staff()
    staff = cast.browser(STAFF)
    cast.team(members=[])
    team = cast.submitted(cd_code=OAKLAND, members=FEW)
    for name, query in {
        "all": "?state=all",
        "narrowed": "?state=all&q=imogen&cohort=bay-area&county=Alameda&district=oakland",
        "nothing found": "?q=nobody+at+all",
        "nobody missing": "?problem=1",
        "a page before": "?before=20301017T160000000000-7",
        "a page after": "?after=20001017T160000000000-7",
    }.items():
        yield State(f"list, {name}", staff, staff.get(f"/staff{query}"))
        yield State(f"list alone, {name}", staff, fragment(staff, f"/staff/queue{query}"))
    yield State("panel", staff, fragment(staff, f"/staff/teams/{team.id}/decision"))
    cast.next_series()
    yield State("list of an older series", staff, staff.get("/staff?series=2016-17"))
