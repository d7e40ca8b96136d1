"""What the columns of a pasted or uploaded list are, told by their headings and by what is in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from cdef.kernel.sheets import Table
from cdef.teams.cell_rules import WORD, brackets_name, shares
from cdef.teams.heading_rules import (
    AMBIGUOUS,
    EMAIL,
    FIRST,
    LAST,
    NAME,
    POSITION,
    SIDE,
    SITE,
    heading_row,
    roles_of,
)

# Of 100: from where on a column is not asked about, and is taken; and what makes it asked.
SURE, LIKELY, ASKED = 80, 50, 60
CLOSE = 8  # Two guesses as close as this are not told apart.
MOST = 60  # percent of a column's cells
# How far the cells alone tell a role; headings of a kind that is not known speak against it.
BY_CELLS = {EMAIL: 0.9, NAME: 0.85, SIDE: 0.85, POSITION: 0.85, SITE: 0.7}
UNKNOWN_HEADING = 0.8
LOOKED_AT = 60  # rows by whose cells a column is told


@dataclass(frozen=True)
class Column:
    """What one column is: a role, or nothing; how sure that is, of 100; and its first filled cell."""

    index: int
    heading: str
    role: str
    confidence: int
    sample: str

    @property
    def is_sure(self) -> bool:
        return not self.role or self.confidence >= SURE


@dataclass(frozen=True)
class Guess:
    """What a list's columns are; ``heading`` is the row of the headings, ``above`` what precedes it."""

    columns: tuple[Column, ...]
    heading: int | None = None
    above: tuple[str, ...] = ()

    @property
    def has_heading(self) -> bool:
        return self.heading is not None

    @property
    def first_row(self) -> int:
        """Where people begin."""
        return 0 if self.heading is None else self.heading + 1

    def at(self, role: str) -> int | None:
        """The column of a role, or None."""
        return next((column.index for column in self.columns if column.role == role), None)

    @property
    def unsure(self) -> list[Column]:
        """The columns to ask about, once."""
        return [column for column in self.columns if not column.is_sure]

    @property
    def missing(self) -> list[str]:
        """Names and addresses, where no column has them; without these a list is no list."""
        there = {column.role for column in self.columns}
        if there & {FIRST, LAST} or any(brackets_name(column.sample) for column in self.columns):
            there.add(NAME)
        return [role for role in (NAME, EMAIL) if role not in there]

    def settled(self, answers: Mapping[int, str]) -> "Guess":
        """The same with what somebody said of some columns: a role, or nothing."""
        taken = {role for role in answers.values() if role}
        columns = tuple(settle(column, answers, taken) for column in self.columns)
        return replace(self, columns=columns)


def settle(column: Column, answers: Mapping[int, str], taken: set[str]) -> Column:
    """A column as it was answered; without an answer it gives way where its role is taken."""
    if column.index in answers:
        return replace(column, role=answers[column.index], confidence=100)
    return replace(column, role="", confidence=0) if column.role in taken else column


def recognise(table: Table, has_heading: bool | None = None) -> Guess:
    """Tell the columns of a list; whether it has headings is told too, unless it was said."""
    heading = None if has_heading is False else heading_row(table.rows)
    if has_heading and heading is None:
        heading = 0
    titles = table.rows[heading] if heading is not None else [""] * table.width
    body = table.rows[0 if heading is None else heading + 1 :][:LOOKED_AT]
    cells = [[row[index] for row in body if row[index]] for index in range(table.width)]
    above = tuple(" ".join(filter(None, row)) for row in table.rows[: heading or 0])
    return Guess(assigned(titles, cells), heading, above)


def scores(heading: str, cells: Sequence[str]) -> dict[str, float]:
    """How sure each role is for one column."""
    share = shares(cells)
    by_cells = {
        role: weight * share.get(role, 0) * (UNKNOWN_HEADING if heading else 1)
        for role, weight in BY_CELLS.items()
    }
    by_heading = {role: agreed(role, sure, share) for role, sure in roles_of(heading).items()}
    return by_cells | {role: max(sure, by_cells.get(role, 0)) for role, sure in by_heading.items()}


def agreed(role: str, sure: float, share: Mapping[str, float]) -> float:
    """How sure a heading is of a role, after a look at the cells below it."""
    if share.get(EMAIL, 0) >= MOST and role != EMAIL:
        return sure - SURE  # Whatever it says, these are addresses.
    if sure == AMBIGUOUS:
        return sure + share.get(role, 0) / 5
    return sure + share.get(role, 0) / 10


def assigned(titles: Sequence[str], cells: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """Each column with the role that fits it best, no role twice; the surest first."""
    table = [scores(title, column) for title, column in zip(titles, cells, strict=True)]
    taken = taken_roles(table)
    taken |= halves(taken, cells)
    return tuple(
        Column(
            index=index,
            heading=title,
            role=taken.get(index, ("", 0))[0],
            confidence=taken.get(index, ("", 0))[1],
            sample=next(iter(column), ""),
        )
        for index, (title, column) in enumerate(zip(titles, cells, strict=True))
    )


def taken_roles(table: Sequence[Mapping[str, float]]) -> dict[int, tuple[str, int]]:
    """The role and certainty of each column that has one."""
    likely = [
        (score, index, role)
        for index, row in enumerate(table)
        for role, score in row.items()
        if score >= LIKELY
    ]
    taken: dict[int, tuple[str, int]] = {}
    for score, index, role in sorted(likely, key=lambda each: (-each[0], each[1])):
        used = {other for other, _ in taken.values()}
        if index in taken or role in used or (role == NAME and {FIRST, LAST} & used):
            continue
        taken[index] = (role, certainty(score, index, role, likely))
    return taken


def certainty(score: float, index: int, role: str, likely: Sequence[tuple[float, int, str]]) -> int:
    """A score of at most 100; too low to be sure where another role or column is as likely."""
    rivals = [
        other
        for other, at, meant in likely
        if (at == index) != (meant == role) and other > score - CLOSE
    ]
    return min(round(score), ASKED if rivals else 100)


def halves(
    taken: Mapping[int, tuple[str, int]], cells: Sequence[Sequence[str]]
) -> dict[int, tuple[str, int]]:
    """Two neighbouring columns of single words, where nothing else is the name: first and last?"""
    if {NAME, FIRST, LAST} & {role for role, _ in taken.values()}:
        return {}
    bare = [index for index, column in enumerate(cells) if index not in taken and is_half(column)]
    for left, right in pairwise(bare):
        if right == left + 1:
            return {left: (FIRST, ASKED), right: (LAST, ASKED)}
    return {}


def is_half(cells: Sequence[str]) -> bool:
    return bool(cells) and shares(cells).get(WORD, 0) >= MOST
