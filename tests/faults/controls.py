"""Faults of the product itself, which the oracle must catch.

Each is planted in a server or worker of a run, before it serves, and nowhere else.
"""

import threading
import time
from collections.abc import Callable
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.postgresql.base import PGCompiler

from cdef.kernel import db
from cdef.outbox import lease_actions, sender, worker
from cdef.outbox.sender import Verdict
from cdef.registrations import actions as registrations

WHILE = 1  # second in which somebody can overtake


def without_lock(engine: Engine) -> None:
    """No row is held while seats are counted and given."""
    engine.clear_compiled_cache()
    PGCompiler.for_update_clause = lambda *_args, **_options: ""  # type: ignore[method-assign]
    carry_out = registrations.carry_out

    def slowly(*args: Any, **options: Any) -> None:
        time.sleep(WHILE)
        carry_out(*args, **options)

    registrations.carry_out = slowly


def mark_then_send(_engine: Engine) -> None:
    """A letter counts as handed over before the mail server has it."""

    def deliver(connection: sender.Connection, now: worker.Clock, stop: threading.Event) -> bool:
        leases = lease_actions.claim(1, now=now())
        for lease in leases:
            letter = lease_actions.take_out(*lease, now=now())
            worker.settle(lease, Verdict("hand_over", "It will be."), now, stop)
            if letter:
                sender.deliver(connection, letter)
        return bool(leases)

    worker.deliver = deliver


def deferred_begin(engine: Engine) -> None:
    """Whoever writes takes the lock only when they write, after they have read."""

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    event.remove(engine, "begin", db.begin_sqlite)
    event.listen(engine, "begin", begin)


def without_sync(engine: Engine) -> None:
    """Done is said before the disk has it."""

    def configure(connection: SqliteConnection, _record: object) -> None:
        connection.execute("PRAGMA synchronous = OFF")

    event.listen(engine, "connect", configure)


CONTROLS: dict[str, Callable[[Engine], None]] = {
    "without lock": without_lock,
    "mark then send": mark_then_send,
    "deferred begin": deferred_begin,
    "without sync": without_sync,
}
