"""Tables read: pasted cells, CSV and XLSX files, all as rows of clean text."""

import codecs
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from cdef.kernel import words
from cdef.kernel.problems import refusal
from cdef.kernel.sheets.archives import locked
from cdef.kernel.sheets.delimited import delimiter_of, records
from cdef.kernel.sheets.survey import LAST_ROW, too_many_rows, too_much_text
from cdef.kernel.sheets.workbooks import first_sheet, not_a_list

LARGEST_FILE: Final = 5 * 1024 * 1024  # bytes of a file, characters of what is pasted
LONGEST_CELL: Final = 32_767  # characters, as in any spreadsheet
DECLARED: Final = re.compile(r"sep=([\t;,|])\r?\n", re.IGNORECASE)  # a first line of Excel's
ZIP, OLE = (b"PK\x03\x04", b"PK\x05\x06"), bytes.fromhex("d0cf11e0a1b11ae1")
OTHERS: Final = {
    b"%PDF-": "a PDF",
    rb"{\rtf": "a text document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}


@dataclass(frozen=True)
class Table:
    """Rows of equal width without blank ones, and the number that each has in its spreadsheet."""

    rows: list[list[str]]
    numbers: list[int]

    @property
    def width(self) -> int:
        return len(self.rows[0])


def from_paste(text: str) -> Table:
    """The table that somebody pasted: cells of a spreadsheet, lines of CSV, or one column.

    ``Refused`` where it is empty, or more than 5 MB, 5,000 rows or 100 columns.
    """
    if len(text) > LARGEST_FILE:
        raise refusal("This is more than 5 MB of text. Please paste less at a time.")
    delimiter = "\t" if "\t" in text else delimiter_of(text)
    return table_of(records(text, delimiter))


def from_file(name: str, content: bytes) -> Table:
    """The table in a CSV file, or in the first filled sheet of an XLSX workbook.

    What a file is, its bytes decide; ``Refused`` with the reason where it is neither of the two,
    or larger than 5 MB, 5,000 rows or 100 columns.
    """
    if len(content) > LARGEST_FILE:
        raise refusal("This file is larger than 5 MB.")
    refuse_other_kinds(content)
    if content.startswith(ZIP):
        rows = first_sheet(content)
        if sum(len(cell) for row in rows for cell in row) > LARGEST_FILE:
            raise too_much_text()
        return table_of(rows)
    text = text_of(content)
    if name.lower().endswith((".xlsx", ".xlsm", ".xls")):
        raise not_a_list("plain text under the name of a workbook")
    declared = DECLARED.match(text)
    if declared:
        return table_of(records("\n" + text[declared.end() :], declared[1]))
    return table_of(records(text, delimiter_of(text)))


def refuse_other_kinds(content: bytes) -> None:
    """Refuse by their first bytes what people have beside their lists, under whatever name."""
    for start, what in OTHERS.items():
        if content.startswith(start):
            raise not_a_list(what)
    if content.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise locked()
        raise not_a_list("a file of the kind that Office wrote before 2007 (.xls)")


def text_of(content: bytes) -> str:
    """The text of a file in UTF-8, Windows-1252, or the UTF-16 that Excel calls Unicode Text."""
    text = decoded(content)
    if text is None or "\0" in text:
        raise refusal(
            "This is neither a workbook nor text that can be read. Save the list as XLSX or as "
            "CSV (UTF-8), and choose that file."
        )
    if re.match(r"\s*<[!?a-z]", text, re.IGNORECASE):
        raise not_a_list("a web page or XML file")
    return text


def decoded(content: bytes) -> str | None:
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    return None


def table_of(rows: Iterable[Sequence[str]]) -> Table:
    """Clean the cells, leave out blank rows, and make all rows as wide as the widest."""
    kept, numbers = [], []
    for number, row in enumerate(rows, start=1):
        if number > LAST_ROW:
            raise too_many_rows()
        cells = trimmed(row)
        if cells:
            kept.append(cells)
            numbers.append(number)
    if not kept:
        raise refusal("There is nothing in it: no cell is filled.")
    width = max(map(len, kept))
    return Table([[*cells, *[""] * (width - len(cells))] for cells in kept], numbers)


def trimmed(row: Sequence[str]) -> list[str]:
    """A row's clean cells up to its last filled one."""
    if any(len(cell) > LONGEST_CELL for cell in row):
        raise too_much_text()
    cells = [words.one_line(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells
