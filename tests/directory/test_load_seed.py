"""A dozen districts to begin with, before the state's file is imported."""

from pathlib import Path

import pytest
from sqlalchemy import select

from cdef.directory.actions import SEED, import_file, load_seed
from cdef.directory.models import District
from cdef.directory.rules import read_directory
from cdef.kernel import clock
from cdef.kernel.db import db, transaction
from tests.directory.state_file import real_file

__all__ = ["real_file"]
pytestmark = pytest.mark.usefixtures("app")  # Its database has the seed.


def test_an_empty_directory_gets_the_dozen() -> None:
    with transaction() as session:
        for district in session.scalars(select(District)):
            session.delete(district)
    assert load_seed() == 12
    assert len(list(db.session.scalars(select(District)))) == 12


def test_a_directory_that_has_any_district_is_left_alone() -> None:
    assert load_seed() == 0


def test_no_line_of_the_seed_is_left_out() -> None:
    assert read_directory(SEED.read_bytes()).skipped == []


def test_one_name_of_the_seed_occurs_in_two_counties() -> None:
    rows = read_directory(SEED.read_bytes()).kept
    assert {row.county for row in rows if row.name == "Ocean View"} == {"Orange", "Ventura"}


def test_the_seed_is_what_the_state_says(real_file: Path) -> None:
    report = import_file(real_file, by=None, now=clock.now())
    assert (report.added, report.changed, report.unchanged, report.gone) == (986, 0, 12, 0)
