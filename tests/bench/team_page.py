"""The benchmarks of a team's page: opening it, asking what is new, saving one row."""

import re
from collections.abc import Iterator
from itertools import count
from urllib.parse import urlencode

from tests.bench import polling
from tests.bench.data import Data, Signed
from tests.bench.measure import Caller, Row, Scale, Step, compare
from tests.bench.servers import Server

# The statements of each request, which its floor does as well; a test counts those of the app.
ROSTER_READS, POLL_READS = 6, 2
SAVE_READS, SAVE_WRITES = 5, 3
LEADS = 200  # a hundred teams, both pages open


def roster(app: Server, floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """The whole page of a team of twelve."""

    def steps(lead: Signed) -> tuple[Step, Step]:
        caller, bare = Caller(app, lead.cookie), Caller(floor)
        return (
            lambda: caller.ask("GET", f"/teams/{lead.team_id}"),
            lambda: bare.ask("GET", f"/{ROSTER_READS}", status=204),
        )

    for clients in scale.clients:
        yield compare("roster", data.people, data.leads[:clients], steps, scale.asks)


def poll(app: Server, floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """An open page asks whether anything is new, and nothing is."""

    def steps(lead: Signed) -> tuple[Step, Step]:
        caller, bare = Caller(app, lead.cookie), Caller(floor)
        path = asking(caller, lead)
        return (
            lambda: caller.ask("GET", path, status=204),
            lambda: bare.ask("GET", f"/{POLL_READS}", status=204),
        )

    for clients in scale.clients:
        yield compare("poll", data.people, data.leads[:clients], steps, scale.asks)
    yield open_pages(app, floor, data, scale)


def open_pages(app: Server, floor: Server, data: Data, scale: Scale) -> Row:
    """A hundred teams have both leads' pages open: the share of one core, not a time."""
    leads = data.leads[:LEADS]
    paths = [asking(Caller(app, lead.cookie), lead) for lead in leads]
    taken = polling.share(app, leads, paths, scale.seconds)
    least = polling.share(floor, leads, [f"/{POLL_READS}"] * len(leads), scale.seconds)
    ratio = taken / least if least else None
    return Row("poll", len(leads), data.people, taken, least, ratio, unit=polling.UNIT)


def asking(caller: Caller, lead: Signed) -> str:
    """Where the team's page asks whether anything is new."""
    page = caller.ask("GET", f"/teams/{lead.team_id}")
    return found(r'hx-get="(/teams/\d+/changes\?since=[^"]+)"', page)


def row_save(app: Server, floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """A lead changes a name on the roster; the page says what it knows, and learns what follows."""

    def steps(lead: Signed) -> tuple[Step, Step]:
        bare = Caller(floor)
        return (
            saving(Caller(app, lead.cookie), lead),
            lambda: bare.ask("POST", f"/{SAVE_READS}/{SAVE_WRITES}", "name=x"),
        )

    for clients in scale.clients:
        own_teams = data.leads[::2][:clients]
        yield compare("row_save", data.people, own_teams, steps, scale.asks)


def saving(caller: Caller, lead: Signed) -> Step:
    """Each save gives the row's person another name, on the base of the one before."""
    page = caller.ask("GET", f"/teams/{lead.team_id}")
    edit = last_edit(page)
    form = caller.ask("GET", edit)
    fields = {
        name: value.replace("&#39;", "'")
        for name, value in re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', form)
    }
    fields["position"] = found(r'<option selected value="([^"]+)"', form)
    fields["since"] = since_in(page)
    names, path = count(), edit.removesuffix("/edit")

    def save() -> None:
        fields["name"] = f"{fields['base_name'].split(' renamed')[0]} renamed {next(names)}"
        fields["since"] = since_in(caller.ask("POST", path, urlencode(fields)))
        fields["base_name"] = fields["name"]

    return save


def since_in(page: str) -> str:
    """What the page knows of the team, as it says with each row that it sends."""
    return found(r'name="since" value="([^"]*)"', page)


def last_edit(roster: str) -> str:
    return re.findall(r'hx-get="(/teams/\d+/members/\d+/edit)"', roster)[-1]


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise RuntimeError(f"{pattern} is not in the page")
    return match[1]
