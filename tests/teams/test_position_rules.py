"""Sides and positions in people's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdef.series.rules import POSITIONS, SIDES
from cdef.teams.position_rules import is_side_word, position_of, side_of


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Supt.", "superintendent"),
        ("Superintendant", "superintendent"),
        ("Superintendent’s designee", "superintendent"),
        ("Asst Superintendent", "assistant_superintendent"),
        ("Associate Supt., HR", "assistant_superintendent"),
        ("Exec. Assistant to the Superintendent", "district_other"),
        ("Trustee", "board"),
        ("Board Trustee", "board"),
        ("President, Board of Education", "board"),
        ("HR Director", "human_resources"),
        ("Labor Relations Manager", "human_resources"),
        ("CBO", "business"),
        ("Director, Fiscal Services", "business"),
        ("Vice Principal", "principal"),
        ("Director of Special Education", "district_other"),
        ("CTA President", "teachers_president"),
        ("MTA President", "teachers_president"),
        ("Pres., Teachers Assoc.", "teachers_president"),
        ("CTA Vice President", "teachers_leader"),
        ("CFT site rep", "teachers_leader"),
        ("UniServ Executive Director", "teachers_leader"),
        ("CSEA Chapter President", "classified_president"),
        ("Classified union president", "classified_president"),
        ("CSEA VP", "classified_leader"),
        ("SEIU steward", "classified_leader"),
        ("Science Teacher", "teacher"),
        ("Counselor", "teacher"),
        ("Teacher’s aide", "classified"),
        ("School Secretary", "classified"),
        ("Paraeducater", "classified"),
    ],
)
def test_a_title_means_a_position(text: str, position: str) -> None:
    assert position_of(text) == position


@pytest.mark.parametrize("side", SIDES)
def test_our_own_labels_are_understood_in_any_case(side: str) -> None:
    for position, label in POSITIONS[side].items():
        assert position_of(label.upper().replace("’", "'"), side) == position


@pytest.mark.parametrize(
    "text",
    ["", "President", "Union President", "Chapter President", "Executive Director", "Parent"],
)
def test_what_could_be_several_positions_is_none(text: str) -> None:
    assert position_of(text) == ""


def test_a_title_means_what_the_side_has() -> None:
    assert position_of("Executive Director", "union") == "teachers_leader"
    assert position_of("Executive Director", "district") == "district_other"
    assert position_of("Labor Relations Representative", "union") == "classified_leader"
    assert position_of("Superintendent", "union") == ""


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("District", "district"),
        ("Management", "district"),
        ("Admin", "district"),
        ("Classified Management", "district"),
        ("Labor Relations", "district"),
        ("Alum Rock Union Elementary", "district"),
        ("Union School District", "district"),
        ("M", "district"),
        ("Union", "union"),
        ("Labor", "union"),
        ("CTA", "union"),
        ("CSEA Chapter 281", "union"),
        ("Teachers Association", "union"),
        ("District Teachers Association", "union"),
        ("Asociation of Teachers", "union"),
        ("certificated", "union"),
        ("U", "union"),
        ("Parents", ""),
        ("", ""),
    ],
)
def test_a_word_speaks_of_a_side(text: str, side: str) -> None:
    assert side_of(text) == side


@pytest.mark.parametrize("text", ["District", "UNION TEAM", "SEIU Local 1021", "Teachers", "Mgmt"])
def test_a_cell_may_name_a_side_alone(text: str) -> None:
    assert is_side_word(text)


@pytest.mark.parametrize("text", ["Superintendent", "School Board Member", "Teacher", "Jo Lee", ""])
def test_a_position_or_a_name_is_no_side(text: str) -> None:
    assert not is_side_word(text)


@given(st.text(max_size=60), st.sampled_from(["", *SIDES]))
def test_any_text_means_a_position_of_its_side_or_none(text: str, side: str) -> None:
    found = position_of(text, side)
    assert not found or found in POSITIONS[side or "district"] | POSITIONS[side or "union"]
