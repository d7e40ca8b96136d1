"""Migrations bring a database with people in it along: no row is lost, and none loses its parent."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Connection, MetaData, insert, select, text
from sqlalchemy.exc import IntegrityError

from cdef.config import CannotStart
from cdef.kernel.db import db
from cdef.registrations.models import seats_taken
from cdef.registrations.recount_actions import recount
from cdef.schema import bring_up_to_date
from cdef.series.models import Cohort
from tests.conftest import both_databases, make_app, on_sqlite

FIRST = "25a4e3123a71"
AT = datetime(2016, 10, 17, 9)
Rows = dict[str, list[dict[str, Any]]]

LEADS = [
    {"id": 1, "team_id": 1, "person_id": 1, "side": "district", "name": "Imogen Castellanos"},
    {"id": 2, "team_id": 1, "person_id": 2, "side": "union", "name": "Beatriz Holloway"},
    {"id": 3, "team_id": 2, "person_id": 1, "side": "district", "name": "Imogen Castellanos"},
]
SIGNED = {"team_id": 1, "people": 1, "cost_cents": 6000, "at": AT}
WORDS = {"title": "", "subtitle": "", "intro": "", "audience": "", "partners": ""}
PLACE = {"kind": "", "city": "", "is_active": True, "search_text": ""}
MEMBER = {"team_id": 1, "side": "district", "name": "Ann", "email": "ann@example.org", "site": ""}
# What the first release wrote: two teams, one of which has signed twice and was approved.
DATA: Rows = {
    "person": [
        {"id": number, "email": f"{number}@example.org", "name": "", "roles": "", "created_at": AT}
        for number in (1, 2, 3)
    ],
    "district": [{"id": 1, "cd_code": "4373387", "name": "Milpitas", "county": "", **PLACE}],
    "series": [
        {"id": 1, "key": "a", "price_cents": 6000, "created_at": AT, **WORDS}
        | {"smallest_team": 4, "largest_team": 20}
    ],
    "cohort": [
        {"id": 1, "series_id": 1, "slug": "a", "name": "A", "position": 1, "seats": 9}
        | {"is_open": True}
    ],
    "team": [
        {"id": number, "cohort_id": 1, "district_id": 1, "revision": 2, "created_at": AT}
        for number in (1, 2)
    ],
    "lead": [{**lead, "invited_at": AT, "joined_at": AT, "seen_at": AT} for lead in LEADS],
    "member": [
        {"id": 1, **MEMBER, "position": "board", "created_at": AT, "removed_at": AT},
        {"id": 2, **MEMBER, "position": "board", "created_at": AT, "removed_at": None},
    ],
    "signature": [
        {"id": 1, "lead_id": 1, "revision": 1, **SIGNED},
        {"id": 2, "lead_id": 1, "revision": 2, **SIGNED},
        {"id": 3, "lead_id": 2, "revision": 2, **SIGNED},
    ],
    "registration": [
        {"id": 1, "team_id": 1, "state": "approved", "since": AT, "submitted_at": AT, "turn": 1}
    ],
    "decision": [
        {"id": 1, "registration_id": 1, "verb": "approve", "by_id": 3, "at": AT}
        | {"note": "Welcome.", "waived": ""}
    ],
}
SUBMITTED = {**DATA["decision"][0], "id": 0, "verb": "submit", "note": ""}
LOST = {"id": 9, "lead_id": 99, "revision": 9, **SIGNED}


@pytest.fixture
def app(database: str) -> Iterator[Flask]:
    """An app whose database the first release has made and filled."""
    app = make_app(database, {})
    with app.app_context():
        upgrade(revision=FIRST)
        with db.engine.begin() as connection:
            fill(connection, DATA)
        yield app
        db.session.remove()
        db.engine.dispose()


def fill(connection: Connection, rows: Rows) -> None:
    tables = MetaData()
    tables.reflect(connection)
    for name in rows:
        connection.execute(insert(tables.tables[name]), rows[name])


def content() -> Rows:
    """The rows that there are now, with the columns that they were filled with."""
    tables = MetaData()
    with db.engine.connect() as connection:
        tables.reflect(connection)
        found: Rows = {}
        for name, rows in DATA.items():
            table = tables.tables[name]
            query = select(*(table.c[column] for column in rows[0])).order_by(table.c.id)
            found[name] = [dict(row) for row in connection.execute(query).mappings()]
    return found


def refuses(statement: str) -> bool:
    """Whether the database refuses a statement; nothing of it stays."""
    with db.engine.connect() as connection:
        try:
            connection.execute(text(statement))
        except IntegrityError:
            return True
        finally:
            connection.rollback()
    return False


@both_databases
def test_no_row_is_lost(app: Flask) -> None:
    assert content() == DATA
    bring_up_to_date()
    assert content() == DATA


@both_databases
def test_references_are_whole_and_enforced_afterwards(app: Flask) -> None:
    bring_up_to_date()
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    assert refuses("UPDATE signature SET lead_id = 99")
    assert refuses("DELETE FROM lead WHERE id = 1")
    assert refuses("UPDATE lead SET team_id = 99 WHERE id = 1")


@both_databases
def test_what_is_kept_for_lists_is_what_a_recount_finds(app: Flask) -> None:
    with db.engine.begin() as connection:
        fill(connection, {"decision": [SUBMITTED]})
    bring_up_to_date()
    assert not any(recount().values())
    assert seats_taken(db.session.get_one(Cohort, 1)) == 1


@both_databases
def test_a_side_has_one_present_lead_and_any_number_of_former_ones(app: Flask) -> None:
    bring_up_to_date()
    anew = "INSERT INTO lead (id, team_id, person_id, side, name, invited_at, left_at)"
    same = f"{anew} SELECT id + 9, team_id, person_id, side, name, invited_at"
    assert refuses(f"{same}, NULL FROM lead")
    assert not refuses(f"{same}, invited_at FROM lead")


@both_databases
def test_whoever_was_staff_has_every_role(app: Flask) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE person SET roles = 'staff admin' WHERE id = 2"))
    bring_up_to_date()
    with db.engine.connect() as connection:
        roles = connection.scalars(text("SELECT roles FROM person ORDER BY id")).all()
    assert roles == ["", "staff needs finance admin", ""]


@on_sqlite
def test_a_migration_that_would_leave_a_reference_to_nothing_is_undone(app: Flask) -> None:
    """SQLite does not look while a table is rebuilt; the migration looks before it commits."""
    with db.engine.connect() as connection:
        plain: Any = connection.connection.driver_connection
        plain.execute("PRAGMA foreign_keys = OFF")
        fill(connection, {"signature": [LOST]})
        connection.commit()
        plain.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(CannotStart, match="rows of signature refer to rows that are not there"):
        bring_up_to_date()
    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == FIRST
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    assert refuses("UPDATE signature SET lead_id = 98")
