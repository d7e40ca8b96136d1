"""The outbox of a copy that was brought back, and a letter of which nobody knows whether it went out."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import update

from cdef.kernel import clock
from cdef.kernel.db import db, transaction
from cdef.outbox import quarantine_actions
from cdef.outbox.models import Letter
from tests.cast import FEW, STAFF, Cast, Mailbox
from tests.state import State


def in_quarantine(cast: Cast) -> Letter:
    """A team was approved, the copy was made, and is brought back a day later."""
    cast.approved(members=FEW)
    with transaction():
        db.session.execute(update(Letter).values(state="queued"))
    made = clock.now()
    cast.later(days=1)
    quarantine_actions.start(copied_at=made, now=clock.now() - timedelta(minutes=1))
    return Mailbox().letters("confirmation")[0]


def quarantine(cast: Cast) -> Iterator[State]:
    cast.staff()
    letter = in_quarantine(cast)
    staff = cast.browser(STAFF)
    yield State("outbox in quarantine", staff, staff.get("/staff/outbox"))
    yield State("letter in doubt", staff, staff.get(f"/staff/outbox/{letter.id}"))
    page = staff.submit(f"/staff/outbox/{letter.id}/drop")
    yield State("letter no longer in doubt", staff, page)
