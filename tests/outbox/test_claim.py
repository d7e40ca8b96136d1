"""A letter goes to one worker at a time, comes back when that worker is gone, and never too late."""

import threading
from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import select

from cdef.kernel import clock
from cdef.kernel.db import db
from cdef.outbox import lease_actions, rules, worker
from cdef.outbox.models import Letter
from tests.cast import STAFF, Cast, Mailbox
from tests.conftest import both_databases
from tests.outbox.conftest import Write
from tests.outbox.mail_server import MailServer, free_port
from tests.pages import Browser


@both_databases
def test_two_workers_at_once_hand_each_letter_over_exactly_once(
    app: Flask, write: Write, post: MailServer, mailbox: Mailbox
) -> None:
    letters = [write(f"member{number}@example.org").to_email for number in range(12)]
    start = threading.Barrier(2)

    def run() -> None:
        with app.app_context():
            start.wait()
            while worker.work_once():
                pass

    db.session.rollback()
    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(to for delivery in post.received for to in delivery.to) == Counter(letters)
    assert {(letter.state, letter.attempts) for letter in mailbox.letters()} == {("handed_over", 1)}


@both_databases
def test_a_leased_letter_is_nobody_elses_until_the_lease_is_over(write: Write, cast: Cast) -> None:
    letter_id = write().id
    assert [lease[0] for lease in lease_actions.claim(5, now=clock.now())] == [letter_id]
    cast.later(seconds=rules.LEASE.total_seconds() - 5)
    assert lease_actions.claim(5, now=clock.now()) == []
    cast.later(seconds=6)
    assert [lease[0] for lease in lease_actions.claim(5, now=clock.now())] == [letter_id]


@pytest.mark.postgresql
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_worker_does_not_wait_for_a_letter_that_another_has_in_hand(write: Write) -> None:
    """SQLite locks the whole file, for the moment that a lease takes."""
    first, second = write().id, write().id
    with db.engine.connect() as other:
        other.execute(select(Letter.id).where(Letter.id == first).with_for_update())
        assert [lease[0] for lease in lease_actions.claim(5, now=clock.now())] == [second]


def test_the_longest_waiting_letter_goes_first(write: Write, cast: Cast) -> None:
    older = write().id
    cast.later(seconds=1)
    newer = write().id
    assert [lease[0] for lease in lease_actions.claim(5, now=clock.now())] == [older, newer]


def test_a_letter_is_not_claimed_before_its_time(
    write: Write, post: MailServer, cast: Cast
) -> None:
    post.answers["RCPT"] = ["451 Later"]
    write()
    worker.work_once()
    assert lease_actions.claim(5, now=clock.now()) == []


@pytest.mark.parametrize(("minutes", "state"), [(29, "handed_over"), (31, "cancelled")])
def test_a_sign_in_letter_is_sent_in_time_or_not_at_all(
    app: Flask,
    browser: Browser,
    cast: Cast,
    post: MailServer,
    mailbox: Mailbox,
    minutes: int,
    state: str,
) -> None:
    cast.staff()
    app.extensions["mail"].port = free_port()
    browser.get("/sign-in")
    browser.submit("/sign-in", email=STAFF)
    worker.work_once()
    app.extensions["mail"].port = post.port
    cast.later(minutes=minutes)
    worker.work_once()
    (letter,) = mailbox.letters("sign_in")
    assert letter.state == state
    assert len(post.received) == (state == "handed_over")


def test_a_letter_that_expires_while_nobody_answers_is_cancelled_with_the_reason(
    app: Flask, write: Write, cast: Cast, mailbox: Mailbox
) -> None:
    app.extensions["mail"].port = free_port()
    write(expires_at=clock.now())
    worker.work_once()
    (letter,) = mailbox.letters()
    assert (letter.state, letter.reason) == ("cancelled", rules.TOO_LATE)


def test_a_letter_without_an_end_is_never_too_late(
    write: Write, cast: Cast, post: MailServer
) -> None:
    write()
    cast.later(days=400)
    worker.work_once()
    assert len(post.received) == 1
