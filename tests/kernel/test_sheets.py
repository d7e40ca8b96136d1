"""Tables from what is pasted and from CSV files; tests of workbooks stand beside it."""

import csv
from contextlib import suppress
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdef.kernel import words
from cdef.kernel.problems import Refused
from cdef.kernel.sheets import Table, from_file, from_paste

GARCIA, LEE = ["García, María", "maria@example.org"], ["Jo Lee", "jo@example.org"]
# What cells may hold that quoting has to carry; carriage returns alone are line ends to everybody.
CELLS = st.text(st.sampled_from("aé日 \t\n,;|\"'=<"), max_size=8)


def refused(name: str, content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        from_file(name, content)
    assert len(caught.value.problems) == 1
    return caught.value.problems[0].text


def written(rows: list[list[str]], delimiter: str, line_end: str = "\r\n") -> str:
    out = StringIO()
    quoting = csv.QUOTE_ALL if delimiter != "\t" else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(rows)
    return out.getvalue()


def clean(rows: list[list[str]]) -> list[list[str]]:
    """What a table keeps of rows: clean cells, no blank row, all as wide as the widest."""
    lines = [[words.one_line(cell) for cell in row] for row in rows]
    filled = [row for row in lines if any(row)]
    width = max(at for row in filled for at, cell in enumerate(row, start=1) if cell)
    return [[*row, *[""] * width][:width] for row in filled]


def test_cells_of_a_spreadsheet_are_pasted_as_they_stand() -> None:
    pasted = "García, María\tmaria@example.org\r\nJo Lee\tjo@example.org\r\n"
    assert from_paste(pasted) == Table([GARCIA, LEE], [1, 2])


def test_line_breaks_and_quotes_within_a_cell_stay_in_it() -> None:
    pasted = '"García,\nMaría"\t"She said ""yes"""\nJo Lee\t6" pipe\n'
    assert from_paste(pasted).rows == [["García, María", 'She said "yes"'], ["Jo Lee", '6" pipe']]


def test_a_quote_that_nobody_closes_swallows_no_other_cell() -> None:
    pasted = '"Jo Lee\tjo@example.org\nGarcía, María\tmaria@example.org'
    assert from_paste(pasted).rows == [['"Jo Lee', LEE[1]], GARCIA]


def test_blank_rows_and_columns_are_left_out_and_rows_keep_their_numbers() -> None:
    table = from_paste(
        "Name\tE-mail\t\t\n\t\t\t\n\n \t\n\u200bJo Lee\tjo@example.org\t \t\n\t\t\t\n\n"
    )
    assert table == Table([["Name", "E-mail"], LEE], [1, 5])


def test_rows_are_as_wide_as_the_widest() -> None:
    assert from_paste("a\nb\tc").rows == [["a", ""], ["b", "c"]]


@pytest.mark.parametrize(
    ("pasted", "rows"),
    [
        ("Jo Lee,jo@example.org\nAl King,al@example.org", [LEE, ["Al King", "al@example.org"]]),
        ("Jo Lee, jo@example.org", [LEE]),
        ("García, María;maria@example.org\nJo Lee;jo@example.org", [GARCIA, LEE]),
        ("García, María|maria@example.org\nJo Lee|jo@example.org", [GARCIA, LEE]),
        ('"García, María" , "maria@example.org"\n"Jo Lee", "jo@example.org"', [GARCIA, LEE]),
    ],
)
def test_without_tabs_the_delimiter_is_told(pasted: str, rows: list[list[str]]) -> None:
    assert from_paste(pasted).rows == rows


@pytest.mark.parametrize(
    "column",
    [
        ["García, María", "King, Al"],
        ["Name", "García, María", "King, Al"],
        ["García, María <maria@example.org>", "King, Al <al@example.org>"],
        ["Jo Lee"],
        ["jo@example.org", "al@example.org"],
    ],
)
def test_a_single_column_stays_one(column: list[str]) -> None:
    assert from_paste("\n".join(column)).rows == [[cell] for cell in column]


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6), st.booleans())
def test_what_a_spreadsheet_quotes_is_read_back(rows: list[list[str]], is_unix: bool) -> None:
    rows.append(["first", "last"])
    line_end = "\n" if is_unix else "\r\n"
    assert from_paste(written(rows, "\t", line_end)).rows == clean(rows)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6), st.sampled_from(",;|\t"))
