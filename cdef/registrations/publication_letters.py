"""The letters of a publication, written from plain values: before anything of it is public."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cdef.kernel.ics import Day, request
from cdef.kernel.links import link
from cdef.kernel.tokens import Issued
from cdef.kernel.words import listing
from cdef.outbox.envelope import Attachment, Envelope, sender, write
from cdef.registrations.calendar import entry_uid, gone_days
from cdef.registrations.letters import team_words
from cdef.registrations.models import Decision
from cdef.registrations.telling_rules import (
    APPROVED,
    CONFIRMATION,
    SUMMARY,
    Seat,
    Telling,
    headline,
)
from cdef.series.meeting_rules import CohortShown, Dated
from cdef.series.rules import calendar_day
from cdef.teams.models import Team


@dataclass(frozen=True)
class Desk:
    """What the letters are written from: the cohorts as they will be, and the teams as they are."""

    cohorts: Mapping[int, CohortShown]
    teams: Mapping[int, Team]
    decisions: Mapping[int, Decision] = field(default_factory=dict)
    series: Mapping[int, str] = field(default_factory=dict)  # By cohort: whose wording holds.


def letter_for(telling: Telling, issued: Issued, desk: Desk, *, now: datetime) -> Envelope:
    if telling.kind == CONFIRMATION:
        return confirmed_anew(telling, issued, desk, now=now)
    if telling.kind == APPROVED:
        return approved_anew(telling, desk)
    if telling.kind == SUMMARY:
        return dates_summary(telling, desk)
    return dates_changed(telling, issued, desk, now=now)


def dates_changed(telling: Telling, issued: Issued, desk: Desk, *, now: datetime) -> Envelope:
    """To one member: what has changed, with the entries that change, and whether they can come."""
    days = [day for seat in telling.seats for day in changed_days(seat, now=now)]
    return write(
        "dates_changed",
        (telling.name, telling.email),
        about=telling.about,
        attachments=attached(days, telling),
        secrets=[issued.secret, issued.code],
        updates=any(not day.cancelled for day in days),
        cancels=any(day.cancelled for day in days),
        asks=any(change.after.dates for change in telling.changes),
        personal=link("participants.open_link", secret=issued.secret),
        **change_words(telling, desk),
    )


def dates_summary(telling: Telling, desk: Desk) -> Envelope:
    """To a lead who is not on the team: what has changed, without a calendar."""
    return write(
        "dates_summary",
        (telling.name, telling.email),
        about=telling.about,
        address=link("teams.page", team_id=telling.seats[0].team_id),
        **change_words(telling, desk),
    )


def change_words(telling: Telling, desk: Desk) -> dict[str, Any]:
    cohort = desk.cohorts[telling.cohort_id]
    changed = {change.meeting_id for change in telling.changes}
    news = headline(telling.changes)
    teams = [seat.team for seat in telling.seats]
    return {
        "scope": desk.series[telling.cohort_id],
        "says": {"news": news, "cohort": cohort.name, "teams": listing(teams)},
        "headline": news,
        "changes": telling.changes,
        "cohort": cohort,
        "others_stay": any(meeting.id not in changed for meeting in cohort.meetings),
    }


def confirmed_anew(telling: Telling, issued: Issued, desk: Desk, *, now: datetime) -> Envelope:
    """A confirmation in the place of one that waits with dates of before."""
    seat, cohort = telling.seats[0], desk.cohorts[telling.cohort_id]
    team = desk.teams[seat.team_id]
    days = [day for held in cohort.meetings for day in held_days(held, seat, now=now)]
    days += [day for day in changed_days(seat, now=now) if day.cancelled]
    words = team_words(team) | {"cohort": cohort}
    return write(
        CONFIRMATION,
        (telling.name, telling.email),
        about=seat.about,
        attachments=attached(days, telling),
        attached_days=len(days),
        secrets=[issued.secret, issued.code],
        because="",
        member=next(member for member in team.members if member.id == seat.member_id),
        personal=link("participants.open_link", secret=issued.secret),
        **words,
    )


def approved_anew(telling: Telling, desk: Desk) -> Envelope:
    """To a lead whose news of the approval waits with dates of before."""
    seat = telling.seats[0]
    words = team_words(desk.teams[seat.team_id]) | {"cohort": desk.cohorts[telling.cohort_id]}
    decision = desk.decisions.get(seat.team_id)
    words |= {"decision": decision, "note": decision.note if decision else ""}
    return write(APPROVED, (telling.name, telling.email), about=seat.about, **words)


def attached(days: Iterable[Day], telling: Telling) -> list[Attachment]:
    """One calendar part per day, since one REQUEST carries one UID (RFC 5546, 3.2.2)."""
    return [
        Attachment(
            name=f"{day.date.isoformat()}{'-cancelled' if day.cancelled else ''}.ics",
            content=request(day, sender(), (telling.name, telling.email)),
            method="CANCEL" if day.cancelled else "REQUEST",
        )
        for day in days
    ]


def changed_days(seat: Seat, *, now: datetime) -> Iterator[Day]:
    """The entries of the meetings that change; a day that is no longer held is cancelled."""
    for change in seat.changes:
        yield from held_days(change.dated(change.after, now=now), seat, now=now)
        yield from gone_days(change, seat.member_id, seat.turn, now=now)


def held_days(meeting: Dated, seat: Seat, *, now: datetime) -> Iterator[Day]:
    for day in meeting.days:
        uid = entry_uid(seat.member_id, meeting.id, day.number)
        yield calendar_day(meeting, day, uid, turn=seat.turn, stamp=now)
