"""Alembic's entry: migrations run on the app's own engine, in one transaction each."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, cast

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from flask import current_app
from sqlalchemy import Connection

from cdef.config import CannotStart
from cdef.kernel.db import Base, UtcDateTime


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our UTC type as the plain column that it is, so that old migrations keep running."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


@contextmanager
def tables_may_be_rebuilt(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, which no row that refers to it may notice.

    The setting cannot change inside a transaction, so it is the connection's before the first.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    plain: Any = connection.connection.driver_connection
    plain.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        plain.execute("PRAGMA foreign_keys = ON")


def check_references(ctx: MigrationContext, **_: object) -> None:
    """Let no migration commit that leaves a row referring to one that is not there."""
    if ctx.connection is None or ctx.dialect.name != "sqlite":
        return
    lost = ctx.connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if lost:
        tables = ", ".join(sorted({row[0] for row in lost}))
        raise CannotStart(
            f"The database was not changed: rows of {tables} refer to rows that are not there."
        )


def run() -> None:
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection, tables_may_be_rebuilt(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            render_item=render_item,
            transaction_per_migration=True,
            on_version_apply=cast(Any, check_references),
        )
        with context.begin_transaction():
            context.run_migrations()


run()
