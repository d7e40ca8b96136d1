"""Whether all is well, for whatever watches the app: alive, ready to work, and in figures."""

import hmac
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from flask import Blueprint, Flask, Response, abort, current_app, jsonify, request
from prometheus_client.core import GaugeMetricFamily
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from cdef.config import LOOPBACK, MEGABYTE, is_outside
from cdef.kernel import clock, metrics
from cdef.kernel.access import network, open_to_all
from cdef.kernel.db import db, wal_is_sound
from cdef.outbox import queries
from cdef.outbox.rules import QUARANTINE, trouble
from cdef.schema import misfit

blueprint = Blueprint("health", __name__)
Probe = Callable[[], str | None]  # What is wrong, in a sentence.
SILENT = "The database does not answer."
SHUT = "Nothing can be written into the database."
UNSOUND = (
    "The database is in WAL mode, in which this SQLite may lose what was saved. "
    "Stop every program that has it open, and start the app again."
)


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)


@blueprint.get("/healthz/live")
@open_to_all
def live() -> Response:
    """The process answers, whatever becomes of the database."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/healthz/ready")
@open_to_all
def ready() -> tuple[Response, int]:
    """Each probe with what it found; once the database is silent, no more are tried."""
    found: dict[str, str] = {}
    for name, (probe, otherwise) in PROBES.items():
        found[name] = ask(probe, otherwise) or "ok"
        if found[name] == SILENT:
            break
    problems = [sentence for sentence in found.values() if sentence != "ok"]
    answer = jsonify(ready=not problems, problems=problems, checks=found)
    return answer, 503 if problems else 200


def ask(probe: Probe, otherwise: str) -> str | None:
    try:
        return probe()
    except DBAPIError as error:
        current_app.logger.warning("a probe failed: %s", error.orig)
        return otherwise
    finally:
        db.session.rollback()


def answering() -> None:
    db.session.execute(text("SELECT 1"))


def writing() -> None:
    """Write under the lock what is there already, and take it back.

    Once a second, however many ask: the page is open to all, and each time keeps others waiting.
    """
    if monotonic() < current_app.extensions.get("writable until", 0):
        return
    with db.engine.connect() as connection:
        connection.execution_options(writing=True)
        connection.execute(text("UPDATE alembic_version SET version_num = version_num"))
        connection.rollback()
    current_app.extensions["writable until"] = monotonic() + 1


def disk() -> str | None:
    """Tonight's copy must find room, and so must what comes in meanwhile."""
    file = Path(str(db.engine.url.database))
    is_file = db.engine.dialect.name == "sqlite"
    free = shutil.disk_usage(file.parent if is_file else tempfile.gettempdir()).free
    least = current_app.config["FREE_DISK_MB"] * MEGABYTE + (file.stat().st_size if is_file else 0)
    return f"Less than {least // MEGABYTE} MB are free on the disk." if free < least else None


def library() -> str | None:
    """A file that something else has put into a mode which is not safe with this SQLite."""
    if db.engine.dialect.name != "sqlite" or wal_is_sound(sqlite3.sqlite_version_info):
        return None
    return UNSOUND if db.session.scalar(text("PRAGMA journal_mode")) == "wal" else None


def letters() -> str | None:
    now = clock.now()
    oldest, _, is_quarantined = queries.concerns(now)
    return QUARANTINE if is_quarantined else trouble(oldest, now)


# What is asked, in this order, and what it means when the database refuses the question.
PROBES: dict[str, tuple[Probe, str]] = {
    "database": (answering, SILENT),
    "schema": (misfit, SILENT),
    "writing": (writing, SHUT),
    "library": (library, SILENT),
    "disk": (disk, SILENT),
    "letters": (letters, SILENT),
}


@blueprint.get("/metrics")
@open_to_all
def figures() -> Response:
    if not may_watch():
        abort(404)
    return metrics.answer(*outbox_figures())


def may_watch() -> bool:
    """Whoever has the token; without one, whoever asks from this machine, and not through a proxy."""
    token = current_app.config["METRICS_TOKEN"]
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    is_known = bool(current_app.config["PROXIES"]) or not is_outside(current_app.config)
    return is_known and network() in LOOPBACK


def outbox_figures() -> list[GaugeMetricFamily]:
    now = clock.now()
    oldest, failed, is_quarantined = queries.concerns(now)
    states = GaugeMetricFamily("cdef_letters", "Letters by state", labels=["state"])
    for state, number in queries.counts().items():
        states.add_metric([state], number)
    waits = (now - oldest).total_seconds() if oldest else 0
    return [
        states,
        GaugeMetricFamily("cdef_oldest_letter_seconds", "How long one waits to leave", waits),
        GaugeMetricFamily("cdef_letters_to_mend", "Failed, and nobody's work yet", failed),
        GaugeMetricFamily("cdef_quarantine", "1 in a copy that sends nothing", is_quarantined),
    ]
