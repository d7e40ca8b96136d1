"""A member's calendar entries: one for each day of each meeting whose date is set."""

from datetime import datetime
from urllib.parse import urlsplit

from flask import current_app

from cdef.kernel.ics import Day
from cdef.series.rules import calendar_day
from cdef.teams.member_models import Member


def member_days(
    member: Member, *, stamp: datetime | None = None, cancelled: bool = False
) -> list[Day]:
    """The days of one member of an approved team; UIDs stay for good, TBD meetings have none.

    SEQUENCE is the meeting's, plus how often the registration was approved or taken back, plus how
    often the member's own entries went to another address or were taken back.
    """
    return [
        calendar_day(
            meeting,
            day,
            entry_uid(member.id, meeting.id, day.number),
            turn=member.team.registration.turn + member.turn,
            stamp=stamp,
            cancelled=cancelled,
        )
        for meeting in member.team.cohort.meetings
        for day in meeting.days
    ]


def entry_uid(member_id: int, meeting_id: int, number: int) -> str:
    """What an entry is known by in its member's calendar, for good."""
    host = urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"
    return f"member-{member_id}-meeting-{meeting_id}-day-{number}@{host}"
