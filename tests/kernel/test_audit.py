"""The timeline: who did what, when, and what it was before and after."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from cdef.accounts.models import Person
from cdef.kernel import audit, clock
from cdef.kernel.db import db, transaction
from tests.conftest import both_databases


def record(what: str, by: object = None, **fields: Any) -> None:
    with transaction():
        audit.record("team:7", what, by=by, now=clock.now(), **fields)


@both_databases
def test_the_newest_is_first_and_says_everything(app: Flask) -> None:
    imogen = Person(email="imogen.castellanos@example.org", name="Imogen Castellanos")
    record("started the team")
    record("changed a name", imogen, before={"name": "Prisc"}, after={"name": "Priscilla"})
    newest, oldest = audit.timeline("team:7")
    assert (newest.who, newest.what) == ("Imogen Castellanos", "changed a name")
    assert (newest.before, newest.after) == ({"name": "Prisc"}, {"name": "Priscilla"})
    assert clock.now() - newest.at < timedelta(minutes=1)
    assert (oldest.what, oldest.before, oldest.after) == ("started the team", None, None)


@pytest.mark.parametrize(
    ("by", "who"),
    [
        (None, "the system"),
        (Person(email="beatriz.holloway@example.org", name=""), "beatriz.holloway@example.org"),
        (Person(email="beatriz.holloway@example.org", name="Beatriz"), "Beatriz"),
    ],
)
def test_who_did_it_is_kept_as_it_was_then(app: Flask, by: Person | None, who: str) -> None:
    record("signed the roster", by)
    (event,) = audit.timeline("team:7")
    assert event.who == who


def test_each_thing_has_its_own_timeline_and_only_the_newest_are_shown(app: Flask) -> None:
    for number in range(4):
        record(f"step {number}")
    assert [event.what for event in audit.timeline("team:7", limit=2)] == ["step 3", "step 2"]
    assert audit.timeline("team:70") == []


def test_what_was_undone_is_not_on_it(app: Flask) -> None:
    with suppress(ZeroDivisionError), transaction():
        audit.record("team:7", "never happened", by=None, now=clock.now())
        _ = 1 / 0
    assert audit.timeline("team:7") == []


@both_databases
def test_nothing_before_or_after_is_nothing_in_the_database_too(app: Flask) -> None:
    record("started the team")
    query = text("SELECT count(*) FROM event WHERE about = 'team:7' AND before IS NULL")
    assert db.session.scalar(query) == 1
