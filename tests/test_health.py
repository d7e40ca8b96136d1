"""Whatever watches the app learns whether it can work, and if not, each reason in a sentence."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, make_url, text

from cdef.health import SHUT, SILENT, UNSOUND
from cdef.kernel.db import db
from tests.conftest import both_databases, make_app, on_sqlite


def ask(app: Flask) -> tuple[int, dict[str, Any]]:
    answer = app.test_client().get("/healthz/ready")
    return answer.status_code, answer.get_json()


def trouble(app: Flask, name: str) -> str:
    """The one probe that failed, as a page for programs says it."""
    status, said = ask(app)
    assert (status, said["ready"]) == (503, False)
    assert said["problems"] == [said["checks"][name]]
    return str(said["checks"][name])


@contextmanager
def beside(app: Flask) -> Iterator[sqlite3.Connection]:
    """Another program at the same file."""
    path = str(make_url(app.config["SQLALCHEMY_DATABASE_URI"]).database)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        yield other


def set_revision(revision: str) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})


@both_databases
def test_a_sound_app_is_ready(app: Flask) -> None:
    checks = ("database", "schema", "writing", "library", "disk", "letters")
    assert ask(app) == (200, {"ready": True, "problems": [], "checks": dict.fromkeys(checks, "ok")})


@on_sqlite
def test_while_nobody_can_write_it_is_not_ready_and_nothing_is_changed(app: Flask) -> None:
    app = make_app(f"{app.config['SQLALCHEMY_DATABASE_URI']}?timeout=0.1", {})
    with beside(app) as other, app.app_context():
        other.execute("BEGIN IMMEDIATE")
        assert trouble(app, "writing") == SHUT
        other.execute("ROLLBACK")
        assert ask(app)[0] == 200
        db.engine.dispose()


def test_however_many_ask_the_lock_is_taken_once_a_second(app: Flask) -> None:
    taken: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "alembic_version SET" in statement:
            taken.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    assert {ask(app)[0] for _ in range(5)} == {200}
    assert len(taken) == 1
    app.extensions["writable until"] -= 1
    assert ask(app)[0] == 200
    assert len(taken) == 2


@pytest.mark.postgresql
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_database_that_is_only_read_is_not_ready(app: Flask) -> None:
    name = db.engine.url.database
    with db.engine.begin() as connection:
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    db.engine.dispose()
    assert trouble(app, "writing") == SHUT


@pytest.mark.parametrize(
    ("revision", "age"), [("25a4e3123a71", "an older"), ("ffffffffffff", "a newer")]
)
def test_the_schema_of_another_release_is_not_ready(app: Flask, revision: str, age: str) -> None:
    set_revision(revision)
    assert trouble(app, "schema") == f"The database has the schema of {age} release."


def test_a_disk_that_fills_up_is_said_in_time(app: Flask) -> None:
    app.config["FREE_DISK_MB"] = 10**9
    assert "MB are free on the disk" in trouble(app, "disk")


@on_sqlite
def test_a_mode_in_which_this_library_may_lose_pages_is_said(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program puts the file into it while the app has it open."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    assert ask(app)[0] == 200
    with beside(app) as other:
        other.execute("PRAGMA journal_mode = WAL")
        assert trouble(app, "library") == UNSOUND
    db.session.remove()
    db.engine.dispose()
    assert ask(app)[0] == 200


@pytest.mark.postgresql
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_without_a_database_it_is_alive_and_not_ready(app: Flask) -> None:
    app = make_app("postgresql+psycopg://127.0.0.1:1/nothing", {})
    assert trouble(app, "database") == SILENT
    assert app.test_client().get("/healthz/live").text == "ok\n"
