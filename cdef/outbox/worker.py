"""The worker: leases what is due, hands it over outside any transaction, records the answer."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from flask import Flask

from cdef.kernel import clock
from cdef.outbox import actions, sender
from cdef.outbox.sender import Connection, Verdict

BATCH = 20
PAUSE = 0.5  # seconds between looks at an empty outbox
log = logging.getLogger(__name__)
Claimed = list[tuple[int, str]]


def work(app: Flask, stop: threading.Event) -> None:
    """Empty the outbox until told to stop; an error is logged, and never ends the worker."""
    with app.app_context():
        if app.config["MAIL_SERVER"]:
            actions.release_unserved(now=clock.now())
    while not stop.is_set():
        try:
            with app.app_context():
                busy = work_once()
        except Exception:
            log.exception("the mail worker met an error and goes on")
            busy = False
        if not busy:
            stop.wait(PAUSE)


def work_once(now: Callable[[], datetime] = clock.now) -> bool:
    """Deal with one batch; whether there was one."""
    claimed = actions.claim(BATCH, now=now()) if actions.is_any_due(now=now()) else []
    if not claimed:
        return False
    try:
        connection = sender.connect()
    except sender.FAILURES as error:
        settle_all(claimed, Verdict("defer", sender.sentence(error)), now)
        return True
    try:
        deliver_all(connection, claimed, now)
    finally:
        connection.close()
    return True


def deliver_all(connection: Connection, claimed: Claimed, now: Callable[[], datetime]) -> None:
    """Hand over one by one; once the connection has broken, the rest waits for the next."""
    for place, (letter_id, lease_key) in enumerate(claimed):
        letter = actions.take_out(letter_id, lease_key)
        if letter is None:
            continue
        verdict = sender.deliver(connection, letter)
        actions.settle(letter_id, lease_key, verdict.verb, verdict.answer, now=now())
        if verdict.verb == "defer" and not is_alive(connection):
            settle_all(claimed[place + 1 :], verdict, now)
            return


def is_alive(connection: Connection) -> bool:
    try:
        return connection.host is not None and connection.host.noop()[0] == 250
    except sender.FAILURES:
        return False


def settle_all(claimed: Claimed, verdict: Verdict, now: Callable[[], datetime]) -> None:
    for letter_id, lease_key in claimed:
        actions.settle(letter_id, lease_key, verdict.verb, verdict.answer, now=now())


def start(app: Flask) -> Callable[[], None]:
    """Run the worker beside the server; the returned function stops it after its letter in hand."""
    stop = threading.Event()
    thread = threading.Thread(target=work, args=(app, stop), name="mail worker", daemon=True)
    thread.start()

    def finish() -> None:
        stop.set()
        thread.join(timeout=10)

    return finish
