"""When a letter is tried again, when it has failed, and whose answer counts."""

import pytest
from flask import Flask

from cdef.kernel import clock
from cdef.outbox import actions, lease_actions, rules, worker
from tests.cast import Cast, Mailbox, parse
from tests.conftest import both_databases
from tests.outbox.conftest import Write
from tests.outbox.mail_server import HANG_UP, MailServer

MINUTES = [1, 5, 15, 30, 60, 60]
BUSY = "451 4.3.2 Come back later"


@pytest.fixture(autouse=True)
def _stopped_clock(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time passes only where a test lets it."""
    now = clock.real_now()
    monkeypatch.setattr(clock, "real_now", lambda: now)


def test_a_letter_is_tried_after_1_5_15_30_minutes_and_then_hourly(
    write: Write, post: MailServer, cast: Cast, mailbox: Mailbox
) -> None:
    post.answers["."] = [BUSY] * len(MINUTES)
    write()
    for attempts, minutes in enumerate(MINUTES, start=1):
        assert worker.work_once()
        assert [letter.attempts for letter in mailbox.letters()] == [attempts]
        cast.later(minutes=minutes, seconds=-1)
        assert not worker.work_once(), f"tried too early after attempt {attempts}"
        cast.later(seconds=1)
    assert worker.work_once()
    (letter,) = mailbox.letters()
    assert (letter.state, letter.attempts) == ("handed_over", len(MINUTES) + 1)
    states = [event.state for event in letter.history]
    assert states == ["queued", *len(MINUTES) * ["sending", "deferred"], "sending", "handed_over"]


def test_every_try_sends_the_same_bytes(write: Write, post: MailServer, cast: Cast) -> None:
    post.answers["."] = [HANG_UP] * 3
    letter = write()
    raw, identity = letter.raw, letter.message_id
    for _ in range(4):
        worker.work_once()
        cast.later(hours=1)
    assert [delivery.raw for delivery in post.received] == 4 * [raw]
    assert parse(raw)["Message-ID"] == identity


@both_databases
def test_after_96_hours_it_has_failed_with_the_servers_last_words(
    write: Write, post: MailServer, cast: Cast, mailbox: Mailbox
) -> None:
    post.answers["."] = ["451 Later", "451 Tomorrow", "451 Perhaps never"]
    write()
    for hours in (95, 1):
        worker.work_once()
        assert [letter.state for letter in mailbox.letters()] == ["deferred"]
        cast.later(hours=hours)
    worker.work_once()
    (letter,) = mailbox.letters()
    assert (letter.state, letter.reason) == ("failed", "451 Perhaps never")
    cast.later(hours=1)
    assert not worker.work_once()


def test_a_letter_that_was_held_for_long_has_its_96_hours_from_the_first_try(
    app: Flask, write: Write, post: MailServer, cast: Cast, mailbox: Mailbox
) -> None:
    app.config["MAIL_SERVER"] = ""
    write()
    cast.later(days=30)
    app.config["MAIL_SERVER"] = "127.0.0.1"
    actions.release_unserved(now=clock.now())
    post.answers["."] = [BUSY]
    worker.work_once()
    assert [letter.state for letter in mailbox.letters()] == ["deferred"]


@both_databases
def test_a_worker_whose_lease_went_to_another_records_nothing(
    write: Write, cast: Cast, mailbox: Mailbox
) -> None:
    write()
    (slow,) = lease_actions.claim(1, now=clock.now())
    cast.later(seconds=rules.LEASE.total_seconds() + 1)
    (quick,) = lease_actions.claim(1, now=clock.now())
    lease_actions.settle(*slow, "fail", "550 Nobody lives here", now=clock.now())
    assert [letter.state for letter in mailbox.letters()] == ["sending"]
    lease_actions.settle(*quick, "hand_over", "Taken", now=clock.now())
    lease_actions.settle(*slow, "defer", "451 Later", now=clock.now())
    (letter,) = mailbox.letters()
    assert (letter.state, letter.reason, letter.attempts) == ("handed_over", "Taken", 1)


def test_a_late_answer_counts_while_nobody_else_has_the_letter(
    write: Write, cast: Cast, mailbox: Mailbox
) -> None:
    write()
    (lease,) = lease_actions.claim(1, now=clock.now())
    cast.later(seconds=rules.LEASE.total_seconds() + 1)
    lease_actions.settle(*lease, "hand_over", "Taken", now=clock.now())
    assert [letter.state for letter in mailbox.letters()] == ["handed_over"]


def test_an_answer_is_recorded_once(write: Write, mailbox: Mailbox) -> None:
    write()
    (lease,) = lease_actions.claim(1, now=clock.now())
    for verb in ("hand_over", "defer"):
        lease_actions.settle(*lease, verb, "", now=clock.now())
    (letter,) = mailbox.letters()
    assert (letter.state, letter.attempts) == ("handed_over", 1)
