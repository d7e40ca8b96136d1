"""The letters that follow a registration: to leads, to staff, and to every member."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from typing import Any

from cdef.accounts.models import Person
from cdef.kernel.ics import Day, request
from cdef.kernel.links import link
from cdef.kernel.tokens import Issued
from cdef.kernel.words import local, local_day, moment, money, plural
from cdef.outbox.blanks import blank, fill_in
from cdef.outbox.envelope import Attachment, Envelope, sender, write
from cdef.registrations.calendar import member_days, untold_days, untold_in
from cdef.registrations.models import Decision, Registration
from cdef.registrations.preview_rules import joined
from cdef.registrations.rules import state_sentence
from cdef.registrations.telling_rules import Untold
from cdef.teams.lead_models import Lead
from cdef.teams.letters import of_team
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from cdef.teams.rules import cost_cents, cost_sentence, price_cents, problems

LEAD_LETTERS = (
    "submitted",
    "returned",
    "waitlisted",
    "declined",
    "approved",
    "withdrawn",
    "reopened",
    "reinstated",
    "offered",
    "recalled",
    "passed",
    "lapsed",
)


def to_leads(
    kind: str, registration: Registration, decision: Decision | None
) -> Iterator[Envelope]:
    """The same news to each lead who has joined."""
    for lead in joined(registration.team):
        yield to_lead(kind, registration.team, lead, decision)


def to_lead(kind: str, team: Team, lead: Lead, decision: Decision | None) -> Envelope:
    if kind not in LEAD_LETTERS:
        raise LookupError(f"leads get no letter “{kind}”")
    return write(
        kind,
        (lead.name, lead.email),
        about=team.about,
        note=decision.note if decision else "",
        decision=decision,
        expires_at=decision.until if decision and kind == "offered" else None,
        also=decision_says(team, decision) if decision else {},
        **team_words(team),
    )


def decision_says(team: Team, decision: Decision) -> dict[str, str]:
    """What the news of a decision can fill in besides."""
    return {
        "until": moment(local(decision.until)) if decision.until else "",
        "seats": plural(len(team.members), "seat"),
        "who": decision.by.label if decision.by else "",
    }


def lapsed(registration: Registration, decision: Decision) -> Iterator[Envelope]:
    """To each lead when nobody has answered an offer in time; whatever ends the offer cancels it."""
    for envelope in to_leads("lapsed", registration, decision):
        yield replace(envelope, not_before=decision.until)


def over_capacity(registration: Registration, decision: Decision, person: Person) -> Envelope:
    """To one staff member: another has given more seats than the cohort has, and why."""
    words = team_words(registration.team) | {"address": desk(registration)}
    to = (person.name, person.email)
    return write("over_capacity", to, about=registration.team.about, decision=decision, **words)


def desk(registration: Registration) -> str:
    return link("registrations.show", registration_id=registration.id)


def team_words(team: Team) -> dict[str, Any]:
    """What every letter about a team may say."""
    people, price = len(team.members), price_cents(team)
    sentence, cost = state_sentence(team), cost_sentence(people, price)
    due = cost_cents(people, price)
    return of_team(team, state=sentence, cost=cost, amount=money(due)) | {
        "team": team,
        "cohort": team.cohort,
        "series": team.cohort.series,
        "cost": cost,
        "due_cents": due,
        "address": link("teams.page", team_id=team.id),
    }


def submitted_staff(
    registration: Registration, people: Iterable[Person], *, now: datetime
) -> Iterator[Envelope]:
    """To each of the staff: a team waits for a decision. It says the same to all, so it is written once."""
    form = cache(partial(submitted_form, registration, now))
    for person in people:
        yield fill_in(form(is_named=bool(person.name)), (person.name, person.email), {})


def submitted_form(registration: Registration, now: datetime, *, is_named: bool) -> Envelope:
    """The same with a blank for the reader's name."""
    team = registration.team
    words = team_words(team) | {
        "problems": problems(team, local_day(now)),
        "address": desk(registration),
    }
    to = (blank() if is_named else "", "")
    return write("submitted_staff", to, about=team.about, **words)


def confirmations(
    registration: Registration,
    readers: Iterable[tuple[Member, Issued]],
    *,
    now: datetime,
    because: str = "",
) -> Iterator[Envelope]:
    """To members: the meetings with their calendar entries, and the way to the personal page.

    What a team's members have in common is written once. ``because`` is the sentence that says why
    it comes, where no approval of the team does.
    """
    personal, untold = blank(), untold_in(registration.team)
    form = cache(partial(confirmation, registration, because, personal))
    for member, issued in readers:
        attachments = list(entries(member, member.email, untold, now=now))
        yield fill_in(
            form(is_named=bool(member.name), has_days=bool(attachments)),
            (member.name, member.email),
            {personal: link("participants.open_link", secret=issued.secret)},
            attachments=attachments,
            hide=[issued.secret, issued.code],
        )


def confirmation(
    registration: Registration, because: str, personal: str, *, is_named: bool, has_days: bool
) -> Envelope:
    """The same with a blank for the reader's name."""
    return write(
        "confirmation",
        (blank() if is_named else "", ""),
        about=registration.team.about,
        attached_days=has_days,
        because=because,
        personal=personal,
        **team_words(registration.team),
    )


def cancellation(
    registration: Registration,
    member: Member,
    issued: Issued | None,
    *,
    now: datetime,
    email: str = "",
    because: str = "",
    untold: Mapping[str, Untold] | None = None,
) -> Envelope:
    """To one member who is not expected any more: the entries leave the calendar.

    ``email`` is an address that the member had before, and has no page any more; ``because`` says
    why, where it is not that the team takes no part.
    """
    address = email or member.email
    moved = address != member.email
    attachments = list(entries(member, address, untold, now=now, cancelled=True))
    return write(
        "cancellation",
        (member.name, address),
        about=registration.team.about,
        attachments=attachments,
        attached_days=len(attachments),
        member=member,
        because=because,
        moved=moved,
        also={
            "news": "Moved to another address" if moved else "Cancelled",
            "why": why_cancelled(registration.team, because, moved=moved),
        },
        secrets=[issued.secret, issued.code] if issued else [],
        personal=link("participants.open_link", secret=issued.secret) if issued else "",
        **team_words(registration.team),
    )


def why_cancelled(team: Team, because: str, *, moved: bool) -> str:
    """One sentence that leads on to the meetings."""
    if moved:
        return f"{because} These meetings leave the calendar of this one:"
    if because:
        return f"{because} You are not expected at these meetings:"
    lost = (
        "is withdrawn from" if team.state == "withdrawn" else "does not have its seats any more in"
    )
    return (
        f"The team of {team.district.label} {lost} the {team.cohort.name} Cohort, so you are not "
        "expected at these meetings:"
    )


def entries(
    member: Member,
    email: str,
    untold: Mapping[str, Untold] | None,
    *,
    now: datetime,
    cancelled: bool = False,
) -> Iterator[Attachment]:
    """One calendar part per day, since one REQUEST carries one UID (RFC 5546, 3.2.2)."""
    for day in member_days(member, stamp=now, cancelled=cancelled):
        yield entry(day, (member.name, email))
    if own := (untold_in(member.team) if untold is None else untold).get(email):
        for day in untold_days(member, own, stamp=now):
            yield entry(day, (member.name, email))


def entry(day: Day, attendee: tuple[str, str]) -> Attachment:
    return Attachment(
        name=f"{day.date.isoformat()}.ics",
        content=request(day, sender(), attendee),
        method="CANCEL" if day.cancelled else "REQUEST",
    )
