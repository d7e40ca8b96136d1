"""Bringing the database to this release's schema, under a lock, and never past what it knows."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import inspect, text

from cdef.config import CannotStart
from cdef.kernel.db import db
from cdef.kernel.turns import turn

LOCK = 20161017  # PostgreSQL's name for our turn; any number that nobody else takes
MIGRATIONS = Path(__file__).parent / "migrations"
REVISION = re.compile(r'^(revision|down_revision) = "(\w+)"$', re.MULTILINE)


class NewerSchema(CannotStart):
    """The database was made by a newer release; this one must not touch it."""


def bring_up_to_date() -> None:
    """Run the migrations that are missing; a second process waits until the first is done."""
    with one_at_a_time():
        found = version()
        if found and found not in known_revisions():
            raise NewerSchema(f"The database is at {found}, which this release does not know.")
        if found != head():
            migrate()


def migrate() -> None:
    """The libraries for it are large, and hardly any start needs them."""
    from flask_migrate import upgrade

    bind(current_app._get_current_object())  # type: ignore[attr-defined]
    upgrade()


def bind(app: Flask) -> None:
    """Let Flask-Migrate know where an app's migrations are."""
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True)


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


def version() -> str | None:
    """The migration that the database is at."""
    if not inspect(db.engine).has_table("alembic_version"):
        return None
    with db.engine.connect() as connection:
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


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
def migrations() -> dict[str, str | None]:
    """Each migration with the one before it, as their files say: to ask Alembic takes a while."""
    found = [dict(REVISION.findall(path.read_text())) for path in MIGRATIONS.glob("versions/*.py")]
    return {each["revision"]: each.get("down_revision") for each in found}


def head() -> str:
    """The newest migration."""
    (newest,) = migrations().keys() - migrations().values()
    return newest


def known_revisions() -> set[str]:
    return set(migrations())