def test_what_a_csv_file_quotes_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    rows = [["one", "two", "three"], *rows]
    assert from_file("x.csv", written(rows, delimiter).encode()).rows == clean(rows)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_and_every_letter_is_kept(pasted: str) -> None:
    with suppress(Refused):
        kept = "".join(cell for row in from_paste(pasted).rows for cell in row)
        assert {*filter(str.isalnum, words.one_line(pasted))} == {*filter(str.isalnum, kept)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_file_keeps_its_accents_in_every_usual_encoding(encoding: str) -> None:
    content = 'Name,E-mail\r\n"García, María",maria@example.org\r\n'.encode(encoding)
    assert from_file("list.csv", content).rows == [["Name", "E-mail"], GARCIA]


def test_the_line_by_which_excel_declares_the_delimiter_is_no_row() -> None:
    assert from_file("list.csv", b"sep=;\r\na, b;c\r\n") == Table([["a, b", "c"]], [2])


def test_formulas_in_text_are_only_text() -> None:
    assert from_paste("=1+1\t@SUM(A1)\t+1\t-1").rows == [["=1+1", "@SUM(A1)", "+1", "-1"]]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"", "There is nothing in it: no cell is filled."),
        ("a.csv", b"\xef\xbb\xbf,,\r\n,,\r\n", "There is nothing in it: no cell is filled."),
        ("a.csv", b"a," * 2_700_000, "This file is larger than 5 MB."),
        ("a.csv", b"a,b\n" * 5_002, "This list goes on below row 5,001: at most 5,000 rows and"),
        ("a.csv", b"\n" * 5_001 + b"a", "This list goes on below row 5,001: at most 5,000 rows"),
        ("a.csv", b"a," * 101 + b"b", "This list has more than 100 columns."),
        ("a.csv", b"a" * 32_768, "This list holds more text than can be read."),
        ("a.csv", b"a\0b", "This is neither a workbook nor text that can be read."),
        ("a.csv", b"a\x81\xff", "This is neither a workbook nor text that can be read."),
        ("a.csv", "a,b".encode("utf-16-le"), "This is neither a workbook nor text that can be"),
        ("a.csv", b"\n <!DOCTYPE html><table>", "This is a web page or XML file, which cannot"),
        ("a.xls", b"<html><table>", "This is a web page or XML file, which cannot be read here."),
        ("a.XLSX", b"Name,E-mail\n", "This is plain text under the name of a workbook, which"),
        ("a.xlsx", b"%PDF-1.7\n", "This is a PDF, which cannot be read here. Save the list as"),
        ("a.xlsx", b"{\\rtf1", "This is a text document, which cannot be read here."),
        ("a.csv", b"\x89PNG\r\n", "This is a picture, which cannot be read here."),
    ],
    ids=range(16),
)
def test_what_is_no_list_is_refused_with_a_sentence(
    name: str, content: bytes, sentence: str
) -> None:
    assert refused(name, content).startswith(sentence)


def test_five_thousand_rows_and_their_headings_are_read() -> None:
    assert len(from_file("a.csv", b"a,b\n" * 5_001).rows) == 5_001


def test_pasting_more_than_five_megabytes_is_refused() -> None:
    with pytest.raises(Refused, match="This is more than 5 MB of text"):
        from_paste("a" * 6_000_000)


@pytest.mark.parametrize("text", ['"\t', '""', '"""x\t', ' "', '" ', ",", "é ", "\r"])
def test_no_text_makes_reading_slow(text: str) -> None:
    """Each of these takes a pattern that tries things twice minutes; here it takes no second."""
    with suppress(Refused):
        from_paste(text * (2_000_000 // len(text)))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(Refused):
        assert from_file("x", content).rows
