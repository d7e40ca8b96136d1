"""Reminding people of the meetings that are near: computed from what holds, and once for each fact."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from cdef.accounts.rules import PERSONAL_LINK_LASTS
from cdef.kernel import audit, tokens
from cdef.kernel.db import db, end_reading, transaction
from cdef.kernel.tokens import Issued
from cdef.kernel.words import local_day, plural
from cdef.outbox.actions import freeze
from cdef.outbox.models import Letter
from cdef.outbox.suppression_rules import STOP, STOP_LASTS
from cdef.participants.letters import meeting_reminder
from cdef.participants.reminder_models import Expected, owed_now
from cdef.registrations.actions import PERSONAL
from cdef.registrations.reminder_models import (
    Reminder,
    meetings_between,
    reminder_of,
    terms_of,
)
from cdef.registrations.reminder_rules import MOST_DAYS, Turn, turn_at
from cdef.registrations.substitute_models import Substitute
from cdef.series.models import Meeting

CHUNK = 25  # letters that one transaction writes


class Ready(NamedTuple):
    """A letter that is ready to be posted, and what its links are proved by."""

    letter: Letter
    own: Issued
    stop: Issued


def write_reminders(*, now: datetime) -> bool:
    """Write the next reminders that are due; whether there were any.

    The letters are written before the transaction. In it everything is asked again, so that two
    workers, or a publication meanwhile, make no letter too many.
    """
    today = local_day(now)
    for meeting in meetings_between(today, today + timedelta(days=MOST_DAYS)):
        turn = due(meeting, now)
        people = owed_now(meeting, turn, CHUNK) if turn else {}
        if turn and people:
            ready = {email: written(each, meeting, now) for email, each in people.items()}
            sequence = meeting.sequence
            end_reading()
            return post_all(meeting, turn, ready, sequence=sequence, now=now) > 0
    return False


def due(meeting: Meeting, now: datetime) -> Turn | None:
    terms = terms_of(meeting.cohort.series)
    return turn_at(meeting.dates[0], meeting.starts, terms.days, now)


def written(person: Expected, meeting: Meeting, now: datetime) -> Ready:
    own, stop = tokens.fresh(), tokens.fresh()
    envelope = meeting_reminder(person, meeting, own, stop, now=now)
    return Ready(freeze(envelope, now=now), own, stop)


def post_all(
    meeting: Meeting, turn: Turn, ready: dict[str, Ready], *, sequence: int, now: datetime
) -> int:
    """Post what is still owed; how many letters those are."""
    with transaction(meeting.cohort, meeting):
        if meeting.sequence != sequence or not meeting.is_held or due(meeting, now) != turn:
            return 0
        owed = owed_now(meeting, turn, CHUNK)
        still = [person for email, person in owed.items() if email in ready]
        for person in still:
            post_one(person, meeting, turn, ready[person.email], now=now)
        tell_timeline(meeting, turn, still, now=now)
        return len(still)


def post_one(
    person: Expected, meeting: Meeting, turn: Turn, ready: Ready, *, now: datetime
) -> None:
    """A reminder whose letter was cancelled, and that is owed again, has another letter."""
    db.session.add(ready.letter)
    db.session.flush()
    email = person.email
    tokens.issue(PERSONAL, email, lifetime=PERSONAL_LINK_LASTS, now=now, issued=ready.own)
    tokens.issue(STOP, email, lifetime=STOP_LASTS, now=now, issued=ready.stop)
    row = reminder_of(meeting, turn.days, email)
    if row is None:
        row = Reminder(meeting_id=meeting.id, on=meeting.dates[0], days=turn.days, email=email)
    row.letter_id = ready.letter.id
    db.session.add(row)
    if isinstance(person, Substitute):  # Who comes no more is reminded no more.
        person.letter_ids = [*(person.letter_ids or []), ready.letter.id]


def tell_timeline(
    meeting: Meeting, turn: Turn, people: Sequence[Expected], *, now: datetime
) -> None:
    if people:
        what = (
            f"reminded {plural(len(people), 'person', 'people')} of "
            f"{meeting.training_session.name}, {plural(turn.days, 'day')} before"
        )
        audit.record(meeting.cohort.about, what, by=None, now=now)
