"""Finding a district by what a lead types."""

from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from cdef.directory import actions, rules
from cdef.directory.actions import add_by_hand, import_file, search
from cdef.directory.models import District
from cdef.kernel import clock
from cdef.kernel.db import db, transaction
from tests.conftest import both_databases
from tests.directory.state_file import real_file

__all__ = ["real_file"]
pytestmark = pytest.mark.usefixtures("app")
HOSTILE = [
    "%",
    "_",
    "\\",
    "%_\\",
    "%%%%",
    "z%",
    "___",
    "'",
    "' OR 1=1 --",
    "\0",
    "\0z",
    "\u202e",
    "😀",
]


def labels(text: str) -> list[str]:
    return [district.label for district in search(text)]


@both_databases
def test_every_word_must_occur_in_any_order_and_case() -> None:
    assert labels("UNIFIED corona") == ["Corona-Norco Unified (Riverside County)"]
    assert labels("corona oakland") == []


@both_databases
def test_a_county_or_city_finds_its_districts() -> None:
    assert labels("cerritos") == ["ABC Unified (Los Angeles County)"]
    assert "Milpitas Unified (Santa Clara County)" in labels("santa clara county")


@both_databases
def test_names_that_begin_with_the_text_come_first_and_the_rest_by_alphabet() -> None:
    assert labels("sa") == [
        "Sacramento City Unified (Sacramento County)",
        "Sacramento County Office of Education (Sacramento County)",
        "San Jose Unified (Santa Clara County)",
        "San Juan Unified (Sacramento County)",
        "Santa Clara County Office of Education (Santa Clara County)",
        "Milpitas Unified (Santa Clara County)",
        "Twin Rivers Unified (Sacramento County)",
    ]


def test_a_name_in_two_counties_is_found_twice_with_its_counties() -> None:
    assert labels("ocean view") == ["Ocean View (Orange County)", "Ocean View (Ventura County)"]
    assert labels("ocean view ventura") == ["Ocean View (Ventura County)"]


def test_a_district_is_found_however_people_write_it() -> None:
    for typed in (
        "Milpitas Unified School District",
        "milpitas usd",
        "Milpitas Unified (Santa Clara County)",
        "  mílpitas\tunified ",
        "4373387",
        "43-73387",
    ):
        assert labels(typed) == ["Milpitas Unified (Santa Clara County)"], typed


@both_databases
def test_a_cd_code_finds_its_district_with_or_without_its_first_zero() -> None:
    assert labels("0161259") == labels("161259") == ["Oakland Unified (Alameda County)"]


def test_hyphens_and_quotes_may_be_typed_or_left_out() -> None:
    assert labels("corona norco") == labels("“Corona–Norco”") != []


def test_a_text_without_a_word_finds_nothing() -> None:
    for text in ("", " ", "\t\n", "—", "()"):
        assert labels(text) == [], text


def test_an_inactive_district_is_not_found() -> None:
    with transaction():
        search("milpitas")[0].is_active = False
    assert labels("milpitas") == labels("4373387") == []


def test_at_most_as_many_as_asked_for_are_found() -> None:
    assert len(search("unified", limit=3)) == 3


@both_databases
def test_signs_of_the_query_language_are_only_signs() -> None:
    for text in HOSTILE:
        assert search(text) == [], text
    assert len(search("%a_")) == 12  # Every district of the seed has an a.


@both_databases
def test_ten_thousand_characters_find_nothing_and_break_nothing() -> None:
    for text in ("x" * 10_000, "a " * 5_000, "%" * 10_000, "\ufdfa" * 10_000, "a" * 1_000_000):
        assert search(text) == []
        assert actions.count(text) == 0


def test_searching_writes_nothing() -> None:
    search("milpitas")
    assert not db.session.dirty
    assert not db.session.new


TEXTS = st.text("abcinosu43 -%_\\'/\0\t\u0301\u202eÉßﬁ日😀", max_size=20)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
@given(text=TEXTS)
def test_the_database_finds_what_the_words_say(app: Flask, text: str) -> None:
    asked, code = rules.search_words(text), rules.searched_code(text)
    expected = {
        district.id
        for district in db.session.scalars(select(District))
        if asked
        and (all(word in district.search_text for word in asked) or district.cd_code == code)
    }
    assert {district.id for district in search(text, limit=50)} == expected
    assert actions.count(text) == len(expected)


def test_every_name_of_the_state_is_found_by_itself_with_its_county(real_file: Path) -> None:
    import_file(real_file, by=None, now=clock.now())
    for district in list(db.session.scalars(select(District)))[::10]:
        assert district in search(district.label)
        assert search(district.cd_code or "") == [district]


def test_of_the_states_names_that_occur_twice_each_is_told_apart(real_file: Path) -> None:
    import_file(real_file, by=None, now=clock.now())
    known = list(db.session.scalars(select(District.name)))
    twice = {name for name in known if known.count(name) > 1}
    assert len(twice) == 10
    assert len({label for name in twice for label in labels(name)}) >= 2 * len(twice)


def test_a_district_typed_by_hand_is_found_too() -> None:
    with transaction():
        add_by_hand("Lakeview Unified", "Kern", now=clock.now())
    assert labels("lakeview") == ["Lakeview Unified (Kern County)"]
