"""A copy that was brought back: its letters are held, and nothing goes out until staff say so."""

from datetime import datetime

from sqlalchemy import Select, select

from cdef.kernel import audit
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.problems import refusal
from cdef.outbox import rules
from cdef.outbox.actions import move
from cdef.outbox.models import Letter
from cdef.outbox.quarantine_models import Quarantine

ABOUT = "outbox"  # How the timeline names it.


def start(*, copied_at: datetime, now: datetime) -> None:
    """Hold every letter that had not left when the copy was made, and stop the worker."""
    with transaction():
        db.session.add(Quarantine(copied_at=copied_at, since=now))
        for letter in db.session.scalars(unsent().order_by(Letter.id)):
            move(letter, "hold", now=now, answer=rules.RESTORED)
            letter.lease_key = letter.lease_until = letter.waits_since = None
        audit.record(ABOUT, "brought back a copy of the database", by=None, now=now)


def unsent() -> Select[Letter]:
    return select(Letter).where(Letter.state.in_(("queued", "deferred", "sending")))


def present() -> Quarantine | None:
    return db.session.scalar(select(Quarantine).where(Quarantine.ended_at.is_(None)))


def is_on() -> bool:
    """A look without the write lock, for the worker's rounds; it leaves no lock behind."""
    found = present() is not None
    db.session.rollback()
    return found


def end(*, by: Someone, now: datetime) -> None:
    """Letters go out again; those that were held stay so, each until somebody decides on it."""
    with transaction():
        for quarantine in db.session.scalars(
            select(Quarantine).where(Quarantine.ended_at.is_(None))
        ):
            quarantine.ended_at, quarantine.ended_by = now, by.email
            audit.record(ABOUT, "let letters go out again", by=by, now=now)


def is_in_doubt(letter: Letter) -> bool:
    """Whether it was held because nobody knows if it went out after the copy was made."""
    return letter.state == "held" and letter.reason == rules.RESTORED


def release(letter: Letter, *, by: Someone, now: datetime) -> None:
    """Staff know that it never went out."""
    with transaction(letter):
        check_in_doubt(letter)
        move(letter, "release", now=now, answer=f"Released by {by.name or by.email}.")
        letter.due_at = letter.waits_since = max(letter.due_at, now)


def drop(letter: Letter, *, by: Someone, now: datetime) -> None:
    """Staff know that it went out, or that nobody needs it any more."""
    with transaction(letter):
        check_in_doubt(letter)
        move(letter, "cancel", now=now, answer=f"Set aside by {by.name or by.email}.")


def check_in_doubt(letter: Letter) -> None:
    if not is_in_doubt(letter):
        raise refusal("This letter has been dealt with meanwhile.")
