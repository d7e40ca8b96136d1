"""A member's calendar entries: one for each day of each meeting whose date is set."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from flask import current_app

from cdef.kernel.ics import Day
from cdef.registrations.publication_models import standing_of_meetings, untold_by
from cdef.registrations.substitute_models import given_away
from cdef.registrations.telling_rules import Untold
from cdef.series.meeting_rules import Change
from cdef.series.rules import calendar_day
from cdef.teams.member_models import Member
from cdef.teams.models import Team


def member_days(
    member: Member, *, stamp: datetime | None = None, cancelled: bool = False
) -> list[Day]:
    """The days of one member of an approved team; UIDs stay for good, TBD meetings have none.

    SEQUENCE is the meeting's, plus how often the registration was approved or taken back, plus how
    often the member's own entries went to another address or were taken back. A meeting to which a
    substitute comes has none.
    """
    away = given_away(member)
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
        if meeting.id not in away
        for day in meeting.days
    ]


def untold_in(team: Team) -> dict[str, Untold]:
    """By address, what letters about a team's dates say that nobody has read yet."""
    return {email: found for (_, email), found in untold_by({team.id: team.about}).items()}


def untold_days(member: Member, untold: Untold, *, stamp: datetime) -> list[Day]:
    """Days that are not held any more, of which the letter that would have said so never left."""
    team = member.team
    standing = standing_of_meetings({team.cohort_id})
    return [
        day
        for meeting_id, before in untold.before.items()
        for day in gone_days(
            replace(standing[meeting_id], before=before),
            member.id,
            team.registration.turn + member.turn,
            now=stamp,
        )
    ]


def gone_days(change: Change, member_id: int, turn: int, *, now: datetime) -> Iterator[Day]:
    """The entries of a meeting's days that are no longer held, cancelled."""
    before = change.dated(change.before, now=now)
    for day in before.days[len(change.after.dates) :]:
        uid = entry_uid(member_id, change.meeting_id, day.number)
        yield calendar_day(before, day, uid, turn=turn, stamp=now, cancelled=True)


def entry_uid(member_id: int, meeting_id: int, number: int) -> str:
    """What an entry is known by in its member's calendar, for good."""
    return f"member-{member_id}-meeting-{meeting_id}-day-{number}@{host()}"


def substitute_uid(substitute_id: int, meeting_id: int, number: int) -> str:
    """The same of a substitute's entry."""
    return f"substitute-{substitute_id}-meeting-{meeting_id}-day-{number}@{host()}"


def host() -> str:
    return urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"
