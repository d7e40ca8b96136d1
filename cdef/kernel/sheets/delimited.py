"""Text whose cells are parted by tabs, commas or semicolons, quoted as spreadsheets quote it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from cdef.kernel.problems import Refused
from cdef.kernel.sheets.survey import MOST_COLUMNS, too_many_columns

SAMPLE: Final = 20_000  # characters by which the delimiter is told
DELIMITERS: Final = "\t;,|"  # A comma may belong to a cell, so what stands before it wins.
TOO_WIDE: Final = 0.01  # more than is read, and likelier than that all of it is one cell


@cache
def field_pattern(delimiter: str) -> re.Pattern[str]:
    """One cell and what ends it.

    A quote opens a cell only where another one closes it, so that a lone quote is a letter like
    others and swallows nothing. Nothing here is tried twice: the time is linear.
    """
    stop = f"[{re.escape(delimiter)}\r\n]"
    return re.compile(
        rf'(?: *+"([^"]*+(?:""[^"]*+)*+)" *+(?={stop}|\Z)|([^{re.escape(delimiter)}\r\n]*+))'
        rf"({re.escape(delimiter)}|\r\n|\r|\n|\Z)"
    )


def records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Rows of cells by the quoting of RFC 4180; blank cells and rows at the very end are left out."""
    row: list[str] = []
    for found in field_pattern(delimiter).finditer(text.rstrip("\r\n" + delimiter)):
        quoted, bare, end = found.groups()
        add(row, bare if quoted is None else quoted.replace('""', '"'))
        if end != delimiter:
            yield row
            row = []
        if not end:
            return


def add(row: list[str], cell: str) -> None:
    """Put a cell into a row, but not blank ones without end."""
    if len(row) < MOST_COLUMNS:
        row.append(cell)
    elif cell.strip():
        raise too_many_columns()


def delimiter_of(text: str) -> str:
    """What parts the cells: whatever gives most rows at the start the same number of cells."""
    sample = text[:SAMPLE]
    return max(DELIMITERS, key=lambda delimiter: evenness(sample, delimiter))


def evenness(text: str, delimiter: str) -> float:
    """The share of rows that have the most usual number of cells; 0 where that is one cell."""
    try:
        rows = [row for row in records(text, delimiter) if any(row)]
    except Refused:
        return TOO_WIDE
    if not rows:
        return 1  # There is nothing but delimiters.
    if delimiter == "," and all(map(is_one_cell, rows)):
        return 0
    width, times = Counter(map(len, rows)).most_common(1)[0]
    return times / len(rows) if width > 1 else 0


def is_one_cell(row: Sequence[str]) -> bool:
    """Whether the comma belongs to the cell: "García, María", with an address in <> at most."""
    rest = row[-1]
    return len(row) == 1 or (len(row) == 2 and rest[:1] == " " and ("@" not in rest or "<" in rest))
