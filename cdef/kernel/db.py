"""Storage: the base class of all models, the UTC type and the one transaction helper."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, TypeVar

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    MetaData,
    Text,
    TypeDecorator,
    event,
    inspect,
)
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.orm.interfaces import ORMOption

from cdef.kernel.metrics import WAITS

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
# The releases of SQLite in which the write-ahead log's reset bug is mended.
WAL_IS_SOUND = (3, 51, 3), (3, 50, 7), (3, 44, 6)

PATIENCE = """
SELECT set_config('lock_timeout', '5s', false) WHERE current_setting('lock_timeout') = '0'
"""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database; a naive value is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """The base class of every model."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcDateTime, str: Text}  # noqa: RUF012 (SQLAlchemy's own idiom)

    @classmethod
    def decided_with(cls) -> list[ORMOption]:
        """What a transaction on such a row reads with it, as nearly every decision needs it."""
        return []


Row = TypeVar("Row", bound=Base)

# What is being written never reaches a log: names, addresses, needs.
db = SQLAlchemy(metadata=Base.metadata, engine_options={"hide_parameters": True})


@event.listens_for(Base, "init", propagate=True)
def apply_defaults(row: Base, _args: object, fields: dict[str, Any]) -> None:
    """A new row has its plain defaults at once, not only after it is written."""
    for attribute in inspect(type(row)).column_attrs:
        default = getattr(attribute.columns[0], "default", None)  # What is computed has none.
        if default is not None and default.is_scalar:
            fields.setdefault(attribute.key, default.arg)


class Vanished(LookupError):
    """A row that was there when the page was drawn has been removed since."""


def is_duplicate(error: IntegrityError) -> bool:
    """Whether a row was refused because another has what only one may have."""
    return getattr(error.orig, "sqlstate", "") == "23505" or "UNIQUE" in str(error.orig)


@contextmanager
def transaction(*rows: Base) -> Iterator[Session]:
    """Take the write lock, read the given rows anew under it, commit once.

    Whatever was read before is forgotten first, so that no decision rests on a stale value: SQLite
    locks the whole file (``BEGIN IMMEDIATE``), PostgreSQL each given row, in the order given. Inside
    another transaction this one joins it, with its rows. Any error rolls everything back; a row that
    has gone raises ``Vanished``.
    """
    session = db.session()
    if session.info.get("writing"):
        lock(session, *rows)
        yield session
        return
    began = perf_counter()
    begin_writing(session)
    try:
        lock(session, *rows)
        WAITS.observe(perf_counter() - began)
        yield session
        session.expire_on_commit = not session.info.get("keeping")
        session.info["committing"] = True
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.expire_on_commit = True
        for word in ("writing", "keeping", "held"):
            session.info.pop(word, None)


def is_in_doubt(error: DBAPIError) -> bool:
    """Whether what this session wrote may be there: its connection went away once it had said commit."""
    return error.connection_invalidated and bool(db.session().info.get("committing"))


def keep_loaded() -> None:
    """Spare the answer from reading again, after the commit, what this transaction read and wrote.

    Such an answer shows what was true at the commit, even if somebody has changed it since.
    """
    db.session().info["keeping"] = True


def end_reading() -> None:
    """Let go of what was read, before long work that needs the database no more.

    In SQLite's rollback journal a reader holds up every commit. Rows are read anew when next used.
    """
    db.session.rollback()


def begin_writing(session: Session) -> None:
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a change was made outside a transaction")
    session.rollback()
    session.expire_all()  # A transaction that kept its rows may have gone before.
    session.connection(execution_options={"writing": True})
    session.info.update(writing=True, held=set())


def lock(session: Session, *rows: Base) -> None:
    """Hold rows until the commit, with their values as they are now."""
    for row in rows:
        if row not in session.info["held"] and not hold(type(row), inspect(row).identity):
            raise Vanished(type(row).__name__)


def hold(kind: type[Row], identity: Any) -> Row | None:
    """A row by its key, read under the lock and held until the commit; None if it is not there."""
    session = db.session()
    if session.get_bind().dialect.name != "sqlite" and kind.decided_with():
        # What is joined to a row for which PostgreSQL had to wait is as old as the question.
        session.get(kind, identity, populate_existing=True, with_for_update={"of": kind})
    found = session.get(
        kind,
        identity,
        options=kind.decided_with(),
        populate_existing=True,
        with_for_update={"of": kind},
    )
    session.info["held"].add(found)
    return found


def init_app(app: Flask) -> None:
    # A database server that was started anew costs no request its answer; a file is always there.
    is_file = app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", {"pool_pre_ping": not is_file})
    db.init_app(app)
    app.teardown_appcontext(let_go)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", configure_sqlite)
            event.listen(db.engine, "begin", begin_sqlite)
        else:
            event.listen(db.engine, "connect", configure_postgresql)


def let_go(_error: BaseException | None) -> None:
    """The answer is ready: a connection that has gone meanwhile must not take it away."""
    try:
        db.session.remove()
    except DBAPIError:
        db.session.registry.clear()  # What is left of such a session cannot even be closed.


def configure_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Durable and strict, and what is erased leaves no bytes behind; it waits for a lock as the driver does: 5 seconds, or ``?timeout=``."""
    connection.isolation_level = None  # The driver must not begin transactions; "begin" below does.
    # A journal that is cut short and synced stays short; one that is removed may come back with the
    # power, and would take the last commit away.
    journal = "WAL" if wal_is_sound(sqlite3.sqlite_version_info) else "TRUNCATE"
    for setting in (
        f"journal_mode = {journal}",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {setting}")


def configure_postgresql(connection: Any, _record: object) -> None:
    """As patient as SQLite, unless something else is set: who waits longer gets the form back."""
    with connection.cursor() as cursor:
        cursor.execute(PATIENCE)
    connection.commit()


def wal_is_sound(version: tuple[int, ...]) -> bool:
    """Whether this SQLite's write-ahead log cannot lose a page (mended in the releases above)."""
    newest = max(WAL_IS_SOUND)
    return version >= newest or any(
        version[:2] == fix[:2] and version >= fix for fix in WAL_IS_SOUND
    )


def begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
