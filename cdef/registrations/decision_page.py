"""The panel in which staff decide: what can be done now, what it does, and who is told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import g

from cdef.kernel import clock
from cdef.kernel.words import local_day
from cdef.registrations import actions, decision_rules, rules
from cdef.registrations.forms import DecisionForm, decision_form
from cdef.registrations.models import Decision, read_decisions
from cdef.registrations.offer_models import seats_left
from cdef.registrations.preview_rules import Telling
from cdef.registrations.standing import standing_of
from cdef.series.rules import SIDES
from cdef.teams.models import Team
from cdef.teams.rules import checklist

# The addresses of the decisions, named as nouns.
DECISIONS = {
    "approval": "approve",
    "offer": "offer",
    "recall": "recall",
    "reinstatement": "reinstate",
    "return": "return",
    "waitlisting": "waitlist",
    "refusal": "decline",
    "reopening": "reopen",
    "withdrawal": "withdraw",
}
# What can be decided on several teams at once.
TOGETHER = ("approval", "return", "waitlisting", "refusal", "reinstatement", "withdrawal")
ADDRESSES = {verb: noun for noun, verb in DECISIONS.items()}
HELD_FOR = timedelta(days=7)  # Unless staff give another day.


@dataclass(frozen=True)
class Choice:
    """One decision that staff can make now: its button, what it does, and its letters."""

    verb: str
    label: str
    address: str
    effect: str
    letters: Sequence[Telling]


def choices(team: Team, left: int, holders: Collection[str]) -> list[Choice]:
    registration = team.registration
    is_offered = bool(registration and registration.is_offered(clock.now()))
    verbs = rules.staff_verbs(team.state, is_offered=is_offered)
    letters = actions.previews(team, verbs, holders, left=left, by=g.person)
    return [
        Choice(
            verb,
            decision_rules.label(team.state, verb, rules.VERBS),
            f"/staff/teams/{team.id}/{ADDRESSES[verb]}",
            decision_rules.effect(team, verb),
            letters[verb],
        )
        for verb in verbs
    ]


def panel_words(team: Team, form: DecisionForm | None = None) -> dict[str, Any]:
    """What the panel shows: the problems, the seats, the decisions so far and those to make."""
    now, registration = clock.now(), team.registration
    if registration:
        read_decisions(registration)
    checks = checklist(team, clock.today())
    unmet = [check for check in checks if check.problem]
    left = seats_left(team.cohort, now, besides=registration)
    holders = actions.holders(team) if team.state == "approved" else set()
    found, standing = choices(team, left, holders), standing_of(team, checks, left)
    return {
        "team": team,
        "standing": standing,
        "choices": found,
        "main": next((each for each in found if each.verb in decision_rules.SEATING), None),
        "unmet": unmet,
        "waivable": decision_rules.unmet(team) if can_seat(found) else [],
        "form": form or fresh_form(team),
        "seen": ",".join(str(check.asked.id) for check in unmet if check.asked),
        "version": version(team),
        "seats_left": left,
        "holders": holders,
        "people": len(team.members),
        "decisions": decisions_of(team),
        "done": rules.DONE,
        "offered_until": registration.offered_until if registration else None,
        "is_offered": bool(registration and registration.is_offered(now)),
        "before": standing.waits.before if standing.waits else None,
        "sides": SIDES,
    }


def can_seat(found: Sequence[Choice]) -> bool:
    return any(choice.verb in decision_rules.SEATING for choice in found)


def decisions_of(team: Team) -> list[Decision]:
    return list(team.registration.decisions) if team.registration else []


def version(team: Team) -> int:
    """The newest decision, so that a page can say which it showed."""
    decisions = decisions_of(team)
    return decisions[-1].id if decisions else 0


def fresh_form(team: Team) -> DecisionForm:
    return form_of(team, formdata=None, until=local_day(clock.now()) + HELD_FOR)


def form_of(team: Team, **filled: Any) -> DecisionForm:
    """The form for this team, with what was sent unless it says otherwise."""
    waivable = [(check.rule_id, check.text) for check in decision_rules.unmet(team)]
    return decision_form(waivable, [(each.id, each.called) for each in team.members], **filled)
