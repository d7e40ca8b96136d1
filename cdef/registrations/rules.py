"""The states of a registration, what leads from one to the next, and what each is called."""

from collections.abc import Collection
from datetime import date
from typing import Any

from cdef.kernel.problems import Kind, Problem
from cdef.kernel.states import apply
from cdef.kernel.words import plural
from cdef.teams.rules import problems, waiting_side, waivers_asked

TRANSITIONS = {
    ("draft", "submit"): "submitted",
    ("returned", "submit"): "submitted",
    ("submitted", "approve"): "approved",
    ("submitted", "return"): "returned",
    ("submitted", "waitlist"): "waitlisted",
    ("submitted", "decline"): "declined",
    ("waitlisted", "approve"): "approved",
    ("waitlisted", "return"): "returned",
    ("waitlisted", "decline"): "declined",
    ("declined", "reopen"): "returned",
    ("withdrawn", "reopen"): "returned",
    ("draft", "withdraw"): "withdrawn",
    ("submitted", "withdraw"): "withdrawn",
    ("returned", "withdraw"): "withdrawn",
    ("waitlisted", "withdraw"): "withdrawn",
    ("declined", "withdraw"): "withdrawn",
    ("approved", "withdraw"): "withdrawn",
}
VERBS = {
    "approve": "Approve",
    "return": "Return with a note",
    "waitlist": "Put on the waitlist",
    "decline": "Decline",
    "withdraw": "Withdraw",
    "reopen": "Reopen",
}
DONE = {
    "submit": "submitted",
    "approve": "approved",
    "return": "returned",
    "waitlist": "put on the waitlist",
    "decline": "declined",
    "withdraw": "withdrawn",
    "reopen": "reopened",
}
TOLD = {
    "submit": "submitted the registration",
    "approve": "approved the registration",
    "return": "returned the registration",
    "waitlist": "put the registration on the waitlist",
    "decline": "declined the registration",
    "withdraw": "withdrew the registration",
    "reopen": "reopened the registration",
}
NEEDS_NOTE = frozenset({"return", "decline", "reopen"})
ASKED_MEANWHILE = "The leads have asked for a waiver meanwhile: look at the reason, then approve."
STATES = {
    "draft": ("Draft", "The roster is being built. Both leads sign it, and then it is submitted."),
    "waiting": ("Waiting", "One lead has signed. The second signature submits the registration."),
    "submitted": ("Submitted", "The staff has the registration and decides on it."),
    "returned": ("Returned", "The staff asks for a change. Mend the roster, and sign it again."),
    "waitlisted": (
        "Waitlisted",
        "The cohort has no seats for the whole team now. It moves up when seats become free.",
    ),
    "approved": (
        "Approved",
        "The team has its seats, and everybody named on it has a confirmation.",
    ),
    "declined": ("Declined", "The team cannot take part in this cohort."),
    "withdrawn": ("Withdrawn", "The registration was taken back. Nobody of the team is expected."),
}


NAMING = frozenset({"submitted", "waitlisted", "approved"})


def may_name(state: str) -> bool:
    """Whether a held place gets its name by itself; a roster that can be edited does it there."""
    return state in NAMING


def next_state(state: str, verb: str) -> str:
    return apply(TRANSITIONS, state, verb)


def staff_verbs(state: str) -> list[str]:
    """What staff can decide on a registration in this state, in the order of the buttons."""
    return [verb for verb in VERBS if (state, verb) in TRANSITIONS]


def shown_state(team: Any) -> str:
    """The state as people see it: a half-signed roster is waiting for the other side."""
    return "waiting" if waiting_side(team) else str(team.state)


def state_label(team: Any) -> str:
    side = waiting_side(team)
    return f"Waiting for the {side} side" if side else STATES[team.state][0]


def state_sentence(team: Any) -> str:
    return STATES[shown_state(team)][1]


def approval_problems(
    team: Any, seats_left: int, reason: str, today: date, *, seen: Collection[int]
) -> list[Problem]:
    """What stops an approval: blockers, waivers without a reason, and too few seats.

    Staff give the reason, or the leads gave one for each rule when they asked for its waiver; such
    a request counts once staff have ``seen`` it.
    """
    found = problems(team, today)
    stopping = [problem for problem in found if problem.kind is Kind.BLOCKER]
    waivers = [problem.text for problem in found if problem.kind is Kind.WAIVER]
    asked = waivers_asked(team)
    unasked = [text for text in waivers if text not in asked]
    if unasked and not reason:
        text = "Say why this is waived: " + " ".join(unasked)
        stopping.append(Problem(Kind.BLOCKER, text, "note"))
    if not reason and any(text in asked and asked[text].id not in seen for text in waivers):
        stopping.append(Problem(Kind.BLOCKER, ASKED_MEANWHILE))
    people = len(team.members)
    if people > seats_left:
        needed = plural(people, "seat")
        left = plural(max(seats_left, 0), "seat")
        stopping.append(Problem(Kind.BLOCKER, f"The team needs {needed}, and {left} are left."))
    return stopping


def waived(team: Any, today: date, *, seen: Collection[int]) -> str:
    """The problems that an approval waives, a line each, with the leads' reasons that staff saw."""
    asked = {text: each for text, each in waivers_asked(team).items() if each.id in seen}
    texts = [problem.text for problem in problems(team, today) if problem.kind is Kind.WAIVER]
    return "\n".join(
        f"{text.rstrip('.')} — {asked[text].reason}" if text in asked else text for text in texts
    )
