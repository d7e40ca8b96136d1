"""Without a mail server letters are held and can be read; they go out once there is one."""

import threading
from typing import Any

import pytest
from flask import Flask

from cdef.kernel import clock
from cdef.kernel.db import db, transaction
from cdef.outbox import actions, chores, worker
from tests.cast import STAFF, Cast, Mailbox
from tests.conftest import both_databases
from tests.outbox.conftest import Write
from tests.outbox.mail_server import MailServer


@pytest.fixture
def settings() -> dict[str, Any]:
    return {"MAIL_SERVER": ""}


def serve_by(app: Flask, post: MailServer) -> None:
    """What an operator sets, and a start takes up."""
    app.config["MAIL_SERVER"] = app.extensions["mail"].server = "127.0.0.1"
    app.extensions["mail"].port = post.port


@both_databases
def test_held_letters_go_out_when_the_worker_starts_with_a_server(
    app: Flask, write: Write, post: MailServer, mailbox: Mailbox
) -> None:
    write("imogen.castellanos@example.org")
    write("beatriz.holloway@example.org")
    assert {letter.state for letter in mailbox.letters()} == {"held"}
    serve_by(app, post)
    db.session.rollback()  # The test reads no more, so the worker can write.
    finish = worker.start(app)
    delivered = post.wait(count=2)
    finish()
    assert {to for delivery in delivered for to in delivery.to} == {
        "imogen.castellanos@example.org",
        "beatriz.holloway@example.org",
    }
    (letter, _) = mailbox.letters()
    assert [event.state for event in letter.history] == [
        "held",
        "queued",
        "sending",
        "handed_over",
    ]


def test_a_worker_without_a_server_touches_no_letter_and_ends_when_told(
    app: Flask, write: Write, mailbox: Mailbox
) -> None:
    write()
    stop = threading.Event()
    chores.add(app, lambda *, now: bool(stop.set()), every=0)
    worker.work(app, stop)
    assert [letter.state for letter in mailbox.letters()] == ["held"]


def test_what_is_held_for_another_reason_stays_held(
    app: Flask, write: Write, mailbox: Mailbox, post: MailServer
) -> None:
    write()
    serve_by(app, post)
    actions.release_unserved(now=clock.now())
    with transaction():
        actions.move(mailbox.letters()[0], "hold", now=clock.now(), answer="This is a copy.")
    assert actions.release_unserved(now=clock.now()) == 0
    assert [letter.state for letter in mailbox.letters()] == ["held"]


def test_a_held_letter_is_no_trouble(app: Flask, write: Write, cast: Cast) -> None:
    write()
    cast.later(days=3)
    assert app.test_client().get("/healthz/ready").status_code == 200


def test_a_released_letter_is_late_only_a_while_after_its_release(
    app: Flask, write: Write, cast: Cast
) -> None:
    write()
    cast.later(days=3)
    actions.release_unserved(now=clock.now())
    assert app.test_client().get("/healthz/ready").status_code == 200
    cast.later(minutes=15)
    assert app.test_client().get("/healthz/ready").status_code == 503


def test_the_outbox_says_that_there_is_no_server_and_what_to_do(cast: Cast) -> None:
    cast.staff()
    page = cast.browser(STAFF).get("/staff/outbox")
    assert "No mail server is set" in page.text()
    assert "CDEF_MAIL_SERVER" in page.text()
