"""A substitute comes no more: for the decisions that end it, and for the member's own."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from cdef.kernel import audit
from cdef.kernel.access import Someone
from cdef.kernel.db import db
from cdef.outbox.actions import cancel_letters, post
from cdef.outbox.envelope import Envelope
from cdef.outbox.models import Letter
from cdef.registrations import substitute_letters as letters
from cdef.registrations.substitute_models import Substitute
from cdef.registrations.substitute_rules import ACCEPTED, OPEN, next_state

CONFIRMED = "substitute_confirmed"
MOVED = "The dates or the place of this meeting have changed."
NO_PLACE = "The team does not have its seats any more."
OFF_ROSTER = "{} is not on the team any more."


def end(substitute: Substitute, because: str, *, by: Someone | None, now: datetime) -> None:
    """In the caller's transaction; whoever holds entries of the meeting loses them."""
    was = substitute.state
    substitute.state = next_state(was, "end")
    substitute.decided_at = now
    record(substitute, "ended that {} comes to {}", by=by, now=now)
    holds = has_left(substitute, CONFIRMED)
    cancel_letters(substitute.letter_ids or [], reason=because, now=now)
    if was == ACCEPTED and holds:
        substitute.turn += 1
        send(substitute, letters.ended(substitute, because, now=now), now=now)


def send(substitute: Substitute, envelope: Envelope, *, now: datetime) -> None:
    """Post a letter, and keep in mind that it is about this substitute alone."""
    letter = post(envelope, now=now)
    db.session.flush()
    substitute.letter_ids = [*(substitute.letter_ids or []), letter.id]


def has_left(substitute: Substitute, kind: str) -> bool:
    query = select(Letter.id).where(
        Letter.id.in_(substitute.letter_ids or []),
        Letter.kind == kind,
        Letter.state.in_(("sending", "handed_over")),
    )
    return db.session.scalar(query.limit(1)) is not None


def end_for(
    found: Collection[Substitute], because: str, *, by: Someone | None = None, now: datetime
) -> None:
    """End those of them that are open, in the caller's transaction."""
    for substitute in found:
        if substitute.state in OPEN:
            end(substitute, because, by=by, now=now)
    db.session.flush()


def record(substitute: Substitute, what: str, *, by: Someone | None, now: datetime) -> None:
    meeting = (
        f"{substitute.meeting.training_session.name} in the place of {substitute.member.called}"
    )
    said = what.format(substitute.name, meeting)
    audit.record(substitute.team.about, said, by=by, now=now)
