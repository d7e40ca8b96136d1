"""Bringing the database to this release's schema, under a lock, and never past what it knows."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import inspect, text

from cdef.config import CannotStart
from cdef.kernel.db import db
from cdef.kernel.turns import turn

LOCK = 20161017  # PostgreSQL's name for our turn; any number that nobody else takes


class NewerSchema(CannotStart):
    """The database was made by a newer release; this one must not touch it."""


def bring_up_to_date() -> None:
    """Run the migrations that are missing; a second process waits until the first is done."""
    with one_at_a_time():
        refuse_newer()
        upgrade()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """The turn of this process, which ends whatever happens in it."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as connection:
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            yield
    else:
        path = Path(str(db.engine.url.database))
        if not os.access(path.parent, os.W_OK):
            raise CannotStart(
                f"The database cannot be kept in {path.parent}: nothing can be written."
            )
        with turn(path.with_suffix(".migrating")):
            yield


def refuse_newer() -> None:
    """Stop before a schema that no migration of this release has written."""
    if not inspect(db.engine).has_table("alembic_version"):
        return
    with db.engine.connect() as connection:
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if found and found not in known_revisions():
        raise NewerSchema(f"The database is at {found}, which this release does not know.")


def misfit() -> str | None:
    """Why this release cannot work with the database as it is, in a sentence."""
    if not inspect(db.engine).has_table("alembic_version"):
        return "The database has no schema yet."
    found = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    if found == head():
        return None
    age = "an older" if found in known_revisions() else "a newer"
    return f"The database has the schema of {age} release."


@cache
def head() -> str | None:
    return ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()


def known_revisions() -> set[str]:
    directory = ScriptDirectory(current_app.extensions["migrate"].directory)
    return {script.revision for script in directory.walk_revisions()}
