"""The letters about a substitute: to the leads, the substitute, and whose place it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from cdef.kernel.ics import Day
from cdef.kernel.links import link
from cdef.kernel.tokens import Issued
from cdef.kernel.words import dates
from cdef.outbox.envelope import Envelope, write
from cdef.registrations.calendar import entry_uid, substitute_uid
from cdef.registrations.letters import entry, team_words
from cdef.registrations.preview_rules import joined
from cdef.registrations.substitute_models import Substitute
from cdef.series.rules import calendar_day


def proposed(substitute: Substitute) -> Iterator[Envelope]:
    """To each lead who has joined: who should come in whose place, and where to answer."""
    for lead in joined(substitute.team):
        yield about("substitute_proposed", (lead.name, lead.email), substitute)


def confirmed(substitute: Substitute, *, now: datetime) -> Envelope:
    """To the substitute: the one meeting, with its entries."""
    to = (substitute.name, substitute.email)
    parts = [entry(day, to) for day in own_days(substitute, now=now)]
    return about("substitute_confirmed", to, substitute, attachments=parts)


def decided(substitute: Substitute, issued: Issued, *, now: datetime) -> Envelope:
    """To whose place it is: what a lead answered; the entries of that meeting leave the calendar."""
    member, is_accepted = substitute.member, substitute.state == "accepted"
    to = (member.name, member.email)
    parts = [entry(day, to) for day in lost_days(substitute, now=now)] if is_accepted else []
    verdict = "accepted" if is_accepted else "refused"
    return about(
        "substitute_decided",
        to,
        substitute,
        attachments=parts,
        secrets=[issued.secret, issued.code],
        personal=link("participants.open_link", secret=issued.secret),
        is_accepted=is_accepted,
        note=substitute.note,
        also={"decision": verdict.capitalize(), "verdict": verdict},
    )


def ended(substitute: Substitute, because: str, *, now: datetime) -> Envelope:
    """To the substitute who is not expected any more: the entries leave the calendar."""
    to = (substitute.name, substitute.email)
    days = own_days(substitute, now=now)
    parts = [entry(replace(day, cancelled=True), to) for day in days]
    also = {"why": because}
    return about("substitute_ended", to, substitute, attachments=parts, also=also)


def about(
    kind: str,
    to: tuple[str, str],
    substitute: Substitute,
    *,
    also: dict[str, str] | None = None,
    **context: Any,
) -> Envelope:
    named = {
        "meeting": meeting_says(substitute),
        "member": substitute.member.called,
        "substitute": substitute.name,
    }
    words = {**team_words(substitute.team), "substitute": substitute, **context}
    words["meeting"] = substitute.meeting
    return write(kind, to, about=substitute.team.about, also=named | (also or {}), **words)


def meeting_says(substitute: Substitute) -> str:
    meeting = substitute.meeting
    return f"{meeting.training_session.name}, {dates(meeting.dates)}"


def own_days(substitute: Substitute, *, now: datetime) -> Iterator[Day]:
    """The substitute's entries of the meeting; they are another person's, with names of their own."""
    meeting = substitute.meeting
    for day in meeting.days:
        uid = substitute_uid(substitute.id, meeting.id, day.number)
        yield calendar_day(meeting, day, uid, turn=substitute.turn, stamp=now)


def lost_days(substitute: Substitute, *, now: datetime) -> Iterator[Day]:
    """The member's own entries of the meeting, cancelled."""
    member, meeting = substitute.member, substitute.meeting
    turn = substitute.team.registration.turn + member.turn
    for day in meeting.days:
        uid = entry_uid(member.id, meeting.id, day.number)
        yield calendar_day(meeting, day, uid, turn=turn, stamp=now, cancelled=True)
