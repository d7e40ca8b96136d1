"""What a roster must be after many hands: its history replayed, with every edit that was acknowledged.

Pure: rows, lines of the timeline and edits in, sentences about what is wrong out. Names and
addresses are never used twice, so that a line of the timeline is about one row.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from cdef.series.rules import side_of
from cdef.teams.row_rules import FIELDS, Row


@dataclass(frozen=True)
class Line:
    """A line of the timeline."""

    who: str
    what: str
    before: Row | None = None
    after: Row | None = None

    @property
    def writes(self) -> bool:
        """Whether it is what somebody typed; a row that was put back says what it said before."""
        return self.after is not None and not re.fullmatch(r"put .+ back", self.what)


@dataclass(frozen=True)
class Edit:
    """What an editor sent and saw acknowledged; ``base`` is what the row said when they opened it."""

    who: str
    row: Row
    base: Row | None = None

    @property
    def wishes(self) -> dict[str, str]:
        """The fields that the editor changed."""
        was = asdict(self.base) if self.base else {}
        return {
            field: value for field, value in asdict(self.row).items() if value != was.get(field)
        }


def faults(
    start: Iterable[Row], history: list[Line], edits: list[Edit], shown: dict[str, list[Row]]
) -> list[str]:
    """Everything that is wrong; ``shown`` has the roster of the database and of each open page."""
    roster = Replay(start)
    for line in history:
        roster.take(line)
    found = [*roster.faults, *lost(edits, history), *unwished(edits, history)]
    for where, rows in shown.items():
        found += differences(where, rows, list(roster.rows))
    return found


class Replay:
    """The roster as its timeline tells it."""

    def __init__(self, start: Iterable[Row]) -> None:
        self.rows = list(start)
        self.removed: list[Row] = []
        self.faults: list[str] = []

    def take(self, line: Line) -> None:
        for pattern, take in (
            (r"added (.+)", self.add),
            (r"changed (.+)", self.change),
            (r"removed (.+)", self.remove),
            (r"put (.+) back", self.put_back),
        ):
            if found := re.fullmatch(pattern, line.what):
                take(line, found[1])

    def add(self, line: Line, _name: str) -> None:
        assert line.after
        if any(row.email == line.after.email for row in self.rows):
            self.faults.append(f"{line} adds somebody who is there")
        self.rows.append(line.after)

    def change(self, line: Line, _name: str) -> None:
        assert line.before
        assert line.after
        if line.before in self.rows:
            self.rows[self.rows.index(line.before)] = line.after
        else:
            self.faults.append(f"{line} changes what the row did not say")

    def remove(self, line: Line, name: str) -> None:
        self.move(line, name, self.rows, self.removed)

    def put_back(self, line: Line, name: str) -> None:
        self.move(line, name, self.removed, self.rows)

    def move(self, line: Line, name: str, here: list[Row], there: list[Row]) -> None:
        found = [row for row in here if row.name == name]
        if len(found) != 1:
            self.faults.append(f"{line} is about {len(found)} people")
        for row in found:
            here.remove(row)
            there.append(row)


def lost(edits: list[Edit], history: list[Line]) -> Iterator[str]:
    """An acknowledged edit is on the timeline, and nothing beside what its editor changed."""
    for edit in edits:
        if edit.wishes and not any(tells(line, edit) for line in history):
            yield f"lost: {edit}"


def tells(line: Line, edit: Edit) -> bool:
    """Whether a line is that edit: where both wrote the same, there was nothing left to change."""
    if line.who != edit.who or not line.writes or bool(line.before) != bool(edit.base):
        return False
    if not line.before:
        return line.after == edit.row
    return line.after == replace(line.before, **edit.wishes)


def unwished(edits: list[Edit], history: list[Line]) -> Iterator[str]:
    """No line changes what its editor never saved."""
    for line in history:
        if line.writes and not any(tells(line, edit) for edit in edits):
            yield f"nobody saved that: {line}"


def differences(where: str, rows: list[Row], wanted: list[Row]) -> Iterator[str]:
    """The same rows on each side; their order is the roster's own."""
    for row in set(rows) | set(wanted):
        if (seen := rows.count(row)) != (times := wanted.count(row)):
            yield f"{where} shows {seen} times, and not {times}: {sided(row)}"


def sided(row: Row) -> str:
    return f"{side_of(row.position)} side, " + ", ".join(str(getattr(row, each)) for each in FIELDS)
