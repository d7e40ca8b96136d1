"""A worker that is killed again and again loses no letter, and repeats only the one in its hand.

``KILLS=200`` in the environment kills it two hundred times over two thousand letters.
"""

import os
import random
import signal
import sys
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from cdef import create_app
from cdef.kernel import clock
from cdef.kernel.db import db, transaction
from cdef.outbox import actions
from cdef.outbox.envelope import Attachment, Envelope
from cdef.outbox.models import Letter, LetterEvent
from cdef.schema import bring_up_to_date
from tests.cast import parse
from tests.outbox.mail_server import MailServer
from tests.served import Process

KILLS = int(os.environ.get("KILLS", "6"))
LETTERS = 10 * KILLS
BEGIN = datetime(2016, 10, 17, 9)
SEED = 20161017


@pytest.fixture
def settings() -> dict[str, Any]:
    return {}


def test_a_worker_killed_at_random_loses_nothing(tmp_path: Path, post: MailServer) -> None:
    chance = random.Random(SEED)
    where = {
        "SECRET_KEY": "for tests only",
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'cdef.sqlite3'}",
        "MAIL_SERVER": "127.0.0.1",
        "MAIL_PORT": post.port,
    }
    app = create_app(where | {"PRETEND_NOW": BEGIN.isoformat()})
    with app.app_context():
        bring_up_to_date()
        write_all()
        killed = 0
        for turn in range(1, 20 * KILLS):
            now = BEGIN + timedelta(minutes=16 * turn)  # beyond the lease of what was in hand
            # Each child is a fork of one process: no test of a thousand starts waits for Python.
            worker = Process(tmp_path / "said.txt", "worker", PRETEND_NOW=now.isoformat(), **where)
            if killed < KILLS:
                killed += kill_soon(worker, post, chance)
                continue
            while unsettled():
                time.sleep(0.05)
            worker.tell(signal.SIGTERM)
            worker.ended()
            break
        check_all(post, killed)
        db.session.remove()
        db.engine.dispose()


def write_all() -> None:
    calendar = Attachment("days.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" * 20)
    with transaction():
        for number in range(LETTERS):
            to = f"member{number}@example.org"
            words = f"Letter {number}\n.\n" * 20
            envelope = Envelope("returned", "team:1", to, "", "Roster", words, words, [calendar])
            actions.post(envelope, now=clock.now())


def kill_soon(worker: Process, post: MailServer, chance: random.Random) -> int:
    """Kill it at a random moment of its work: some letters further, and a little later."""
    goal = min(len(post.received) + chance.randrange(9), LETTERS - 1)
    deadline = time.monotonic() + 30
    while len(post.received) < goal and time.monotonic() < deadline:
        time.sleep(0.001)
    time.sleep(chance.random() * 0.05)
    worker.tell(signal.SIGKILL)
    worker.ended()
    return 1


def unsettled() -> int:
    db.session.rollback()
    query = select(func.count()).select_from(Letter).where(Letter.state != "handed_over")
    return db.session.scalar(query) or 0


def check_all(post: MailServer, killed: int) -> None:
    assert unsettled() == 0
    stored = dict(db.session.execute(select(Letter.message_id, Letter.raw)).all())
    arrived = Counter(str(parse(delivery.raw)["Message-ID"]) for delivery in post.received)
    assert arrived.keys() == stored.keys(), "a letter was lost"
    assert {delivery.raw for delivery in post.received} == set(stored.values())
    begun = select(Letter.message_id).join(LetterEvent, LetterEvent.letter_id == Letter.id)
    twice = begun.where(LetterEvent.state == "sending").group_by(Letter.id)
    in_flight = set(db.session.scalars(twice.having(func.count() > 1)))
    repeated = {identity for identity, times in arrived.items() if times > 1}
    assert repeated <= in_flight
    assert arrived.total() - len(arrived) <= killed
    said = (
        f"{killed} kills, {len(stored)} letters, {len(in_flight)} in flight, {len(repeated)} twice"
    )
    sys.stdout.write(f"{said}\n")  # pytest shows it with -s
