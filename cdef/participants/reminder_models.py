"""Who comes to a meeting, as reminders ask it; and what of them staff see ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select, union

from cdef.kernel.db import db
from cdef.participants.models import Answer
from cdef.registrations.reminder_models import owed, owed_substitutes
from cdef.registrations.reminder_rules import Terms, Turn, next_turn
from cdef.registrations.substitute_models import Substitute
from cdef.series.draft_models import held_meetings
from cdef.series.models import Meeting, Series
from cdef.teams.member_models import Member

Expected = Member | Substitute


@dataclass(frozen=True)
class Ahead:
    """The next reminder of one meeting: when, and to how many."""

    meeting: Meeting
    turn: Turn
    people: int


def away(meeting: Meeting) -> ColumnElement[bool]:
    """True of whoever has said that they cannot come to the meeting as it is published."""
    return exists().where(
        Answer.member_id == Member.id,
        Answer.meeting_id == meeting.id,
        Answer.sequence == meeting.sequence,
        Answer.is_coming.is_(False),
    )


def owed_now(meeting: Meeting, turn: Turn, limit: int) -> dict[str, Expected]:
    """The next people to be reminded, by their addresses."""
    members = db.session.scalars(owed(meeting, turn, away(meeting)).limit(limit)).all()
    others = db.session.scalars(owed_substitutes(meeting, turn).limit(limit)).all()
    everybody: list[Expected] = [*others, *members]
    return {person.email: person for person in everybody}


def aheads_of(series: Series, terms: Terms, now: datetime) -> list[Ahead]:
    """What goes out next for each meeting of a series, the earliest first."""
    found = []
    for meeting in held_meetings([cohort.id for cohort in series.cohorts]):
        turn = (
            next_turn(meeting.dates[0], meeting.starts, terms.days, now) if meeting.days else None
        )
        if turn:
            found.append((turn, meeting))
    found.sort(key=lambda each: (each[0].due, each[1].id))
    return counted(found)


def counted(found: Sequence[tuple[Turn, Meeting]]) -> list[Ahead]:
    """How many get each of these as things are now, in one question however many there are."""
    if not found:
        return []
    numbers = db.session.execute(
        select(*(number(meeting, turn).scalar_subquery() for turn, meeting in found))
    ).one()
    return [
        Ahead(meeting, turn, people or 0)
        for (turn, meeting), people in zip(found, numbers, strict=True)
    ]


def number(meeting: Meeting, turn: Turn) -> Select[int]:
    members = owed(meeting, turn, away(meeting)).order_by(None)
    others = owed_substitutes(meeting, turn).order_by(None)
    emails = union(
        members.with_only_columns(Member.email, maintain_column_froms=True),
        others.with_only_columns(Substitute.email, maintain_column_froms=True),
    ).subquery()
    return select(func.count()).select_from(emails)
