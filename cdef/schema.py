"""Bringing the database to this release's schema, under a lock, and never past what it knows."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import inspect, text

from cdef.kernel.db import db


class NewerSchema(RuntimeError):
    """The database was made by a newer release; this one must not touch it."""


def bring_up_to_date() -> None:
    """Run the migrations that are missing; a second process waits until the first is done."""
    with one_at_a_time():
        refuse_newer()
        upgrade()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(20161017)"))
            yield
            connection.execute(text("SELECT pg_advisory_unlock(20161017)"))
        return
    path = Path(str(db.engine.url.database)).with_suffix(".migrating")
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def refuse_newer() -> None:
    """Stop before a schema that no migration of this release has written."""
    if not inspect(db.engine).has_table("alembic_version"):
        return
    with db.engine.connect() as connection:
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if found and found not in known_revisions():
        raise NewerSchema(f"The database is at {found}, which this release does not know.")


def known_revisions() -> set[str]:
    directory = ScriptDirectory(current_app.extensions["migrate"].directory)
    return {script.revision for script in directory.walk_revisions()}
