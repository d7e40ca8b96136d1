"""The worker goes on through errors and a busy database, and stops when it is told to."""

import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from cdef.kernel.db import db
from cdef.outbox import lease_actions, worker
from tests.cast import Mailbox
from tests.conftest import on_sqlite
from tests.outbox.conftest import Write
from tests.outbox.mail_server import MailServer

pytestmark = on_sqlite


@pytest.fixture
def settings(settings: dict[str, Any], database: str) -> dict[str, Any]:
    """A database that is waited for a fiftieth of a second."""
    return settings | {"SQLALCHEMY_DATABASE_URI": f"{database}?timeout=0.02"}


@pytest.fixture(autouse=True)
def _quick_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "PAUSE", 0.01)


class Locked:
    """The database, held by somebody else."""

    def __init__(self, folder: Path) -> None:
        self.other = sqlite3.connect(
            folder / "test.sqlite3", isolation_level=None, check_same_thread=False
        )

    def begin(self) -> None:
        self.other.execute("BEGIN EXCLUSIVE")

    def end(self) -> None:
        self.other.execute("ROLLBACK")
        self.other.close()


def test_an_answer_waits_to_be_recorded_while_the_database_is_busy(
    write: Write,
    post: MailServer,
    mailbox: Mailbox,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    locked = Locked(tmp_path)

    def hold_for_a_while() -> None:
        locked.begin()
        threading.Timer(0.2, locked.end).start()

    post.meanwhile["."] = hold_for_a_while
    write()
    worker.work_once()
    assert [letter.state for letter in mailbox.letters()] == ["handed_over"]
    assert len(post.received) == 1
    assert "waits to be recorded" in caplog.text


def test_an_answer_is_recorded_by_a_worker_that_is_told_to_stop_while_the_database_is_busy(
    app: Flask, write: Write, post: MailServer, mailbox: Mailbox, tmp_path: Path
) -> None:
    locked, stop = Locked(tmp_path), threading.Event()

    def hold_and_stop() -> None:
        locked.begin()
        stop.set()
        threading.Timer(0.2, locked.end).start()

    post.meanwhile["."] = hold_and_stop
    write()
    db.session.rollback()
    worker.work(app, stop)
    assert [letter.state for letter in mailbox.letters()] == ["handed_over"]


def test_a_worker_that_is_told_to_stop_gives_up_an_answer_that_nobody_can_record(
    write: Write,
    post: MailServer,
    mailbox: Mailbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker, "PATIENCE", 0.05)
    locked, stop = Locked(tmp_path), threading.Event()
    post.meanwhile["."] = lambda: (locked.begin(), stop.set())
    write()
    with pytest.raises(OperationalError):
        worker.work_once(stop=stop)
    locked.end()
    assert [letter.state for letter in mailbox.letters()] == ["sending"]


def test_a_busy_database_does_not_end_the_worker(
    app: Flask,
    write: Write,
    post: MailServer,
    mailbox: Mailbox,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    write()
    db.session.rollback()
    locked = Locked(tmp_path)
    locked.begin()
    finish = worker.start(app)
    wait_for(lambda: "met an error" in caplog.text)
    locked.end()
    post.wait()
    finish()
    assert [letter.state for letter in mailbox.letters()] == ["handed_over"]


def test_an_unforeseen_error_does_not_end_the_worker(
    app: Flask,
    write: Write,
    post: MailServer,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    claim, errors = lease_actions.claim, [ZeroDivisionError("by nobody")]

    def claim_badly_once(*args: int, **options: Any) -> list[lease_actions.Lease]:
        if errors:
            raise errors.pop()
        return claim(*args, **options)

    monkeypatch.setattr(lease_actions, "claim", claim_badly_once)
    write()
    db.session.rollback()
    finish = worker.start(app)
    post.wait()
    finish()
    assert "by nobody" in caplog.text


def test_a_worker_that_is_told_to_stop_finishes_the_letter_in_hand_and_no_more(
    app: Flask, write: Write, post: MailServer, mailbox: Mailbox
) -> None:
    stop = threading.Event()
    post.meanwhile["."] = stop.set
    for number in range(3):
        write(f"member{number}@example.org")
    db.session.rollback()
    thread = threading.Thread(target=worker.work, args=(app, stop))
    thread.start()
    thread.join(timeout=10)
    assert not thread.is_alive()
    states = [letter.state for letter in mailbox.letters()]
    assert states == ["handed_over", "queued", "queued"]


def test_new_letters_are_found_while_it_runs(app: Flask, write: Write, post: MailServer) -> None:
    finish = worker.start(app)
    for number in (1, 2):
        write(f"member{number}@example.org")
        db.session.rollback()
        post.wait(count=number)
    finish()


def test_a_finished_worker_leaves_no_thread(app: Flask) -> None:
    worker.start(app)()
    assert "mail worker" not in {thread.name for thread in threading.enumerate()}


def wait_for(holds: Any) -> None:
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.005)
