"""The worker: leases what is due, hands it over outside any transaction, records the answer."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from math import inf

from flask import Flask
from sqlalchemy.exc import OperationalError

from cdef.kernel import clock, trace
from cdef.kernel.metrics import ROUNDS
from cdef.outbox import actions, lease_actions, quarantine_actions, rules, sender
from cdef.outbox.chores import Chores
from cdef.outbox.lease_actions import Content, Lease
from cdef.outbox.sender import Connection, Verdict

BATCH = 20  # letters that one connection carries
PAUSE = 0.5  # seconds between looks at an empty outbox
PATIENCE = 10  # seconds that the letter in hand has when the server stops, and so has its answer
OVERTAKEN = Verdict("defer", rules.TOO_LATE)  # which cancels it, if it still is this worker's
log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


def work(app: Flask, stop: threading.Event) -> None:
    """Empty the outbox until told to stop; an error is logged, and never ends the worker.

    Without a mail server letters are held, and only the chores remain; in quarantine nothing does.
    """
    chores, has_released = Chores(app), False
    while not stop.is_set():
        is_busy = False
        try:
            with app.app_context():
                if not quarantine_actions.is_on():
                    if app.config["MAIL_SERVER"]:
                        has_released = has_released or release()
                        is_busy = work_once(stop=stop)
                    is_busy = (not stop.is_set() and chores.do()) or is_busy
            ROUNDS.labels("busy" if is_busy else "idle").inc()
        except Exception:
            ROUNDS.labels("error").inc()
            log.exception("the mail worker met an error and goes on")
            stop.wait(10 * PAUSE)
        if not is_busy:
            stop.wait(PAUSE)


def release() -> bool:
    """There is a mail server now: what was held for want of one goes out."""
    actions.release_unserved(now=clock.now())
    return True


def work_once(now: Clock = clock.now, *, stop: threading.Event | None = None) -> bool:
    """Deal with what is due, as far as one connection goes; whether there was anything."""
    stop = stop or threading.Event()
    if not lease_actions.is_any_due(now=now()):
        return False
    try:
        connection = sender.connect()
    except sender.FAILURES as error:
        return postpone(Verdict("defer", sender.sentence(error)), now, stop)
    try:
        return deliver(connection, now, stop)
    finally:
        connection.close()


def postpone(verdict: Verdict, now: Clock, stop: threading.Event) -> bool:
    """Nobody answers: what is due waits for its next turn; whether there was anything."""
    leases = lease_actions.claim(BATCH, now=now())
    for lease in leases:
        settle(lease, verdict, now, stop)
    return bool(leases)


def deliver(connection: Connection, now: Clock, stop: threading.Event) -> bool:
    """Lease, hand over and settle letter by letter, so that a crash leaves one in doubt at most.

    An answer is recorded in the transaction that leases the next letter: each costs one commit.
    """
    leases = [] if stop.is_set() else lease_actions.claim(1, now=now())
    has_begun = bool(leases)
    for left in reversed(range(BATCH if leases else 0)):
        letter = lease_actions.take_out(*leases[0], now=now())
        verdict = hand(connection, letter) if letter else OVERTAKEN
        goes_on = verdict.verb == "hand_over" or connection.is_usable()
        leases = settle(leases[0], verdict, now, stop, claims=left > 0 and goes_on)
        if not leases:
            break
    return has_begun


def hand(connection: Connection, letter: Content) -> Verdict:
    """Send it; the log says so under the number of the request that wrote it."""
    with trace.about(letter.request_id):
        verdict = sender.deliver(connection, letter)
        log.info("tried a letter", extra={"facts": {"letter": letter.id, "became": verdict.verb}})
    return verdict


def settle(
    lease: Lease, verdict: Verdict, now: Clock, stop: threading.Event, *, claims: bool = False
) -> list[Lease]:
    """Record the answer however long the database is busy: what arrived must not be sent again.

    A worker that is told to stop tries on for ``PATIENCE``; what it gives up then, another sends again.
    """
    until = inf
    while True:
        try:
            more = claims and not stop.is_set()
            return lease_actions.settle_and_claim(
                *lease, verdict.verb, verdict.answer, more=int(more), now=now()
            )
        except OperationalError:
            if stop.is_set():
                until = min(until, time.monotonic() + PATIENCE)
            if time.monotonic() >= until:
                raise
            log.warning("the database is busy: the answer to a letter waits to be recorded")
            time.sleep(PAUSE)


def start(app: Flask) -> Callable[[], None]:
    """Run the worker beside the server; the returned function stops it after its letter in hand."""
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(app, stop), name="mail worker", daemon=True)
    thread.start()

    def finish() -> None:
        stop.set()
        thread.join(timeout=PATIENCE)

    return finish
