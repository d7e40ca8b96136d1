"""From the rows of a list to people who may join a roster."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cdef.kernel.names import turned
from cdef.kernel.sheets import Table
from cdef.teams.cell_rules import address_in, brackets_name
from cdef.teams.column_rules import Guess
from cdef.teams.heading_rules import (
    EMAIL,
    FIRST,
    LAST,
    NAME,
    POSITION,
    SIDE,
    SITE,
    heading_row,
    is_about_needs,
)
from cdef.teams.position_rules import is_side_word, position_of, side_of, side_of_position


@dataclass(frozen=True)
class Candidate:
    """A row of a list as a person; what it says of side and position stays beside what is meant.

    ``rest`` are the filled cells of columns that have no role, with their headings; ``cells`` is
    the whole row as it was.
    """

    number: int
    name: str
    email: str
    side: str
    position: str
    site: str
    side_text: str = ""
    position_text: str = ""
    rest: tuple[tuple[str, str], ...] = ()
    cells: tuple[str, ...] = ()


def upright(table: Table) -> Table:
    """A line of addresses, as mail programs put them into "To", stood up as a column."""
    row = table.rows[0]
    if len(table.rows) > 1 or len(row) < 2 or not all("@" in cell for cell in row):
        return table
    return Table([[cell] for cell in row], list(range(1, len(row) + 1)))


def without_needs(table: Table) -> Table:
    """The list without what it says of food, access and the like; those headings stay.

    Without known headings the first row may hold some, unless an address is in it.
    """
    at = heading_row(table.rows) or 0
    headings = table.rows[at]
    private = {index for index, text in enumerate(headings) if is_about_needs(text)}
    if not private or any("@" in cell for cell in headings):
        return table
    rows = [blanked(row, headings, private) for row in table.rows[at + 1 :]]
    return Table([*table.rows[: at + 1], *rows], table.numbers)


def blanked(row: Sequence[str], headings: Sequence[str], private: Collection[int]) -> list[str]:
    """A row without those cells, but for headings that are repeated on every page."""
    return [
        "" if index in private and cell != headings[index] else cell
        for index, cell in enumerate(row)
    ]


def candidates(table: Table, guess: Guess, side_default: str = "") -> list[Candidate]:
    """The people of a list, in its order.

    A row that says "Union" and nothing else is a caption: it gives the side of those below it. The
    side is that of its column, else of the caption, else of the position, else ``side_default``; but
    a side that is said and not understood is none.
    """
    caption = next((side_of(text) for text in reversed(guess.above) if is_side_word(text)), "")
    heading = None if guess.heading is None else table.rows[guess.heading]
    found = []
    for number, row in list(zip(table.numbers, table.rows, strict=True))[guess.first_row :]:
        if is_caption(row):
            caption = side_of("".join(row))
        elif row != heading:  # It is repeated on every page of a long list.
            found.append(candidate(number, row, guess, caption, side_default))
    return found


def is_caption(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell]
    return len(row) > 1 and len(filled) == 1 and is_side_word(filled[0])


def candidate(
    number: int, row: Sequence[str], guess: Guess, caption: str, side_default: str
) -> Candidate:
    said = {column.role: row[column.index] for column in guess.columns if column.role}
    side_text, position_text = said.get(SIDE, ""), said.get(POSITION, "")
    side = side_of(side_text) or caption or side_of_position(position_of(position_text))
    side = side or ("" if side_text else side_default)
    return Candidate(
        number=number,
        name=name_in(said),
        email=address_in(said.get(EMAIL, "")),
        side=side,
        position=position_of(position_text or side_text, side) if side else "",
        site=said.get(SITE, ""),
        side_text=side_text,
        position_text=position_text,
        rest=tuple(unused(row, guess)),
        cells=tuple(row),
    )


def name_in(said: Mapping[str, str]) -> str:
    """The name in the order of speech, from one column, from two, or from beside the address."""
    halves = " ".join(filter(None, [said.get(FIRST, ""), said.get(LAST, "")]))
    return turned(said.get(NAME, "") or brackets_name(said.get(EMAIL, ""))) or halves


def unused(row: Sequence[str], guess: Guess) -> Iterator[tuple[str, str]]:
    """The filled cells that have no role, each under its heading."""
    for column in guess.columns:
        if not column.role and row[column.index]:
            yield column.heading or f"Column {column.index + 1}", row[column.index]
