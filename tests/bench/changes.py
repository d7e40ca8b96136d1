"""The benchmarks of what people do: saving a row, signing, deciding.

The floor of each is one row that a bare Flask app writes, and that is on the disk when it answers.
"""

import html
import re
from collections.abc import Callable, Iterator
from itertools import count
from urllib.parse import urlencode

from tests.bench.data import Data, Signed
from tests.bench.measure import Caller, Pair, Row, Scale, Step, compare
from tests.bench.pages import found
from tests.bench.servers import Server


def row_save(app: Server, floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """A lead changes a name on the roster; the page says what it knows, and learns what follows."""

    def pair_of(lead: Signed) -> Pair:
        return Pair(saving(Caller(app, lead.cookie, is_htmx=True), lead), floor_write(floor))

    for clients in scale.clients:
        yield compare("row_save", data.people, data.leads[:clients], pair_of, scale)


def sign(app: Server, floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """A lead signs the roster, which was changed since the last signature."""

    def pair_of(lead: Signed) -> Pair:
        caller = Caller(app, lead.cookie, is_htmx=True)
        save, path, page = saving(caller, lead), f"/teams/{lead.team_id}", ""

        def change() -> None:
            nonlocal page
            save()
            page = caller.ask("GET", path)

        def put_name() -> None:
            revision = found(r'name="revision"[^>]* value="(\d+)"', page)
            fields = {"csrf_token": token_in(page), "revision": revision}
            caller.ask("POST", f"{path}/signatures", urlencode(fields))

        return Pair(put_name, floor_write(floor), change)

    for clients in scale.clients:
        yield compare("sign", data.people, data.leads[:clients], pair_of, scale)


def decision(app: Server, floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """A team is put on the waitlist, and back; half of the time each."""

    def pair_of(staff: Signed) -> Pair:
        decide = deciding(Caller(app, staff.cookie, is_htmx=True), staff.team_id)
        return Pair(decide, floor_write(floor))

    for clients in scale.clients:
        yield compare("decision", data.people, data.staff[:clients], pair_of, scale)


def floor_write(floor: Server) -> Step:
    caller = Caller(floor)
    return lambda: caller.ask("POST", "/events", "name=x")


def saving(caller: Caller, lead: Signed) -> Callable[[], None]:
    """Each save gives the row's person another name, on the base of the one before."""
    page = caller.ask("GET", f"/teams/{lead.team_id}")
    edit = last_edit(page)
    form = caller.ask("GET", edit)
    fields = {
        name: html.unescape(value)
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


def token_in(page: str) -> str:
    return html.unescape(found(r'name="csrf_token"[^>]* value="([^"]*)"', page))


def last_edit(roster: str) -> str:
    return re.findall(r'hx-get="(/teams/\d+/members/\d+/edit)"', roster)[-1]


def deciding(caller: Caller, team: int) -> Step:
    """Each of the staff has a submitted team of their own, and does what its state allows."""
    panel = caller.ask("GET", f"/staff/teams/{team}/decision")

    def decide() -> None:
        nonlocal panel
        noun = "waitlisting" if f"{team}/waitlisting" in panel else "reinstatement"
        panel = caller.ask("POST", f"/staff/teams/{team}/{noun}", urlencode(fields_of(panel)))

    return decide


def fields_of(panel: str) -> dict[str, str]:
    """What the panel's form sends, with a note."""
    names = ("csrf_token", "seen", "version")
    values = {name: found(rf'name="{name}" value="([^"]*)"', panel) for name in names}
    return {name: html.unescape(value) for name, value in values.items()} | {"note": "Because."}
