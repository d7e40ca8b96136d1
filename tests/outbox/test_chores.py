"""What the worker does beside sending never stands in the way of letters, nor of each other."""

import threading
from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask

from cdef.kernel.db import db, transaction
from cdef.outbox import chores, worker
from cdef.outbox.chores import Chores
from tests.conftest import both_databases
from tests.outbox.conftest import Write
from tests.outbox.mail_server import MailServer


@pytest.fixture
def others(app: Flask) -> Iterator[None]:
    """No chore but the test's own."""
    kept = app.extensions.pop("chores")
    yield
    app.extensions["chores"] = kept


class Counted:
    """A chore that counts its pieces: so many, then none."""

    def __init__(self, pieces: int = 0) -> None:
        self.pieces, self.looks = pieces, 0

    def __call__(self, *, now: datetime) -> bool:
        self.looks += 1
        return self.looks <= self.pieces


def fail(*, now: datetime) -> bool:
    raise ZeroDivisionError(f"by nobody at {now}")


@pytest.mark.usefixtures("others")
def test_there_is_a_next_piece_at_once_and_else_a_rest(app: Flask) -> None:
    done = Counted(pieces=2)
    chores.add(app, done, every=60)
    own = Chores(app)
    assert [own.do() for _ in range(5)] == [True, True, False, False, False]
    assert done.looks == 3


@pytest.mark.usefixtures("others")
def test_an_error_is_logged_once_and_the_others_go_on(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    done = Counted(pieces=9)
    chores.add(app, fail, every=0)
    chores.add(app, done, every=0)
    own = Chores(app)
    assert [own.do() for _ in range(3)] == [True, True, True]
    assert (done.looks, caplog.text.count("ZeroDivisionError: by nobody")) == (3, 1)


@both_databases
@pytest.mark.usefixtures("others")
def test_a_chore_leaves_no_lock_behind(app: Flask, write: Write) -> None:
    write()
    chores.add(app, lambda *, now: bool(db.session.connection()), every=0)
    Chores(app).do()
    assert not db.session().in_transaction()
    with transaction():
        pass


@pytest.mark.usefixtures("others")
def test_letters_leave_while_a_chore_has_always_more_or_fails(
    app: Flask, write: Write, post: MailServer
) -> None:
    chores.add(app, fail, every=0)
    chores.add(app, Counted(pieces=10**9), every=0)
    finish = worker.start(app)
    for number in (1, 2, 3):
        write(f"member{number}@example.org")
        db.session.rollback()
        post.wait(count=number)
    finish()
    assert "mail worker" not in {thread.name for thread in threading.enumerate()}
