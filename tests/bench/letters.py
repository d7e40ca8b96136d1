"""Confirmations on their way to a mail server, beside Flask-Mail with ready-made messages."""

from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask, current_app
from flask_mail import Message
from sqlalchemy import select
from sqlalchemy.orm import undefer

from cdef import create_app
from cdef.kernel import clock, tokens
from cdef.kernel.db import db, transaction
from cdef.outbox import actions, sender, worker
from cdef.outbox.envelope import Envelope
from cdef.outbox.models import Letter
from cdef.registrations import letters as written
from cdef.registrations.actions import PERSONAL, PERSONAL_LINK_LASTS
from cdef.registrations.models import Registration
from cdef.schema import bring_up_to_date
from cdef.serve import fill
from tests.bench import servers
from tests.bench.data import Data, settings
from tests.bench.measure import HANDED_OVER, Row, Scale, timed
from tests.cast import Cast

LETTERS, AT_ONCE = 1000, 50
PARTS = 3  # of each letter, which are days in a calendar


def letters(
    _app: servers.Server, _floor: servers.Server, data: Data, scale: Scale
) -> Iterator[Row]:
    """Milliseconds for a letter: written, stored and sent; and sent alone. The floor is Flask-Mail's."""
    number = min(LETTERS, 5 * scale.asks)
    with TemporaryDirectory(prefix="cdef-bench-letters-") as folder:
        path = Path(folder) / "letters.sqlite3"
        with (
            servers.running("-m", "tests.bench.sink", database=path) as sink,
            Path(folder, "written-down.txt").open("w") as log,
            redirect_stderr(log),  # A line for each letter, as in the server.
        ):
            app = make(path, sink.port)
            with app.app_context():
                registration = approved(app)
                messages = ready_made(registration, number)
                floor = timed(lambda: send_ready_made(app, messages)) / number
                whole = timed(lambda: write_and_send(registration, number)) / number
                stored = stored_letters(number)
                alone = timed(lambda: hand_over(stored)) / number
                db.session.remove()
                db.engine.dispose()
    yield Row("letters", 1, data.people, whole, floor, whole / floor)
    yield Row("letters", 1, data.people, alone, floor, alone / floor, unit=HANDED_OVER)


def make(path: Path, port: int) -> Flask:
    app = create_app(settings(path) | {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": port})
    with app.app_context():
        bring_up_to_date()
        fill()
    return app


def approved(app: Flask) -> Registration:
    """A team whose members are told of three days, as the bench asks for."""
    team = Cast(app).approved()
    with transaction():
        for meeting in team.cohort.meetings:
            if len(meeting.days) > 1:
                meeting.days.pop()
    empty()
    return team.registration


def envelopes(registration: Registration, number: int) -> Iterator[tuple[Envelope, tokens.Issued]]:
    """Confirmations of the team's members, each with a link of its own and three days."""
    members, left = registration.team.members, number
    while left > 0:  # Each time round is what the approval of a team writes.
        readers = [(member, tokens.fresh()) for member in members[:left]]
        found = written.confirmations(registration, readers, now=clock.now())
        for envelope, (_, issued) in zip(found, readers, strict=True):
            if len(envelope.attachments) != PARTS:
                raise RuntimeError(f"a letter has {len(envelope.attachments)} parts, not {PARTS}")
            yield envelope, issued
        left -= len(readers)


def ready_made(registration: Registration, number: int) -> list[Message]:
    """The same letters as Flask-Mail's messages, before the watch is started."""
    found = []
    for envelope, _ in envelopes(registration, number):
        message = Message(
            envelope.subject,
            [envelope.to_email],
            envelope.text,
            envelope.html,
            sender="t@example.org",
        )
        for part in envelope.attachments:
            message.attach(part.name, part.type, part.content)
        found.append(message)
    return found


def send_ready_made(app: Flask, messages: list[Message]) -> None:
    with app.extensions["mail"].connect() as connection:
        for message in messages:
            connection.send(message)


def write_and_send(registration: Registration, number: int) -> None:
    """As an approval does it, in transactions of fifty letters; then the worker's own rounds."""
    waiting = []
    for envelope, issued in envelopes(registration, number):
        waiting.append((actions.freeze(envelope, now=clock.now()), envelope.to_email, issued))
        if len(waiting) == AT_ONCE:
            store(waiting)
            waiting.clear()
    store(waiting)
    empty()


def empty() -> None:
    """What the worker does, which keeps nothing in memory of those who wrote the letters."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with app.app_context():
        while worker.work_once():
            pass


def store(waiting: list[tuple[Letter, str, tokens.Issued]]) -> None:
    with transaction():
        for letter, email, issued in waiting:
            tokens.issue(
                PERSONAL, email, lifetime=PERSONAL_LINK_LASTS, now=clock.now(), issued=issued
            )
            db.session.add(letter)


def stored_letters(number: int) -> list[Letter]:
    query = select(Letter).order_by(Letter.id.desc()).limit(number).options(undefer(Letter.raw))
    found = list(db.session.scalars(query))
    db.session.expunge_all()
    return found


def hand_over(stored: list[Letter]) -> None:
    connection = sender.connect()
    for letter in stored:
        verdict = sender.deliver(connection, letter)
        if verdict.verb != "hand_over":
            raise RuntimeError(verdict.answer)
    connection.close()
