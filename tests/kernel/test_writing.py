"""Tables as CSV and XLSX: whole, safe, and written in pieces."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from cdef.kernel.sheets import from_file, writing
from cdef.kernel.sheets.writing import Row, csv_pieces, xlsx_pieces

HEADINGS = ("Team", "People")
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1", "\x00=1"]


def as_csv(*rows: Row) -> list[list[Any]]:
    text = b"".join(csv_pieces(HEADINGS, rows)).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline="")))


def sheets(*rows: Row) -> dict[str, list[list[Any]]]:
    """Every sheet of the workbook, as another program reads it."""
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(xlsx_pieces("Teams", HEADINGS, rows))))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_texts_stay_texts_and_numbers_are_numbers() -> None:
    assert as_csv(("0161259", 8)) == [["Team", "People"], ["0161259", "8"]]
    assert sheets(("0161259", 8)) == {"Teams": [["Team", "People"], ["0161259", 8.0]]}


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(formula: str) -> None:
    for written in (as_csv((formula, 1)), sheets((formula, 1))["Teams"]):
        assert written[1][0].startswith("'")
        assert written[1][0] == f"'{written[1][0][1:].lstrip()}"


def test_our_own_reader_reads_what_was_written() -> None:
    rows = [('Zoë, "Z" <b>&\u2028', 3), ("", 0)]
    for name, content in (
        ("a.csv", b"".join(csv_pieces(HEADINGS, rows))),
        ("a.xlsx", b"".join(xlsx_pieces("Teams", HEADINGS, rows))),
    ):
        assert from_file(name, content).rows == [
            ["Team", "People"],
            ['Zoë, "Z" <b>&', "3"],
            ["", "0"],
        ]


def test_a_table_without_rows_has_its_headings() -> None:
    assert as_csv() == [["Team", "People"]]
    assert sheets() == {"Teams": [["Team", "People"]]}


def test_what_is_longer_than_a_sheet_goes_on_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "LONGEST_SHEET", 3)
    written = sheets(*((f"Team {n}", n) for n in range(4)))
    assert {name: [row[0] for row in rows] for name, rows in written.items()} == {
        "Teams": ["Team", "Team 0", "Team 1"],
        "Teams 2": ["Team", "Team 2", "Team 3"],
    }


@pytest.mark.parametrize("pieces", [csv_pieces, lambda *table: xlsx_pieces("Teams", *table)])
def test_the_first_piece_comes_before_the_last_row_is_read(pieces: Any) -> None:
    read = 0

    def rows() -> Iterator[Row]:
        nonlocal read
        for read in range(200_000):
            yield (f"{read * 7919 % 999_983:x}" * 8, read)

    first = next(pieces(HEADINGS, rows()))
    assert len(first) < 4 * writing.PIECE
    assert read < 20_000


@given(st.text(max_size=20))
def test_every_text_is_read_back(text: str) -> None:
    cell = writing.plain(text)
    found = sheets((text, 1))["Teams"][1]
    assert found == [cell, 1.0]
    assert as_csv((text, 1))[1] == [cell, "1"]
