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

    SEQUENCE is the meeting's, plus how often the registration was approved or taken back.
    """
    host = urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"
    return [
        calendar_day(
            meeting,
            day,
            f"member-{member.id}-meeting-{meeting.id}-day-{day.number}@{host}",
            turn=member.team.registration.turn,
            stamp=stamp,
            cancelled=cancelled,
        )
        for meeting in member.team.cohort.meetings
        for day in meeting.days
    ]
