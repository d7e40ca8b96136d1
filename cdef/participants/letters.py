"""The letters to one participant: reminders, and what they ask for on their personal page."""

from dataclasses import replace
from datetime import datetime

from cdef.accounts.models import Person
from cdef.kernel.links import link
from cdef.kernel.tokens import Issued
from cdef.kernel.words import dates, local_day
from cdef.outbox.envelope import Envelope, stop_headers, write
from cdef.participants.data_models import ErasureRequest
from cdef.registrations.reminder_rules import begins, days_left
from cdef.registrations.substitute_models import Substitute
from cdef.series.models import Meeting
from cdef.teams.letters import team_says
from cdef.teams.member_models import Member


def personal_link(person: Person, issued: Issued) -> Envelope:
    """To whoever asked: a fresh link to the own page; earlier ones go on working."""
    return write(
        "personal_link",
        (person.name, person.email),
        about=f"person:{person.id}",
        secrets=[issued.secret, issued.code],
        personal=link("participants.open_link", secret=issued.secret),
    )


def erasure_answered(request: ErasureRequest) -> Envelope:
    """To whoever asked for their data to be erased: what staff did."""
    person = request.person
    return write(
        "erasure_answered",
        (person.name, person.email),
        about=f"person:{person.id}",
        note=request.answer,
    )


def meeting_reminder(
    person: Member | Substitute, meeting: Meeting, own: Issued, stop: Issued, *, now: datetime
) -> Envelope:
    """To one member, some days before a meeting: when and where it is, and how to say who comes.

    A substitute has no page of their own, and is told the rest.
    """
    address = link("flyers.unsubscribe", secret=stop.secret)
    left = days_left(meeting.dates[0], local_day(now))
    is_member = isinstance(person, Member)
    own_page = link("participants.open_link", secret=own.secret) if is_member else ""
    session = meeting.training_session.name
    said = {"session": session, "days": left, "when": dates(meeting.dates)}
    envelope = write(
        "meeting_reminder",
        (person.name, person.email),
        about=person.team.about,
        secrets=[own.secret, own.code, stop.secret],
        expires_at=begins(meeting.dates[0], meeting.starts),
        meeting=meeting,
        how_far=left,
        scope=meeting.cohort.series.about,
        says=team_says(person.team) | said,
        personal=own_page,
        stop=address,
    )
    return replace(envelope, headers=stop_headers(address))
