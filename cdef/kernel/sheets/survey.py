"""What a sheet of a workbook would take, found out before anything is made of it."""

import re
from collections.abc import Mapping
from typing import Final

from cdef.kernel.problems import Refused, refusal
from cdef.kernel.sheets.archives import damaged
from cdef.kernel.sheets.markup import Watcher

MOST_ROWS: Final = 5_000
LAST_ROW: Final = MOST_ROWS + 1  # with a row of headings
MOST_COLUMNS: Final = 100
REFERENCE: Final = re.compile("([A-Za-z]{1,3})([0-9]{1,7})")


def too_many_rows() -> Refused:
    return refusal(
        f"This list goes on below row {LAST_ROW:,}: at most {MOST_ROWS:,} rows and their headings "
        "are read. Please split it."
    )


def too_many_columns() -> Refused:
    return refusal(
        f"This list has more than {MOST_COLUMNS} columns. Please delete those that are not needed."
    )


def too_much_text() -> Refused:
    return refusal("This list holds more text than can be read. Please delete what is not needed.")


class Strings(Watcher):
    """The length of the longest text that cells of a workbook share."""

    def __init__(self) -> None:
        self.longest = self.length = 0

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        if tag == "si":
            self.length = 0

    def text(self, text: str) -> None:
        self.length += len(text)
        self.longest = max(self.longest, self.length)


class Survey(Watcher):
    """How far the filled cells of a sheet reach, and how many of them share a text.

    Cells that are only formatted do not count. A row or cell that does not say where it stands
    comes after the one before it.
    """

    def __init__(self) -> None:
        self.row = self.column = self.shared = 0
        self.is_filled = False
        self.type = self.within = ""
        self.is_formula = self.has_value = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.within = tag
        if tag == "row":
            self.row, self.column = number(attributes.get("r")) or self.row + 1, 0
        elif tag == "c":
            self.enter(attributes)
        elif tag == "f":
            self.is_formula = True
        elif tag in ("v", "is"):
            self.fill()

    def enter(self, attributes: Mapping[str, str]) -> None:
        self.column += 1
        if "r" in attributes:
            self.row, self.column = place(attributes["r"])
        self.type = attributes.get("t", "n")
        self.is_formula = self.has_value = False

    def fill(self) -> None:
        if self.row > LAST_ROW:
            raise too_many_rows()
        if self.column > MOST_COLUMNS:
            raise too_many_columns()
        self.shared += self.type == "s"

    def text(self, text: str) -> None:
        if self.within in ("v", "t") and text:
            self.has_value = self.is_filled = True

    def end(self, tag: str) -> None:
        self.within = ""
        if tag == "c" and self.is_formula and not self.has_value and self.type != "str":
            raise refusal(
                f"The formula in row {self.row} has no result in this file. Open it in your "
                "spreadsheet program, save it again, and choose the new file."
            )


def number(text: str | None) -> int:
    """A row's own number; 0 where it has none."""
    if text is None:
        return 0
    if not re.fullmatch("[0-9]{1,7}", text):
        raise damaged()
    return int(text)


def place(reference: str) -> tuple[int, int]:
    """Row and column of a cell, counted from 1: "C2" is (2, 3)."""
    found = REFERENCE.fullmatch(reference)
    if not found:
        raise damaged()
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column
