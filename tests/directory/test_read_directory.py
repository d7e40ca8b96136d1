"""Reading the state's list of public districts."""

from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdef.directory import rules
from cdef.directory.rules import Reading, Row, Skipped, read_directory
from cdef.kernel import words
from cdef.kernel.problems import Refused
from tests.directory.state_file import (
    HAYWARD,
    HAYWARD_ROW,
    HEADINGS,
    MILPITAS,
    MILPITAS_ROW,
    line,
    real_file,
    state_file,
)

__all__ = ["real_file"]


def reasons(*rows: dict[str, str]) -> list[str]:
    """Why rows are skipped, beside one that is kept."""
    return [skipped.reason for skipped in read_directory(state_file(MILPITAS, *rows)).skipped]


def refused(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_directory(content)
    return str(caught.value)


def test_of_the_states_1088_rows_the_998_districts_and_county_offices_are_kept(
    real_file: Path,
) -> None:
    reading = read_directory(real_file.read_bytes())
    assert len(reading.kept) == 998
    assert len(reading.skipped) == 90
    assert Counter(row.kind for row in reading.kept) == {
        "Elementary School District": 519,
        "Unified School District": 345,
        "High School District": 76,
        "County Office of Education (COE)": 58,
    }


def test_the_states_other_90_rows_are_programs_charters_and_state_schools(real_file: Path) -> None:
    skipped = read_directory(real_file.read_bytes()).skipped
    assert Counter(each.reason.partition(":")[0] for each in skipped) == {
        "Regional Occupation Center/Program (ROC/P)": 64,
        "State Board of Education": 21,
        "State Special Schools": 3,
        "Statewide Benefit Charter": 1,
        "Non-School Locations": 1,
    }


def test_the_state_begins_every_cd_code_with_its_countys_number(real_file: Path) -> None:
    for row in read_directory(real_file.read_bytes()).kept:
        assert row.cd_code[:2] == rules.COUNTY_NUMBERS[words.fold(row.county)]


def test_a_row_keeps_its_code_name_county_city_and_kind() -> None:
    assert read_directory(state_file(HAYWARD, MILPITAS)).kept == [HAYWARD_ROW, MILPITAS_ROW]


def test_no_contact_column_survives_the_reading() -> None:
    contacts = {"Phone": "planted", "Email": "planted", "AdmFName": "planted", "Street": "planted"}
    assert "planted" not in repr(read_directory(state_file(MILPITAS | contacts)))


def test_a_skipped_row_has_its_line_number_in_the_file() -> None:
    closed = HAYWARD | {"StatusType": "Closed"}
    reading = read_directory(state_file(MILPITAS, closed))
    assert reading.skipped == [Skipped(3, "Closed: not in operation.")]


def test_blank_lines_are_passed_over_and_counted_in_line_numbers() -> None:
    content = state_file(MILPITAS) + b"\r\n\t\t\r\n" + line(HAYWARD | {"County": ""}).encode()
    assert [skipped.line for skipped in read_directory(content).skipped] == [5]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"StatusType": "Merged"}, "Merged: not in operation."),
        ({"StatusType": "No Data"}, "No status: not in operation."),
        (
            {"DOCType": "State Special Schools"},
            "State Special Schools: neither a school district nor a county office.",
        ),
        ({"DOCType": ""}, "No kind: neither a school district nor a county office."),
        ({"District": "No Data"}, "It has no name or no county."),
        ({"County": "  "}, "It has no name or no county."),
        ({"CD Code": "4373387"}, "Its CD code stands in an earlier line too."),
    ],
)
def test_what_is_skipped_says_why_in_plain_words(cells: dict[str, str], reason: str) -> None:
    assert reasons(HAYWARD | cells) == [reason]


def test_of_two_rows_with_one_cd_code_the_first_is_kept() -> None:
    again = MILPITAS | {"District": "Milpitas Again"}
    assert read_directory(state_file(MILPITAS, again)).kept == [MILPITAS_ROW]


def test_a_zero_that_a_spreadsheet_dropped_is_put_back() -> None:
    shortened = HAYWARD | {"CD Code": "161192"}
    assert read_directory(state_file(shortened)).kept == [HAYWARD_ROW]


