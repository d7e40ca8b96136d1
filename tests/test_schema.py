"""Every start brings the database to this release's schema, alone, and never past what it knows."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import text

from cdef.kernel.db import Base, db
from cdef.schema import NewerSchema, bring_up_to_date, one_at_a_time
from tests.conftest import both_databases, make_app, opened
from tests.served import Process


@pytest.fixture
def app(database: str) -> Iterator[Flask]:
    """An app whose database is empty."""
    yield from opened(make_app(database, {}))


def run(statement: str) -> None:
    with db.engine.begin() as connection:
        connection.execute(text(statement))


def differences() -> list[Any]:
    """What a migration would still have to do."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        return list(compare_metadata(context, Base.metadata))


def add_staff(database: str, output: Path) -> Process:
    """A process that brings the database up to date before it does its work."""
    command = "staff", "add", "rosalind.achterberg@example.org"
    return Process(output, *command, SQLALCHEMY_DATABASE_URI=database, SECRET_KEY="for tests only")


@both_databases
def test_the_migrations_make_what_the_models_say(app: Flask) -> None:
    bring_up_to_date()
    assert differences() == []


@pytest.mark.parametrize(
    "fault",
    [
        "ALTER TABLE letter ADD COLUMN planted TEXT",
        "DROP INDEX ix_letter_due",
        "CREATE TABLE planted (id INTEGER)",
    ],
)
@both_databases
def test_a_planted_difference_is_found(app: Flask, fault: str) -> None:
    bring_up_to_date()
    run(fault)
    assert differences()


@both_databases
def test_a_second_start_changes_nothing(app: Flask) -> None:
    bring_up_to_date()
    run("INSERT INTO done_once (key, result, at) VALUES ('a', 'b', '2016-10-17 09:00:00')")
    bring_up_to_date()
    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT result FROM done_once")) == "b"


@both_databases
def test_a_schema_from_a_newer_release_is_refused(app: Flask) -> None:
    bring_up_to_date()
    run("UPDATE alembic_version SET version_num = 'of_next_year'")
    with pytest.raises(NewerSchema, match="of_next_year, which this release does not know"):
        bring_up_to_date()


def test_whoever_starts_an_older_release_is_told_in_a_sentence(
    app: Flask, database: str, tmp_path: Path
) -> None:
    bring_up_to_date()
    run("UPDATE alembic_version SET version_num = 'of_next_year'")
    process = add_staff(database, tmp_path / "output.txt")
    assert process.ended() == 1
    assert process.said() == "The database is at of_next_year, which this release does not know.\n"


@both_databases
def test_two_starts_at_once_make_one_schema(app: Flask, database: str, tmp_path: Path) -> None:
    processes = [add_staff(database, tmp_path / f"{number}.txt") for number in range(2)]
    assert [process.ended() for process in processes] == [0, 0], [p.said() for p in processes]
    assert differences() == []


@both_databases
def test_a_second_start_waits_for_the_first(app: Flask) -> None:
    def run() -> None:
        with app.app_context():
            bring_up_to_date()

    second = threading.Thread(target=run)
    with one_at_a_time():
        second.start()
        second.join(timeout=0.4)
        assert second.is_alive()
    second.join()
    assert differences() == []


@both_databases
def test_a_migration_that_fails_leaves_the_turn_to_the_next(
    app: Flask, database: str, tmp_path: Path
) -> None:
    with pytest.raises(ZeroDivisionError), one_at_a_time():
        _ = 1 / 0
    second = add_staff(database, tmp_path / "output.txt")
    assert second.ended() == 0, second.said()
