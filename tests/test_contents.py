"""The database that PostgreSQL's tests have in turn is as it was filled, whatever was done to it."""

from typing import Any

import pytest
from sqlalchemy import create_engine, text

from tests.conftest import fill_at
from tests.contents import Contents, lend, lent
from tests.databases import filled

pytestmark = pytest.mark.postgresql
SET = """
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET lock_timeout = 70', current_database()); END $$
"""
SHAPE = """
SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT datname, setconfig::text FROM pg_db_role_setting JOIN pg_database ON oid = setdatabase
WHERE datname = current_database() ORDER BY 1, 2
"""


@pytest.fixture
def address() -> str:
    return taken_over()


def taken_over() -> str:
    return lend(lambda: filled(fill_at))


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO person (email, name, roles, created_at) VALUES ('a@b.c', '', '', now())",
        "UPDATE cohort SET seats = 7",
        "DELETE FROM meeting_day",
        "SELECT nextval('person_id_seq')",
        "ALTER TABLE letter ADD COLUMN planted TEXT",
        "DROP INDEX ix_letter_due",
        SET,
    ],
)
def test_what_was_done_is_undone(address: str, change: str) -> None:
    before = seen()
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text(change))
    engine.dispose()
    assert seen() != before
    taken_over()
    assert seen() == before


def seen() -> tuple[Contents, list[Any]]:
    """Whatever is in the database, and every column and index of it."""
    (database,) = lent.values()
    return database.take(), database.ask(SHAPE)


def test_whoever_holds_a_row_is_thrown_out(address: str) -> None:
    before = seen()
    engine = create_engine(address)
    with engine.connect() as connection:
        connection.execute(text("UPDATE cohort SET seats = 7"))
        taken_over()
        connection.invalidate()
    engine.dispose()
    assert seen() == before
