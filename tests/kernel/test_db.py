"""One transaction at a time per row, all or nothing, in UTC; and a busy database keeps what was typed."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response
from sqlalchemy import create_engine, make_url, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from cdef import create_app
from cdef.accounts.models import Person, SignedIn
from cdef.kernel import audit, clock
from cdef.kernel.access import open_to_all
from cdef.kernel.audit import Event
from cdef.kernel.db import Vanished, db, is_duplicate, transaction, wal_is_sound
from cdef.kernel.extensions import csrf
from cdef.outbox.models import Letter
from cdef.teams.models import Team
from tests.cast import OTHER_LEAD, STAFF, Cast
from tests.conftest import POSTGRESQL, both_databases, make_app, on_sqlite
from tests.databases import administer
from tests.pages import Page

PACIFIC = timezone(timedelta(hours=-7))
BUSY = "Nothing was lost: please try again."


def rename(person: Person, name: str) -> None:
    with transaction(person):
        person.name = name


def name_of(email: str) -> str | None:
    """What the database holds, asked beside the session."""
    with db.engine.connect() as connection:
        query = text("SELECT name FROM person WHERE email = :email")
        found: str | None = connection.scalar(query, {"email": email})
    return found


class TestTransaction:
    @both_databases
    def test_what_it_does_is_kept(self, cast: Cast) -> None:
        rename(cast.person(OTHER_LEAD), "Ferdinand Calloway")
        assert name_of(OTHER_LEAD) == "Ferdinand Calloway"

    @both_databases
    def test_an_error_undoes_all_of_it_and_leaves_the_session_usable(self, cast: Cast) -> None:
        person = cast.person(OTHER_LEAD, "Ferdinand Calloway")
        with suppress(ZeroDivisionError), transaction(person):
            person.name = "Somebody else"
            db.session.flush()
            _ = 1 / 0
        assert name_of(OTHER_LEAD) == person.name == "Ferdinand Calloway"
        rename(person, "Ferdinand C.")
        assert name_of(OTHER_LEAD) == "Ferdinand C."

    @both_databases
    def test_an_error_of_the_database_leaves_the_session_usable(self, cast: Cast) -> None:
        person = cast.person(OTHER_LEAD)
        with pytest.raises(IntegrityError) as error, transaction():
            db.session.add(Person(email=OTHER_LEAD, created_at=clock.now()))
        assert is_duplicate(error.value)
        rename(person, "Ferdinand Calloway")
        assert name_of(OTHER_LEAD) == "Ferdinand Calloway"

    @both_databases
    def test_a_missing_parent_is_an_error_and_no_duplicate(self, app: Flask) -> None:
        orphan = SignedIn(
            key_hash="x",
            person_id=99,
            is_personal=False,
            created_at=clock.now(),
            expires_at=clock.now(),
        )
        with pytest.raises(IntegrityError) as error, transaction():
            db.session.add(orphan)
        assert not is_duplicate(error.value)

    def test_a_change_outside_it_is_refused(self, cast: Cast) -> None:
        person = cast.person(OTHER_LEAD)
        person.name = "Changed too early"
        with pytest.raises(RuntimeError, match="outside a transaction"):
            rename(person, "Ferdinand Calloway")

    @both_databases
    def test_rows_are_read_anew_under_the_lock(self, cast: Cast) -> None:
        person = cast.person(OTHER_LEAD, "Ferdinand Calloway")
        assert person.name == "Ferdinand Calloway"
        db.session.rollback()
        run_elsewhere("UPDATE person SET name = 'Renamed elsewhere'")
        with transaction(person):
            assert person.name == "Renamed elsewhere"

    @both_databases
    def test_one_inside_another_is_one(self, cast: Cast) -> None:
        person = cast.person(OTHER_LEAD, "Ferdinand Calloway")
        with suppress(ZeroDivisionError), transaction(person):
            rename(person, "Somebody else")
            assert person.name == "Somebody else"
            _ = 1 / 0
        assert name_of(OTHER_LEAD) == "Ferdinand Calloway"

    @both_databases
    def test_one_inside_another_keeps_what_the_outer_changed(self, cast: Cast) -> None:
        person = cast.person(OTHER_LEAD)
        with transaction(person):
            person.name = "Ferdinand Calloway"
            with transaction(person):
                assert person.name == "Ferdinand Calloway"
        assert name_of(OTHER_LEAD) == "Ferdinand Calloway"

    @both_databases
    def test_a_row_that_has_gone_is_said(self, cast: Cast) -> None:
        person = cast.person(OTHER_LEAD)
        db.session.rollback()
        run_elsewhere("DELETE FROM person")
        with pytest.raises(Vanished, match="Person"):
            rename(person, "Ferdinand Calloway")
        assert cast.person(OTHER_LEAD).email == OTHER_LEAD

    @both_databases
    def test_a_second_waits_for_the_first_and_sees_what_it_did(
        self, app: Flask, cast: Cast
    ) -> None:
        team = cast.team(members=[])
        team_id, seen = team.id, list[int]()

        def read_under_the_lock() -> None:
            with app.app_context():
                found = db.session.get_one(Team, team_id)
                with transaction(found):
                    seen.append(found.revision)

        second = threading.Thread(target=read_under_the_lock)
        with transaction(team):
            second.start()
            second.join(timeout=0.3)
            assert seen == []
            team.revision = 70
        second.join()
        assert seen == [70]


def run_elsewhere(statement: str) -> None:
    with db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        connection.execute(text(statement))


class TestInstants:
    @both_databases
    def test_they_come_back_as_the_same_instant_in_utc(self, cast: Cast) -> None:
        at = datetime(2016, 11, 6, 1, 30, 0, 123456, tzinfo=PACIFIC)
        with transaction():
            audit.record("team:1", "met", by=None, now=at)
        found = db.session.scalars(select(Event.at).where(Event.what == "met")).one()
        assert found == at
        assert found.tzinfo is UTC

    def test_one_without_a_zone_is_refused(self, app: Flask) -> None:
        naive = datetime(2016, 10, 17, 9)
        with pytest.raises(StatementError, match="an instant needs a time zone"), transaction():
            audit.record("team:1", "met", by=None, now=naive)


def test_a_new_row_has_its_defaults_at_once() -> None:
    letter = Letter(subject="Your roster", reason="because")
    assert (letter.attempts, letter.reason, letter.subject) == (0, "because", "Your roster")


@pytest.mark.parametrize(
    ("version", "is_sound"),
    [
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((3, 51, 2), False),
        ((3, 50, 7), True),
        ((3, 50, 6), False),
        ((3, 44, 6), True),
        ((3, 44, 5), False),
        ((3, 45, 0), False),
        ((3, 40, 1), False),
    ],
)
def test_the_write_ahead_log_is_used_only_where_it_loses_nothing(
    version: tuple[int, int, int], is_sound: bool
) -> None:
    assert wal_is_sound(version) == is_sound


def test_sqlite_is_durable_and_strict(tmp_path: Path) -> None:
    app = create_app(
        {"SECRET_KEY": "x", "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'own.sqlite3'}"}
    )
    with app.app_context():
        found = {
            name: db.session.scalar(text(f"PRAGMA {name}"))
            for name in ("synchronous", "foreign_keys", "journal_mode", "busy_timeout")
        }
        db.session.remove()
        db.engine.dispose()
    journal = "wal" if wal_is_sound(sqlite3.sqlite_version_info) else "truncate"
    assert found == {
        "synchronous": 2,
        "foreign_keys": 1,
        "journal_mode": journal,
        "busy_timeout": 5000,
    }


@pytest.mark.parametrize("database", [POSTGRESQL], indirect=True)
class TestPostgreSQL:
    def test_a_lock_is_waited_for_five_seconds(self, app: Flask) -> None:
        assert db.session.scalar(text("SHOW lock_timeout")) == "5s"

    def test_what_the_operator_set_is_left_alone(self, database: str) -> None:
        url = make_url(database).update_query_dict({"options": "-c lock_timeout=70ms"})
        app = make_app(url.render_as_string(hide_password=False), {})
        with app.app_context():
            assert db.session.scalar(text("SHOW lock_timeout")) == "70ms"
            db.session.remove()
            db.engine.dispose()

    def test_a_database_that_was_started_anew_costs_no_request(
        self, app: Flask, database: str
    ) -> None:
        client = app.test_client()
        assert client.get("/").status_code == 200
        db.session.remove()
        self.disconnect(database)
        assert client.get("/").status_code == 200

    def test_a_connection_that_goes_when_the_answer_is_ready_takes_nothing_away(
        self, app: Flask, database: str
    ) -> None:
        @app.after_request
        def end(answer: Response) -> Response:
            self.disconnect(database)
            return answer

        assert app.test_client().get("/").status_code == 200

    @staticmethod
    def disconnect(database: str) -> None:
        query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'"
        administer(
            make_url(database).set(database="postgres").render_as_string(hide_password=False),
            query.format(make_url(database).database),
        )


class TestABusyDatabase:
    """Somebody else holds what a form wants to write."""

    @pytest.fixture
    def settings(self, database: str) -> dict[str, Any]:
        """The app waits for locks a twentieth of a second."""
        url = make_url(database)
        is_sqlite = url.drivername == "sqlite"
        patience = {"timeout": "0.05"} if is_sqlite else {"options": "-c lock_timeout=50ms"}
        found = url.update_query_dict(patience).render_as_string(hide_password=False)
        return {"SQLALCHEMY_DATABASE_URI": found}

    @pytest.fixture
    def hold(self, database: str) -> Iterator[Callable[[], None]]:
        """What takes the locks, until the test is over."""
        engine = create_engine(database, connect_args=self.any_thread(database))
        connection = engine.connect()

        def hold() -> None:
            if engine.dialect.name == "sqlite":
                driver: Any = connection.connection.driver_connection
                driver.isolation_level = None
                connection.exec_driver_sql("BEGIN EXCLUSIVE")
            else:
                connection.exec_driver_sql("LOCK TABLE team, cohort, signed_in, person")

        yield hold
        connection.close()
        engine.dispose()

    @staticmethod
    def any_thread(database: str) -> dict[str, Any]:
        return {"check_same_thread": False} if database.startswith("sqlite") else {}

    @both_databases
    def test_a_form_comes_back_with_what_was_typed(
        self, cast: Cast, hold: Callable[[], None]
    ) -> None:
        team_id = cast.submitted().id
        cast.staff()
        staff = cast.browser(STAFF)
        page, action = f"/staff/teams/{team_id}", f"/staff/teams/{team_id}/return"
        staff.get(page)
        db.session.remove()
        hold()
        answer = staff.submit(action, press="Return", note="Please add a board member")
        assert answer.status == 503
        assert BUSY in answer.text()
        assert ("note", "Please add a board member") in answer.form(action).fields

    @both_databases
    def test_a_lock_that_comes_after_the_person_was_read_is_survived(
        self, app: Flask, cast: Cast, hold: Callable[[], None]
    ) -> None:
        """To draw the page the app would ask for the person again, and find the lock again."""
        team_id = cast.submitted().id
        cast.staff()
        staff = cast.browser(STAFF)
        action = f"/staff/teams/{team_id}/return"
        staff.get(f"/staff/teams/{team_id}")
        db.session.remove()

        def lock_late() -> None:
            db.session.rollback()
            hold()

        app.before_request_funcs[None].append(lock_late)
        answer = staff.submit(action, press="Return", note="Please add a board member")
        assert answer.status == 503
        assert ("note", "Please add a board member") in answer.form(action).fields

    def test_a_fragment_is_left_alone_and_a_notice_says_why(
        self, cast: Cast, hold: Callable[[], None]
    ) -> None:
        team_id = cast.submitted().id
        cast.staff()
        staff = cast.browser(STAFF)
        staff.get(f"/staff/teams/{team_id}")
        db.session.remove()
        hold()
        answer = staff.htmx(f"/staff/teams/{team_id}/return", note="Please add a board member")
        assert answer.status_code == 503
        assert answer.headers["HX-Retarget"] == "#notices"
        assert BUSY in answer.text

    @on_sqlite
    def test_a_page_says_that_it_cannot_be_drawn_now(
        self, app: Flask, hold: Callable[[], None]
    ) -> None:
        hold()
        answer = app.test_client().get("/")
        assert answer.status_code == 503
        assert BUSY in answer.text
        assert app.test_client().get("/healthz/live").status_code == 200
        assert app.test_client().get("/healthz/ready").status_code == 503

    @on_sqlite
    def test_a_transaction_that_could_not_begin_leaves_the_session_usable(
        self, cast: Cast, tmp_path: Path
    ) -> None:
        person = cast.person(OTHER_LEAD)
        db.session.rollback()
        other = sqlite3.connect(tmp_path / "test.sqlite3", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError):
            rename(person, "Ferdinand Calloway")
        other.execute("ROLLBACK")
        other.close()
        rename(person, "Ferdinand Calloway")
        assert name_of(OTHER_LEAD) == "Ferdinand Calloway"


class TestAfterAnError:
    """Pages whose views fail, added to the app by the tests."""

    @pytest.fixture
    def settings(self) -> dict[str, Any]:
        return {"PROPAGATE_EXCEPTIONS": False}

    @both_databases
    def test_who_was_outrun_may_send_the_form_again(self, app: Flask, cast: Cast) -> None:
        cast.person(OTHER_LEAD)

        @app.post("/people")
        @csrf.exempt
        @open_to_all
        def add_twice() -> str:
            with transaction():
                db.session.add(Person(email=OTHER_LEAD, created_at=clock.now()))
            return "never"

        answer = Page(app.test_client().post("/people", data={"name": "Ferdinand"}))
        assert answer.status == 409
        assert ("name", "Ferdinand") in answer.form("/people").fields

    @both_databases
    def test_the_page_of_an_error_is_drawn_whatever_the_database_makes_of_it(
        self, app: Flask, cast: Cast
    ) -> None:
        """PostgreSQL answers nothing more in a transaction in which a query has failed."""

        @app.get("/broken")
        @open_to_all
        def broken() -> str:
            db.session.execute(text("SELECT nothing FROM nowhere"))
            return "never"

        cast.staff()
        answer = cast.browser(STAFF).get("/broken")
        assert answer.status in (500, 503)
        assert "Rosalind Achterberg" in answer.text()
