"""Several people edit one roster at once, on a slow line: nothing that anybody typed is lost.

``FUZZ_SECONDS`` and ``FUZZ_SEED`` in the environment make it longer, and begin as another run did.
"""

import os
import time
from collections.abc import Callable, Iterable
from random import Random, randrange
from typing import Any

import pytest
from sqlalchemy import select

from cdef.kernel.audit import Event
from cdef.kernel.db import db
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from cdef.teams.roster_actions import row_of
from cdef.teams.row_rules import Row
from tests.browser.conftest import Visit
from tests.browser.fuzz.editor import Editor
from tests.browser.fuzz.errands import work
from tests.browser.fuzz.hands import roster_on
from tests.browser.fuzz.oracle import Line, faults
from tests.browser.post import PATIENCE
from tests.browser.server import Server
from tests.browser.stage import backstage, cookie_of
from tests.cast import DISTRICT_LEAD, STAFF, UNION_LEAD, Cast

pytestmark = pytest.mark.browser
SECONDS = float(os.environ.get("FUZZ_SECONDS", "6"))
WAIT = 0.25  # seconds at most, before a request comes in and before its answer goes out
IMOGEN = ("Imogen Castellanos", DISTRICT_LEAD)
BEATRIZ = ("Beatriz Holloway", UNION_LEAD)
ROSALIND = ("Rosalind Achterberg", STAFF)


@pytest.mark.parametrize(
    "people",
    [[IMOGEN, BEATRIZ], [IMOGEN, BEATRIZ, IMOGEN, BEATRIZ, ROSALIND]],
    ids=["two editors", "five editors"],
)
def test_everybody_ends_with_the_same_roster_and_nothing_is_lost(
    people: list[tuple[str, str]], visit: Visit, site: Server, cast: Cast
) -> None:
    seed = int(os.environ.get("FUZZ_SEED", randrange(10**6)))
    chance = Random(seed)
    with backstage():
        cast.staff()
        team = cast.team()
        address, start, since = f"/teams/{team.id}", rows_of(team), newest()
    editors = [
        come(visit, cast, address, person, f"E{count}x", Random(chance.random()))
        for count, person in enumerate(people)
    ]
    assert site.app is not None
    site.app = slowly(site.app, Random(chance.random()))
    drive(editors, chance)
    found = [trouble for editor in editors for trouble in editor.troubles]
    shown = {} if found else shown_at_last(editors)
    with backstage():
        history = lines(since)
    edits = [edit for editor in editors for edit in editor.edits]
    found += faults(start, history, edits, shown)
    assert found == [], report(seed, editors, history, found)
    assert {edit.who for edit in edits} == {name for name, _ in people}


def come(
    visit: Visit, cast: Cast, address: str, person: tuple[str, str], token: str, chance: Random
) -> Editor:
    name, email = person
    visitor = visit().sign_in_as(cookie_of(cast, email))
    visitor.go(address).locator("#add-union-name").focus()
    return Editor(visitor, address, name, token, chance)


def slowly(app: Callable[..., Any], chance: Random) -> Callable[..., Any]:
    """The team's requests overtake each other, and so do their answers."""

    def answer(environ: Any, start_response: Any) -> Iterable[bytes]:
        is_slow = environ["PATH_INFO"].startswith("/teams")
        time.sleep(chance.uniform(0, WAIT) * is_slow)
        result: Iterable[bytes] = app(environ, start_response)
        time.sleep(chance.uniform(0, WAIT) * is_slow)
        return result

    return answer


def drive(editors: list[Editor], chance: Random) -> None:
    """Give turns by chance until the time is over, and then until everybody has finished.

    It ends at once where something is lost.
    """
    turns = {editor: work(editor) for editor in editors}
    end = time.monotonic() + SECONDS
    while turns and not any(editor.troubles for editor in editors):
        editor = chance.choice(list(turns))
        editor.is_tired = time.monotonic() > end
        if next(turns[editor], "done") == "done":
            del turns[editor]
        editor.check()


def shown_at_last(editors: list[Editor]) -> dict[str, list[Row]]:
    """The roster of the database and of every page, once it has asked what is new."""
    with backstage():
        kept = rows_of(db.session.scalars(select(Team)).one())
    for editor in editors:
        for _ in range(PATIENCE * 2):
            if set(roster_on(editor.page)) == set(kept):
                break
            editor.page.wait_for_timeout(500)
    pages = {f"the page of {editor.token}": roster_on(editor.page) for editor in editors}
    return pages | {"the database": kept}


def newest() -> int:
    return db.session.scalars(select(Event.id).order_by(Event.id.desc())).first() or 0


def lines(since: int) -> list[Line]:
    events = db.session.scalars(select(Event).where(Event.id > since).order_by(Event.id))
    return [
        Line(
            event.who,
            event.what,
            Row(**event.before) if event.before else None,
            Row(**event.after) if event.after else None,
        )
        for event in events
    ]


def rows_of(team: Team) -> list[Row]:
    found = select(Member).where(Member.team_id == team.id, Member.removed_at.is_(None))
    return [row_of(member) for member in db.session.scalars(found)]


def report(seed: int, editors: list[Editor], history: list[Line], found: list[str]) -> str:
    logs = [line for editor in editors for line in editor.log]
    return "\n".join([f"FUZZ_SEED={seed}", *map(str, history), *logs, *found])
