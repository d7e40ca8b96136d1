"""Somebody else for one meeting: whoever proposes them says that they cannot come themselves."""

from datetime import datetime
from typing import Any

from cdef.kernel.access import Someone
from cdef.kernel.db import transaction
from cdef.participants.actions import answer_meeting
from cdef.registrations import substitute_actions
from cdef.registrations.substitute_models import Substitute
from cdef.series.models import Meeting
from cdef.teams.member_models import Member


def propose(
    member: Member,
    meeting: Meeting,
    name: str,
    email: str,
    words: str,
    *,
    seen: int,
    by: Someone,
    now: datetime,
    once: str,
) -> Substitute:
    """Ask the leads, and answer for oneself; see the action of the same name below."""
    with transaction(member.team.cohort, member.team, member, meeting):
        said = name, email, words
        who: dict[str, Any] = {"seen": seen, "by": by, "now": now}
        found = substitute_actions.propose(member, meeting, *said, once=once, **who)
        answer_meeting(member, meeting, False, **who)
        return found


def come_oneself(substitute: Substitute, *, by: Someone, now: datetime) -> None:
    """Come after all, and say so of the meeting as it is published now."""
    member, meeting = substitute.member, substitute.meeting
    with transaction(member.team.cohort, member.team, member, meeting):
        substitute_actions.come_oneself(substitute, by=by, now=now)
        answer_meeting(member, meeting, True, seen=meeting.sequence, by=by, now=now)
