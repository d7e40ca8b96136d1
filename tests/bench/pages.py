"""The benchmarks of pages that are opened: the public one, a team's, the staff's; and the poll.

The floor of each is one page that a bare Flask app reads by an index and draws.
"""

import re
from collections.abc import Iterator
from functools import partial

from tests.bench import polling
from tests.bench.data import Data, Signed
from tests.bench.measure import TIME, Caller, Pair, Row, Scale, Step, compare
from tests.bench.servers import Server

OPEN_PAGES = 64
FILTER = "/staff?state=all&county=County+07&problem=2"
PERSON, COMMON = "/staff?state=all&q=garc+mari", "/staff?state=all&q=ma"


def public(app: Server, floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """The training's own page, for somebody who comes for the first time."""

    def pair_of(reader: Signed) -> Pair:
        return Pair(Visitor(app).look, floor_page(floor, reader))

    for clients in scale.clients:
        yield compare("public", data.people, data.leads[:clients], pair_of, scale)


class Visitor(Caller):
    """Somebody new at each look."""

    def look(self) -> None:
        self.cookie = ""
        self.ask("GET", "/")


def roster(app: Server, floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """The whole page of a team of twelve."""

    def pair_of(lead: Signed) -> Pair:
        return reading(app, floor, lead, f"/teams/{lead.team_id}")

    for clients in scale.clients:
        yield compare("roster", data.people, data.leads[:clients], pair_of, scale)


def poll(app: Server, floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """An open page asks whether anything is new, and nothing is."""

    def pair_of(lead: Signed) -> Pair:
        caller = Caller(app, lead.cookie, is_htmx=True)
        path = asking(caller, lead)
        return Pair(
            lambda: caller.ask("GET", path, status=204),
            floor_page(floor, lead),
        )

    for clients in scale.clients:
        yield compare("poll", data.people, data.leads[:clients], pair_of, scale)
    yield open_pages(app, floor, data, scale)


def open_pages(app: Server, floor: Server, data: Data, scale: Scale) -> Row:
    """So many leads have their pages open: the share of one core, not a time."""
    leads = data.leads[: min(OPEN_PAGES, scale.asks)]
    paths = [asking(Caller(app, lead.cookie), lead) for lead in leads]
    taken = polling.share(app, leads, paths, 204, scale.polling)
    least = polling.share(floor, leads, [bare(lead) for lead in leads], 200, scale.polling)
    ratio = taken / least if least else None
    return Row("poll", len(leads), data.people, taken, least, ratio, unit=polling.UNIT)


def asking(caller: Caller, lead: Signed) -> str:
    """Where the team's page asks whether anything is new."""
    page = caller.ask("GET", f"/teams/{lead.team_id}")
    return found(r'hx-get="(/teams/\d+/changes\?since=[^"]+)"', page)


def queue(app: Server, floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """The first page of what waits for the staff, and a filter."""
    yield from of_staff("queue", "/staff", TIME, app, floor, data, scale)
    yield from of_staff("queue", FILTER, f"{TIME}, filtered", app, floor, data, scale)


def search(app: Server, floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """Somebody by the beginnings of both names, and everybody whose name begins with two letters."""
    yield from of_staff("search", PERSON, TIME, app, floor, data, scale)
    yield from of_staff("search", COMMON, f"{TIME}, common", app, floor, data, scale)


def overview(app: Server, floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """The page of charts and numbers about the series."""
    yield from of_staff("overview", "/staff/overview", TIME, app, floor, data, scale)


def of_staff(
    name: str, path: str, unit: str, app: Server, floor: Server, data: Data, scale: Scale
) -> Iterator[Row]:
    pair_of = partial(reading, app, floor, path=path)
    for clients in scale.clients if unit == TIME else scale.clients[:1]:
        row = compare(name, data.people, data.staff[:clients], pair_of, scale)
        row.unit = unit
        yield row


def reading(app: Server, floor: Server, reader: Signed, path: str) -> Pair:
    caller = Caller(app, reader.cookie)
    return Pair(lambda: caller.ask("GET", path), floor_page(floor, reader))


def floor_page(floor: Server, reader: Signed) -> Step:
    caller = Caller(floor)
    return lambda: caller.ask("GET", bare(reader))


def bare(reader: Signed) -> str:
    return f"/teams/{reader.team_id}"


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise RuntimeError(f"{pattern} is not in the page")
    return match[1]
