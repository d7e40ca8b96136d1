"""What the pages say of changes of a submitted roster: to leads what they can do, to staff what waits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from cdef.kernel import clock
from cdef.kernel.problems import Problem
from cdef.registrations import change_rules as rules
from cdef.registrations.change_forms import VerdictForm
from cdef.registrations.proposal_models import Proposal, proposals_of
from cdef.series.rules import other_side
from cdef.teams.models import Team
from cdef.teams.rules import cost_cents, price_cents

MOST_DECIDED = 5
DECIDE = "The staff decide on it, and both leads are told. Until then the roster stays as it is."
PROPOSE = "Propose it"


@dataclass(frozen=True)
class Changes:
    """What leads may do with a submitted roster, and what they proposed."""

    may_change: bool
    at_once: bool
    waiting: list[Proposal]
    decided: list[Proposal]

    def of(self, member: Any) -> Proposal | None:
        """The change of a person that waits for the staff."""
        return next((each for each in self.waiting if each.member_id == member.id), None)


def changes_of(team: Team) -> Changes:
    """A draft has none, and asks nothing of the database."""
    if not rules.may_change(team.state):
        return Changes(False, False, [], [])
    found = proposals_of(team)
    return Changes(
        may_change=True,
        at_once=rules.swaps_at_once(team.cohort, clock.today()),
        waiting=[each for each in found if each.state == rules.OPEN],
        decided=[each for each in found if each.state != rules.OPEN][: -MOST_DECIDED - 1 : -1],
    )


@dataclass(frozen=True)
class Words:
    """What the form of a change says above it and on its button."""

    title: str
    says: str
    button: str


def words_of(team: Team, change: str, member: Any, *, side: str = "") -> Words:
    """In clear words what holds at once, and what the staff decide on."""
    is_approved = team.state == "approved"
    who = member.called if member else ""
    if change == "details":
        new = " A new address gets a confirmation, and the old one is told." if is_approved else ""
        return Words(f"Correct {who}", f"This holds at once.{new}", "Save")
    if change == "swap" and rules.swaps_at_once(team.cohort, clock.today()):
        told = " Both of them and both leads are told." if is_approved else " Both leads are told."
        return Words(f"Swap {who} for somebody else", f"This holds at once.{told}", "Swap them")
    if change == "swap":
        return Words(
            f"Swap {who} for somebody else", f"The day for swaps has passed. {DECIDE}", PROPOSE
        )
    if change == "departure":
        return Words(f"{who} leaves the team", DECIDE, PROPOSE)
    if change == "side":
        to = other_side(member.side)
        return Words(f"{who} changes to the {to} side", DECIDE, PROPOSE)
    return Words(f"Add somebody to the {side} side", DECIDE, PROPOSE)


@dataclass(frozen=True)
class Waiting:
    """One proposal as staff see it before they decide."""

    proposal: Proposal
    is_stale: bool
    arising: list[Problem]
    people: int
    due_now: int
    cost_cents: int
    lacks_seat: bool
    letters: list[str]
    form: VerdictForm


def waiting_changes(
    team: Team,
    waiting: Sequence[Proposal],
    holders: Collection[str],
    left: int,
    refused: tuple[int, VerdictForm] | None = None,
) -> list[Waiting]:
    """Every change that waits, with what would follow; the form that was refused in its place.

    ``holders`` have a confirmation, and so many seats are ``left`` besides those of this team.
    """
    number, form = refused or (0, None)
    now, registration = clock.now(), team.registration
    if registration and registration.is_offered(now):
        left -= registration.offered_seats
    return [
        Waiting(
            proposal=each,
            is_stale=rules.is_stale(each),
            arising=rules.problems_arising(team, each, clock.today()),
            people=rules.people_after(team, each),
            due_now=cost_cents(len(team.members), price_cents(team)),
            cost_cents=rules.cost_after(team, each),
            lacks_seat=rules.needs_seat(each, now) and left < 1,
            letters=letters_of(team, each, holders),
            form=form if form and each.id == number else VerdictForm(formdata=None),
        )
        for each in waiting
    ]


def letters_of(team: Team, proposal: Proposal, holders: Collection[str]) -> list[str]:
    """Who gets which letter when a proposal is accepted."""
    told = [f"{lead.name}: that it is accepted" for lead in team.leads if lead.joined_at]
    if team.state != "approved" or proposal.kind == rules.SIDE:
        return told
    before, after = proposal.before, proposal.after
    if before and before["email"] in holders:
        told.append(f"{rules.called(before)}: a cancellation, with the days for the calendar")
    if after:
        told.append(f"{rules.called(after)}: a confirmation, with the days for the calendar")
    return told
