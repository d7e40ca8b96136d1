"""The states of a registration, what leads from one to the next, and what each is called."""

from typing import Any

from cdef.kernel.states import apply
from cdef.kernel.words import plural
from cdef.teams.rules import waiting_side

TRANSITIONS = {
    ("draft", "submit"): "submitted",
    ("draft", "withdraw"): "withdrawn",
    ("returned", "submit"): "submitted",
    ("returned", "reinstate"): "submitted",
    ("returned", "decline"): "declined",
    ("returned", "withdraw"): "withdrawn",
    ("submitted", "approve"): "approved",
    ("submitted", "return"): "returned",
    ("submitted", "waitlist"): "waitlisted",
    ("submitted", "decline"): "declined",
    ("submitted", "withdraw"): "withdrawn",
    ("waitlisted", "offer"): "waitlisted",
    ("waitlisted", "recall"): "waitlisted",
    ("waitlisted", "accept"): "approved",
    ("waitlisted", "pass"): "waitlisted",
    ("waitlisted", "approve"): "approved",
    ("waitlisted", "reinstate"): "submitted",
    ("waitlisted", "return"): "returned",
    ("waitlisted", "decline"): "declined",
    ("waitlisted", "withdraw"): "withdrawn",
    ("approved", "reinstate"): "submitted",
    ("approved", "return"): "returned",
    ("approved", "waitlist"): "waitlisted",
    ("approved", "decline"): "declined",
    ("approved", "withdraw"): "withdrawn",
    ("declined", "reinstate"): "submitted",
    ("declined", "reopen"): "returned",
    ("declined", "withdraw"): "withdrawn",
    ("withdrawn", "reinstate"): "submitted",
    ("withdrawn", "reopen"): "returned",
}
# What staff decide, in the order of the buttons.
VERBS = {
    "approve": "Approve",
    "offer": "Offer seats",
    "recall": "Take the offer back",
    "reinstate": "Put back to submitted",
    "return": "Return with a note",
    "waitlist": "Put on the waitlist",
    "decline": "Decline",
    "reopen": "Reopen",
    "withdraw": "Withdraw",
}
DONE = {
    "submit": "submitted",
    "approve": "approved",
    "offer": "offered seats",
    "recall": "offered seats no longer",
    "accept": "approved",
    "pass": "left on the waitlist",
    "reinstate": "put back to submitted",
    "return": "returned",
    "waitlist": "put on the waitlist",
    "decline": "declined",
    "withdraw": "withdrawn",
    "reopen": "reopened",
}
TOLD = {
    "submit": "submitted the registration",
    "approve": "approved the registration",
    "offer": "offered the team its seats",
    "recall": "took the offer of seats back",
    "accept": "accepted the seats that were offered",
    "pass": "declined the seats that were offered",
    "reinstate": "put the registration back to submitted",
    "return": "returned the registration",
    "waitlist": "put the registration on the waitlist",
    "decline": "declined the registration",
    "withdraw": "withdrew the registration",
    "reopen": "reopened the registration",
}
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


def staff_verbs(state: str, *, is_offered: bool = False) -> list[str]:
    """What staff can decide on a registration in this state, in the order of the buttons."""
    not_now = "offer" if is_offered else "recall"
    return [verb for verb in VERBS if (state, verb) in TRANSITIONS and verb != not_now]


def shown_state(team: Any) -> str:
    """The state as people see it: a half-signed roster is waiting for the other side."""
    return "waiting" if waiting_side(team) else str(team.state)


def state_label(team: Any) -> str:
    side = waiting_side(team)
    return f"Waiting for the {side} side" if side else STATES[team.state][0]


def state_sentence(team: Any) -> str:
    return STATES[shown_state(team)][1]


def waiting_sentence(before: int, people: int, left: int) -> str:
    """A place on the waitlist: "2 teams wait before yours. Your team needs 12 seats, 8 are free." """
    wait = "No team waits" if not before else f"{plural(before, 'team')} wait{'s' * (before == 1)}"
    free = "none is free" if left < 1 else "1 is free" if left == 1 else f"{left} are free"
    return f"{wait} before yours. Your team needs {plural(people, 'seat')}, {free}."
