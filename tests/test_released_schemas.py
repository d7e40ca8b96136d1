"""Every release's database comes along whole: each table has people in it, and no row changes."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Column, Connection, MetaData, Table, insert, select, text

from cdef.kernel.db import db
from cdef.schema import bring_up_to_date, misfit
from tests.conftest import both_databases, make_app, opened

CHANGELOG = Path(__file__).parent.parent / "CHANGELOG.md"
# The last migration of each release; with a new release, add a line.
RELEASED = {
    "0.1.0": "25a4e3123a71",
    "0.2.0": "5b1d7c0e9a24",
    "0.3.0": "e18c5a0f73d6",
    "0.4.0": "c41d7f0e9a36",
}
ROWS = 1, 2
FIRST_DAY = datetime(2016, 10, 17, 9)
# What is no free text, where a migration reads it.
WORDS = {
    ("person", "roles"): ["", "staff needs finance admin"],
    ("registration", "state"): ["approved", "submitted"],
    ("decision", "verb"): ["submit", "approve"],
    ("lead", "side"): ["district", "union"],
    ("member", "side"): ["district", "union"],
}
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def app(database: str) -> Iterator[Flask]:
    yield from opened(make_app(database, {}))


def reflected(connection: Connection) -> MetaData:
    tables = MetaData()
    tables.reflect(connection)
    return tables


def filled(connection: Connection) -> Rows:
    """Two rows in every table, each of which refers to those with its own number."""
    tables = [
        each for each in reflected(connection).sorted_tables if each.name != "alembic_version"
    ]
    rows = {table.name: [row(table, number) for number in ROWS] for table in tables}
    for table in tables:
        connection.execute(insert(table), rows[table.name])
    return rows


def row(table: Table, number: int) -> dict[str, Any]:
    return {column.name: value(table, column, number) for column in table.columns}


def value(table: Table, column: Column[Any], number: int) -> Any:
    if any(key.column.table is table for key in column.foreign_keys):
        return None  # One of its own kind, which nothing needs to have.
    if (table.name, column.name) in WORDS:
        return WORDS[table.name, column.name][number - 1]
    kind = column.type.python_type
    if kind in SAMPLES:
        return SAMPLES[kind](number)
    return f"{column.name} {number}: ‘ñ’"


SAMPLES: dict[type, Any] = {
    int: lambda number: number,
    bool: lambda number: number == 1,
    bytes: lambda number: b"\0\xff" * number,
    datetime: lambda number: FIRST_DAY + timedelta(days=number),
    date: lambda number: date(2016, 11, number),
    time: lambda number: time(8 + number),
    dict: lambda number: {"name": f"of {number}"},
}


def found(connection: Connection, wanted: Rows) -> Rows:
    """The same rows now, with the columns that they had."""
    tables = reflected(connection).tables
    return {
        name: [now(connection, tables[name], each) for each in rows]
        for name, rows in wanted.items()
    }


def now(connection: Connection, table: Table, wanted: dict[str, Any]) -> dict[str, Any]:
    own = [column == wanted[column.name] for column in table.primary_key]
    kept = [table.c[name] for name in wanted]
    return dict(connection.execute(select(*kept).where(*own)).mappings().one())


@both_databases
@pytest.mark.parametrize("release", RELEASED)
def test_no_row_of_a_release_is_lost_or_changed(app: Flask, release: str) -> None:
    upgrade(revision=RELEASED[release])
    with db.engine.begin() as connection:
        rows = filled(connection)
    bring_up_to_date()
    assert misfit() is None
    with db.engine.connect() as connection:
        after = found(connection, rows)
        if db.engine.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    for name, was in rows.items():
        assert (name, after[name]) == (name, was)


def test_every_release_before_the_newest_is_tried() -> None:
    _newest, *earlier = re.findall(r"^## (\d+\.\d+\.\d+)", CHANGELOG.read_text(), re.MULTILINE)
    assert set(earlier) <= RELEASED.keys()
