"""Where a team stands, as its page and the staff desk say it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import g

from cdef.kernel import clock
from cdef.kernel.problems import Kind, Problem
from cdef.registrations import rules
from cdef.registrations.models import Decision, seats_taken
from cdef.series.rules import SIDES
from cdef.teams.check_rules import Check
from cdef.teams.models import Team
from cdef.teams.rules import (
    checklist,
    cost_cents,
    current_signature,
    may_edit,
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


def standing_of(team: Team, checks: Sequence[Check] | None = None) -> Standing:
    """A team's standing for whoever asks; the templates' one question to this feature.

    A page that has gone through the team's ``checks`` already hands them on.
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
        cost_cents=cost_cents(len(team.members), team.cohort.series.price_cents),
    )


def last_note(team: Team) -> Decision | None:
    """The note of the newest decision, where it has one."""
    decisions = team.registration.decisions if team.registration else []
    newest = decisions[-1] if decisions else None
    return newest if newest and newest.note else None


def desk_words(team: Team) -> dict[str, Any]:
    """What staff need to decide: problems, seats, and the verbs that the state allows."""
    unmet = [check for check in checklist(team, clock.today()) if check.problem]
    return {
        "team": team,
        "verbs": rules.staff_verbs(team.state),
        "verb_labels": rules.VERBS,
        "unmet": unmet,
        "seen": ",".join(str(check.asked.id) for check in unmet if check.asked),
        "seats_left": team.cohort.seats - seats_taken(team.cohort),
        "people": len(team.members),
        "sides": SIDES,
    }
