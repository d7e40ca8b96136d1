"""Who comes to a meeting, as reminders ask it; and what of them staff see ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select

from cdef.kernel.db import db
from cdef.participants.models import Answer
from cdef.registrations.reminder_models import owed
from cdef.registrations.reminder_rules import Terms, Turn, next_turn
from cdef.series.draft_models import held_meetings
from cdef.series.models import Meeting, Series
from cdef.teams.member_models import Member


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


def owed_now(meeting: Meeting, turn: Turn, limit: int) -> list[Member]:
    """The next people to be reminded, each address once."""
    found = db.session.scalars(owed(meeting, turn, away(meeting)).limit(limit))
    return list({member.email: member for member in found}.values())


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
    wanted = owed(meeting, turn, away(meeting)).order_by(None)
    return wanted.with_only_columns(func.count(Member.email.distinct()), maintain_column_froms=True)
