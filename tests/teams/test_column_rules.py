"""What the columns of a list are: by heading, by what is in them, and asked about where unsure."""

import pytest

from cdef.kernel.sheets import from_paste
from cdef.teams.column_rules import Guess, recognise

MARIA, JO = "María García", "Jo Lee"


def guess(*rows: str, has_heading: bool | None = None) -> Guess:
    """Rows whose cells are parted by a bar with spaces."""
    text = "\n".join(row.replace(" | ", "\t") for row in rows)
    return recognise(from_paste(text), has_heading)


def roles(found: Guess) -> list[str]:
    return [column.role for column in found.columns]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("Name | E-mail | Position | School", "name email position site"),
        ("Participant | Work Email | Job Title | School/Site", "name email position site"),
        (
            "FULL NAME* | EMAIL ADDRESS (required) | TITLE | WORK LOCATION",
            "name email position site",
        ),
        (
            "Attendee Name: | E-Mail Addr. | Current Position | Dept/Site",
            "name email position site",
        ),
        ("Nmae of Participant | Emial Address | Postion | Schol", "name email position site"),
        (
            "Employee | District e-mail of employee | Assignment | Building",
            "name email position site",
        ),
    ],
)
def test_headings_are_recognised_in_many_words(headings: str, expected: str) -> None:
    found = guess(headings, f"{MARIA} | maria@example.org | Teacher | Harbor High")
    assert roles(found) == expected.split()
    assert found.heading == 0
    assert not found.unsure
    assert not found.missing


@pytest.mark.parametrize(
    "headings",
    ["First | Last Name", "FirstName | LastName", "Given name | Surname", "first_name | last_name"],
)
def test_first_and_last_names_are_recognised(headings: str) -> None:
    found = guess(f"{headings} | Email", "María | García | maria@example.org")
    assert roles(found) == ["first", "last", "email"]
    assert not found.unsure


@pytest.mark.parametrize(
    ("heading", "cells", "role"),
    [
        ("Role", ["District", "Union"], "side"),
        ("Role", ["Superintendent", "Teacher"], "position"),
        ("Representing", ["CTA", "CSEA"], "side"),
        ("Organization", ["Management", "Teachers Association"], "side"),
        ("Organization", ["Harbor High School", "Alder Middle School"], "site"),
        ("District or Union?", ["x", "y"], "side"),
    ],
)
def test_a_heading_of_two_meanings_is_told_by_its_cells(
    heading: str, cells: list[str], role: str
) -> None:
    people = [f"{MARIA} | maria@example.org | {cells[0]}", f"{JO} | jo@example.org | {cells[1]}"]
    found = guess(f"Name | Email | {heading}", *people)
    assert roles(found)[2] == role
    assert not found.unsure


def test_a_heading_of_two_meanings_is_asked_about_where_its_cells_say_nothing() -> None:
    found = guess("Name | Email | Organization", f"{MARIA} | maria@example.org | Acme")
    assert [column.heading for column in found.unsure] == ["Organization"]


def test_without_headings_columns_are_told_by_their_cells() -> None:
    found = guess(
        "García, María | maria@example.org | Superintendent | District",
        "Lee, Jo | jo@example.org | CTA President | Union",
    )
    assert not found.has_heading
    assert roles(found) == ["name", "email", "position", "side"]
    assert not found.unsure


def test_halves_of_names_without_headings_are_asked_about() -> None:
    found = guess("María | García | maria@example.org", "Jo | Lee | jo@example.org")
    assert roles(found) == ["first", "last", "email"]
    assert [column.sample for column in found.unsure] == ["María", "García"]


def test_of_two_address_columns_one_is_taken_and_asked_about() -> None:
    people = f"{MARIA} | m@example.org | maria@example.org"
    found = guess("Name | Email (1) | Email (2)", people)
    assert roles(found) == ["name", "email", ""]
    assert [column.heading for column in found.unsure] == ["Email (1)"]
    assert not guess("Name | Work Email | Other Email", people).unsure


def test_addresses_are_addresses_whatever_their_heading_says() -> None:
    found = guess("Name | Contact", f"{MARIA} | maria@example.org", f"{JO} | jo@example.org")
    assert roles(found) == ["name", "email"]


def test_a_heading_over_broken_addresses_is_still_believed() -> None:
    assert roles(guess("Name | Email", f"{MARIA} | maria at example", f"{JO} | ")) == [
        "name",
        "email",
    ]


def test_people_under_an_unknown_heading_are_not_taken_for_the_team() -> None:
    found = guess("Name | Email | Emergency contact", f"{MARIA} | m@example.org | {JO}")
    assert roles(found) == ["name", "email", ""]


def test_headings_may_stand_below_a_title() -> None:
    found = guess("Joint team 2016", "as of May", "Name | Email", f"{MARIA} | maria@example.org")
    assert found.heading == 2
    assert found.above == ("Joint team 2016", "as of May")


def test_people_are_not_taken_for_headings() -> None:
    found = guess(f"{MARIA} | Principal | Harbor High School", f"{JO} | Teacher | Alder School")
    assert not found.has_heading


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        (["Name", MARIA, JO], ["email"]),
        (["García, María", "Lee, Jo"], ["email"]),
        (["maria@example.org", "jo@example.org"], ["name"]),
        (["García, María <maria@example.org>", "Lee, Jo <jo@example.org>"], []),
    ],
)
def test_a_single_column_is_recognised_and_what_it_lacks_is_said(
    rows: list[str], missing: list[str]
) -> None:
    assert guess(*rows).missing == missing


def test_an_answer_settles_a_column_and_takes_its_role_from_another() -> None:
    found = guess("Name | Work Email | Home Email", f"{MARIA} | m@example.org | maria@example.org")
    settled = found.settled({2: "email"})
    assert roles(settled) == ["name", "", "email"]
    assert not settled.unsure
    assert roles(found.settled({1: "", 2: ""})) == ["name", "", ""]


def test_whether_there_are_headings_can_be_said() -> None:
    rows = ["Person A | Thing", f"{MARIA} | x"]
    assert guess(*rows, has_heading=True).heading == 0
    assert guess("Name | Email", f"{MARIA} | m@example.org", has_heading=False).heading is None


def test_a_heading_alone_is_no_list_but_does_no_harm() -> None:
    found = guess("Name | Email")
    assert roles(found) == ["name", "email"]
    assert found.first_row == 1
