"""Where a team stands, as its page and the staff desk say it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import g

from cdef.kernel import clock
from cdef.kernel.problems import Kind, Problem
from cdef.registrations import rules
from cdef.registrations.models import Decision
from cdef.registrations.offer_models import place, seats_left
from cdef.series.rules import SIDES
from cdef.teams.check_rules import Check
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from cdef.teams.rules import (
    checklist,
    cost_cents,
    current_signature,
    may_edit,
    price_cents,
    signing_blockers,
)


@dataclass(frozen=True)
class Standing:
    """The state in words, what stops the next step, and what this person can do."""

    state: str
    label: str
    sentence: str
    blockers: list[Problem]
    signatures: dict[str, Any]
    may_sign: bool
    has_signed: bool
    may_withdraw: bool
    last_note: Decision | None
    is_own: bool
    people: int
    cost_cents: int
    open_problems: list[Problem]
    waits: "Waiting | None"


@dataclass(frozen=True)
class Waiting:
    """A team on the waitlist: its place in words, and the offer that it has, or had."""

    sentence: str
    before: int  # teams
    until: datetime | None
    seats: int
    is_offered: bool


@dataclass(frozen=True)
class Place:
    """Where a team of a list stands: no more than its state."""

    state: str
    label: str
    sentence: str


def place_of(team: Team) -> Place:
    return Place(rules.shown_state(team), rules.state_label(team), rules.state_sentence(team))


def standing_of(
    team: Team, checks: Sequence[Check] | None = None, left: int | None = None
) -> Standing:
    """A team's standing for whoever asks; the templates' one question to this feature.

    A page that has gone through the team's ``checks`` already, or counted the seats ``left`` for
    it, hands them on.
    """
    own = team.lead_of(g.person)
    checks = checklist(team, clock.today()) if checks is None else checks
    found = [check.problem for check in checks if check.problem]
    blockers = signing_blockers(found) if may_edit(team.state) else []
    signatures = {side: current_signature(team, side) for side in SIDES}
    has_signed = bool(own and signatures[own.side])
    may_sign = bool(own) and may_edit(team.state) and not has_signed and not blockers
    return Standing(
        state=rules.shown_state(team),
        label=rules.state_label(team),
        sentence=rules.state_sentence(team),
        blockers=blockers,
        signatures=signatures,
        may_sign=may_sign,
        has_signed=has_signed,
        may_withdraw=(team.state, "withdraw") in rules.TRANSITIONS,
        last_note=last_note(team),
        is_own=own is not None,
        open_problems=[problem for problem in found if problem.kind is not Kind.NOTICE],
        people=len(team.members),
        waits=waiting(team, left) if team.state == "waitlisted" else None,
        cost_cents=cost_cents(len(team.members), price_cents(team)),
    )


def last_note(team: Team) -> Decision | None:
    """The notes of the newest decision, where it has any."""
    decisions = team.registration.decisions if team.registration else []
    newest: Decision | None = decisions[-1] if decisions else None
    return newest if newest and (newest.note or newest.row_notes) else None


def row_note(member: Member) -> str:
    """What staff say about one row of a roster that they returned, until it is submitted again."""
    newest = last_note(member.team) if member.team.state == "returned" else None
    notes = newest.row_notes if newest else []
    return next((note.text for note in notes if note.member_id == member.id), "")


def waiting(team: Team, left: int | None = None) -> Waiting:
    now, registration = clock.now(), team.registration
    if left is None:
        left = seats_left(team.cohort, now, besides=registration)
    before, is_offered = place(registration, now), registration.is_offered(now)
    sentence = rules.waiting_sentence(before, len(team.members), left)
    until, seats = registration.offered_until, registration.offered_seats
    return Waiting(sentence, before, until, seats, is_offered)