@pytest.mark.parametrize(
    ("code", "county"),
    [
        ("161192", "Fresno"),  # A first zero would make it Alameda's.
        ("161192", "Atlantis"),
        ("437338", "Santa Clara"),  # Not a first zero is missing, but a last digit.
        ("61192", "Alameda"),
        ("4.37E+06", "Santa Clara"),
        ("٤٣٧٣٣٨٧", "Santa Clara"),
        ("", "Santa Clara"),
    ],
)
def test_any_other_code_without_seven_digits_is_skipped(code: str, county: str) -> None:
    wrong = HAYWARD | {"CD Code": code, "County": county}
    assert reasons(wrong) == [
        "Its CD code is not seven digits, even with the zero that spreadsheets drop."
    ]


@pytest.mark.parametrize("cut", ["0161192\tAlameda", line(HAYWARD) + "\tmore"])
def test_a_row_with_another_number_of_columns_is_skipped(cut: str) -> None:
    reading = read_directory(state_file(MILPITAS) + cut.encode())
    assert reading.kept == [MILPITAS_ROW]
    assert [each.reason for each in reading.skipped] == [
        "It has more or fewer columns than the first line."
    ]


def test_a_quote_that_is_never_closed_swallows_no_other_row() -> None:
    odd = MILPITAS | {"District": '"Milpitas Unified'}
    assert [row.name for row in read_directory(state_file(odd, HAYWARD)).kept] == [
        '"Milpitas Unified',
        "Hayward Unified",
    ]


def test_quotes_that_a_spreadsheet_added_are_taken_off() -> None:
    quoted = MILPITAS | {"District": '"Milpitas ""M"" Unified"'}
    assert read_directory(state_file(quoted)).kept[0].name == 'Milpitas "M" Unified'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_names_keep_their_accents_in_every_usual_encoding(encoding: str) -> None:
    accented = MILPITAS | {"City": "La Cañada"}
    assert read_directory(state_file(accented, encoding=encoding)).kept[0].city == "La Cañada"


def test_columns_are_found_by_name_in_any_order_case_and_spacing() -> None:
    headings = "statustype\tCITY\tCDCode\tDoc Type\t District \tcounty"
    row = f"Active\tMilpitas\t4373387\t{MILPITAS['DOCType']}\tMilpitas Unified\tSanta Clara"
    assert read_directory(f"{headings}\n{row}".encode()).kept == [MILPITAS_ROW]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b" \r\n\r\n", "This file is empty."),
        (b"\xef\xbb\xbf\r\n", "This file is empty."),
        (b"CD Code,County,District", "The columns of this file are not separated by tabs."),
        (b"PK\x03\x04\x00\x00\x00", "This is not a text file"),
        (b"CD Code\tCounty\x81\xff", "This is not a text file"),
        ("CD Code\tCounty".encode("utf-16-le"), "This is not a text file"),
        (state_file(), "This file holds no active district or county office."),
        (state_file(MILPITAS | {"StatusType": "Closed"}), "This file holds no active district"),
        (b"\t" * (rules.LARGEST_FILE + 1) + b"x", "This file is larger than 5 MB."),
        (state_file() + b"x\n" * 5_001, "This file has 5,001 rows, more than the 5,000"),
    ],
    ids=range(11),
)
def test_what_is_no_such_file_is_refused_with_a_reason(content: bytes, sentence: str) -> None:
    assert refused(content).startswith(sentence)


def test_missing_columns_are_named() -> None:
    fewer = "\t".join(name for name in HEADINGS if name not in {"City", "DOCType"})
    assert refused(fewer.encode()) == "The first line of this file does not name: City and DOCType."


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(Refused):
        assert isinstance(read_directory(content), Reading)


CELLS = st.fixed_dictionaries(
    {},
    optional={
        "CD Code": st.text("0123456789", min_size=5, max_size=8),
        "County": st.sampled_from(["Alameda", "Fresno", "", "No Data"]),
        "District": st.text("aZ9É日😀\"'=,;\u0301\u2028\ufeff"),
        "StatusType": st.sampled_from(["Active", "Closed"]),
        "DOCType": st.sampled_from([*rules.KINDS, "State Special Schools"]),
    },
)


@given(st.lists(CELLS, max_size=20))
def test_every_row_is_either_kept_or_skipped_with_its_line(rows: list[dict[str, str]]) -> None:
    reading = read_directory(state_file(MILPITAS, *[HAYWARD | row for row in rows]))
    assert len(reading.kept) + len(reading.skipped) == len(rows) + 1
    assert len({row.cd_code for row in reading.kept}) == len(reading.kept)
    assert all(isinstance(row, Row) and row.name and row.county for row in reading.kept)
    assert {skipped.line for skipped in reading.skipped} <= set(range(3, len(rows) + 3))
