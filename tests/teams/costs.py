"""How many statements an answer of a team's page takes."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from cdef.kernel.db import db
from cdef.teams.models import Team
from tests.cast import Cast

HTMX = {"HX-Request": "true"}


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that the database was sent."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def roster_of_twelve(cast: Cast) -> Team:
    """The eight of the cast and four more."""
    team = cast.team()
    for number in range(4):
        email = f"wilhelmina.cho.{number}@example.org"
        cast.add(team, "union", f"Wilhelmina Cho {number}", "teacher", email=email)
    return team
