"""A lead whose district is not listed types it."""

import pytest
from sqlalchemy import func, select

from cdef.directory import rules
from cdef.directory.actions import add_by_hand, search
from cdef.directory.models import District
from cdef.kernel import audit, clock
from cdef.kernel.db import db, transaction
from tests.conftest import both_databases

pytestmark = pytest.mark.usefixtures("app")


def add(name: str, county: str) -> District:
    with transaction():
        return add_by_hand(name, county, now=clock.now())


def how_many() -> int:
    return db.session.scalar(select(func.count()).select_from(District)) or 0


@both_databases
def test_a_new_district_has_no_cd_code_and_can_be_found() -> None:
    made = add("Lakeview Unified", "Kern")
    assert made.cd_code is None
    assert search("lakeview kern") == [made]


@both_databases
def test_a_district_that_is_there_is_not_made_again() -> None:
    listed, before = search("4373387")[0], how_many()
    assert add("Milpitas Unified", "Santa Clara") == listed
    assert add("  MILPITAS   unified ", "santa clara county") == listed
    assert add("Mílpitas Unified School District", "SANTA CLARA County") == listed
    assert how_many() == before


def test_the_same_name_typed_twice_is_one_district() -> None:
    assert add("Lakeview Unified", "Kern") == add("lakeview unified", "kern")


def test_the_same_name_in_another_county_is_another_district() -> None:
    assert add("Milpitas Unified", "Kern").label == "Milpitas Unified (Kern County)"


def test_a_district_that_is_inactive_is_made_anew() -> None:
    with transaction():
        old = search("milpitas")[0]
        old.is_active = False
    assert add("Milpitas Unified", "Santa Clara") != old


def test_like_signs_in_a_name_are_only_signs() -> None:
    assert add("%", "Santa Clara").name == "%"
    assert add("_ilpitas Unified", "Santa Clara") != search("4373387")[0]


def test_control_characters_and_endless_names_are_trimmed() -> None:
    made = add("Lake\0view\r\nBcc: x" + "y" * 10_000, "Kern\0 County")
    assert made.name.startswith("Lakeview Bcc: xy")
    assert len(made.name) == rules.LONGEST_NAME
    assert made.county == "Kern"


def test_it_is_on_the_timeline() -> None:
    add("Lakeview Unified", "Kern")
    assert "Lakeview Unified (Kern County)" in audit.timeline("directory")[0].what


def add_and_fail() -> None:
    with transaction():
        add_by_hand("Lakeview Unified", "Kern", now=clock.now())
        raise ZeroDivisionError


def test_it_joins_the_callers_transaction() -> None:
    before = how_many()
    with pytest.raises(ZeroDivisionError):
        add_and_fail()
    assert how_many() == before
