"""The benchmarks of the staff's pages: the list, a search in it, a decision, the overview."""

import html
import re
from collections.abc import Iterator
from itertools import cycle
from urllib.parse import urlencode

from tests.bench.data import Data, Signed
from tests.bench.measure import TIME, Caller, Row, Scale, Step, compare
from tests.bench.servers import Server
from tests.bench.team_page import found

# The statements of each request, about as many as the app's.
READS = {"queue": 9, "search": 10, "overview": 8}
DECISION_READS, DECISION_WRITES = 22, 8
FIRST_PAGE, OVERVIEW = "/staff", "/staff/overview"
FILTER = "/staff?state=all&county=County+07&problem=2"
PERSON, COMMON = "/staff?state=all&q=garc+mari", "/staff?state=all&q=ma"


def queue(app: Server, floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """The first page of what waits for the staff, and a filter."""
    yield from reading("queue", FIRST_PAGE, TIME, app, floor, data, scale)
    yield from reading("queue", FILTER, f"{TIME}, filtered", app, floor, data, scale)


def search(app: Server, floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """Somebody by the beginnings of both names, and everybody whose name begins with two letters."""
    yield from reading("search", PERSON, TIME, app, floor, data, scale)
    yield from reading("search", COMMON, f"{TIME}, common", app, floor, data, scale)


def overview(app: Server, floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """The page of charts and numbers about the series."""
    yield from reading("overview", OVERVIEW, TIME, app, floor, data, scale)


def reading(
    name: str, path: str, unit: str, app: Server, floor: Server, data: Data, scale: Scale
) -> Iterator[Row]:
    def steps(staff: Signed) -> tuple[Step, Step]:
        caller, bare = Caller(app, staff.cookie), Caller(floor)
        return (
            lambda: caller.ask("GET", path),
            lambda: bare.ask("GET", f"/{READS[name]}", status=204),
        )

    for clients in scale.clients:
        row = compare(name, data.people, data.leads[:clients], steps, scale.asks)
        row.unit = unit
        yield row


def decision(app: Server, floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """A team is put on the waitlist, and back; half of the time each."""

    def steps(staff: Signed) -> tuple[Step, Step]:
        bare = Caller(floor)
        return (
            deciding(Caller(app, staff.cookie), data.leads.index(staff)),
            lambda: bare.ask("POST", f"/{DECISION_READS}/{DECISION_WRITES}", "name=x"),
        )

    for clients in scale.clients:
        yield compare("decision", data.people, data.leads[:clients], steps, scale.asks)


def deciding(caller: Caller, number: int) -> Step:
    """Each of the staff has a submitted team of their own."""
    page = caller.ask("GET", "/staff?state=submitted")
    team = re.findall(r'id="team-(\d+)"', page)[number]
    fields = fields_of(caller.ask("GET", f"/staff/teams/{team}/decision"))
    turns = cycle(("waitlisting", "reinstatement"))

    def decide() -> None:
        panel = caller.ask("POST", f"/staff/teams/{team}/{next(turns)}", urlencode(fields))
        fields.update(fields_of(panel))

    return decide


def fields_of(panel: str) -> dict[str, str]:
    """What the panel's form sends, with a note."""
    names = ("csrf_token", "seen", "version")
    values = {name: found(rf'name="{name}" value="([^"]*)"', panel) for name in names}
    return {name: html.unescape(value) for name, value in values.items()} | {"note": "Because."}
