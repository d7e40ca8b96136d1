"""Bringing the directory up to date from the state's file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from cdef.directory import actions
from cdef.directory.actions import Report, add_by_hand, import_directory
from cdef.directory.models import District
from cdef.directory.rules import Reading, Row, read_directory
from cdef.kernel import audit, clock
from cdef.kernel.db import db, transaction
from tests.conftest import both_databases, on_sqlite
from tests.directory.state_file import HAYWARD_ROW, MILPITAS, MILPITAS_ROW, real_file, state_file

__all__ = ["real_file"]
WRITES = ("INSERT", "UPDATE", "DELETE")


class Ann:
    name = "Ann"


@pytest.fixture(autouse=True)
def _empty_directory(app: Flask) -> None:
    with transaction() as session:
        for district in session.scalars(select(District)):
            session.delete(district)


@pytest.fixture
def written(app: Flask) -> Iterator[list[str]]:
    """The statements that write, as they are executed."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(WRITES):
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine, "before_cursor_execute", note)


def run(*rows: Row, by: object = None) -> Report:
    return import_directory(Reading(list(rows), []), by=by, now=clock.now())


def names(*, active: bool = True) -> list[str]:
    query = select(District.name).where(District.is_active == active).order_by(District.name)
    return list(db.session.scalars(query))


@both_databases
def test_the_states_998_districts_are_added_once(real_file: Path) -> None:
    report = actions.import_file(real_file, by=None, now=clock.now())
    assert (report.added, report.changed, report.unchanged, report.gone) == (998, 0, 0, 0)
    assert db.session.scalar(select(func.count()).select_from(District)) == 998


@both_databases
def test_a_second_run_changes_nothing_and_writes_no_row(
    real_file: Path, written: list[str]
) -> None:
    actions.import_file(real_file, by=None, now=clock.now())
    assert written
    written.clear()
    report = actions.import_file(real_file, by=None, now=clock.now())
    assert (report.added, report.changed, report.unchanged, report.gone) == (0, 0, 998, 0)
    assert written == []


@both_databases
def test_what_differs_is_changed_and_all_else_left_alone() -> None:
    run(MILPITAS_ROW, HAYWARD_ROW)
    moved = Row("4373387", "Milpitas Joint Unified", "Santa Clara", "Milpitas", MILPITAS_ROW.kind)
    report = run(moved, HAYWARD_ROW)
    assert (report.added, report.changed, report.unchanged) == (0, 1, 1)
    assert names() == ["Hayward Unified", "Milpitas Joint Unified"]
    assert [found.name for found in actions.search("milpitas joint")] == ["Milpitas Joint Unified"]


@both_databases
def test_a_district_that_the_file_no_longer_has_stays_and_is_inactive() -> None:
    run(MILPITAS_ROW, HAYWARD_ROW)
    assert run(MILPITAS_ROW).gone == 1
    assert names(active=False) == ["Hayward Unified"]
    assert run(MILPITAS_ROW).gone == 0


def test_a_district_that_returns_to_the_file_is_active_again_under_its_old_id() -> None:
    run(MILPITAS_ROW, HAYWARD_ROW)
    before = actions.search("hayward")[0].id
    run(MILPITAS_ROW)
    assert run(MILPITAS_ROW, HAYWARD_ROW).changed == 1
    assert actions.search("hayward")[0].id == before


def test_a_district_typed_by_hand_is_never_gone() -> None:
    with transaction():
        add_by_hand("Lakeview Charter District", "Kern", now=clock.now())
    assert run(MILPITAS_ROW).gone == 0
    assert "Lakeview Charter District" in names()


def test_a_district_typed_by_hand_becomes_the_states_when_it_lists_it() -> None:
    with transaction():
        typed = add_by_hand("milpitas unified school district", "Santa Clara", now=clock.now())
    typed_id = typed.id
    report = run(MILPITAS_ROW)
    assert (report.added, report.changed) == (0, 1)
    found = actions.search("milpitas")
    assert [(each.id, each.name, each.cd_code) for each in found] == [
        (typed_id, "Milpitas Unified", "4373387")
    ]


def test_an_import_is_on_the_timeline_with_its_counts_and_by_whom() -> None:
    run(MILPITAS_ROW, by=Ann())
    run(HAYWARD_ROW, by=Ann())
    line = audit.timeline("directory")[0]
    assert (line.who, line.after) == ("Ann", {"added": 1, "gone": 1})


def test_an_import_that_changes_nothing_is_not_on_the_timeline() -> None:
    run(MILPITAS_ROW)
    run(MILPITAS_ROW)
    assert len(audit.timeline("directory")) == 1


def test_an_error_on_the_way_leaves_the_directory_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run(MILPITAS_ROW)
    monkeypatch.setattr(audit, "record", lambda *_args, **_more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(HAYWARD_ROW)
    assert names() == ["Milpitas Unified"]


@on_sqlite
def test_no_contact_column_is_stored(tmp_path: Path) -> None:
    planted = {"Phone": "(555) 010-7788", "AdmEmail": "planted@example.org", "Street": "9 Plant St"}
    run(*read_directory(state_file(MILPITAS | planted)).kept)
    db.session.remove()
    db.engine.dispose()
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("test.sqlite3*"))
    assert b"Milpitas Unified" in stored
    assert not [value for value in planted.values() if value.encode() in stored]
