"""What a decision needs, what stands in its way, and what it does, in words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from cdef.kernel.problems import Kind, Problem, Refused, blocker
from cdef.kernel.words import local, moment, plural
from cdef.outbox import overtaken_rules as overtaken
from cdef.registrations.change_rules import may_change
from cdef.registrations.rules import STATES, TOLD
from cdef.series.rules import SIDES
from cdef.teams.handover_rules import CLOSED
from cdef.teams.rules import position_checks, problems

NEEDS_NOTE = frozenset({"return", "decline", "reopen", "reinstate", "recall"})
ASKED_MEANWHILE = "The leads have asked for a waiver meanwhile: look at the reason, then approve."
# What takes seats, or holds them: the roster and the cohort must allow it.
SEATING = frozenset({"approve", "offer"})
ANSWERS = frozenset({"recall", "accept", "pass"})  # What ends an offer before its time.
UNDOES = {
    "approved": "Take back the approval",
    "returned": "Take back the return",
    "waitlisted": "Take off the waitlist",
    "declined": "Take back the refusal",
    "withdrawn": "Take back the withdrawal",
}
AFTER = {
    "approve": "The team takes its seats. Undone by taking the approval back.",
    "offer": "The seats are held for the team until the day below, or until its leads answer.",
    "recall": "The seats are free again. The team keeps its place on the waitlist.",
    "reinstate": "The registration waits for a decision again, with the signatures that it has.",
    "return": "The leads change the roster and sign it again. Undone as long as they change nothing.",
    "waitlist": "The team waits for seats, in the order in which teams were submitted.",
    "decline": "The team cannot take part. Undone by taking the refusal back, or by reopening.",
    "withdraw": "Nobody of the team is expected. Undone by taking it back, or by reopening.",
    "reopen": "The leads can change the roster again, and sign it.",
}


@dataclass(frozen=True)
class Said:
    """What was said with a decision besides its note, and what its page had shown."""

    seen: Collection[int] = ()  # The requests for waivers that stood there.
    reasons: Mapping[int, str] = field(default_factory=dict)  # Why a rule is waived, by its id.
    over: str = ""  # Why the team may come although the seats do not suffice.
    rows: Mapping[int, str] = field(default_factory=dict)  # Notes on rows, by the member's id.
    until: datetime | None = None  # How long offered seats are held.
    version: int | None = None  # The newest decision that stood there; None: no page was shown.


class Overtaken(Refused):
    """Somebody decided while another had the page open."""


def label(state: str, verb: str, labels: Mapping[str, str]) -> str:
    """A verb as its button says it: what undoes a decision names that decision."""
    return UNDOES[state] if verb == "reinstate" else labels[verb]


def effect(team: Any, verb: str) -> str:
    """What a decision does, and how it is undone, in a sentence or two."""
    if team.state == "approved":
        return f"{plural(len(team.members), 'seat')} become free at once. {AFTER[verb]}"
    return AFTER[verb]


def check_note(team: Any, verb: str, note: str, said: Said) -> None:
    """Refuse where the leads would be told something that needs a reason, without one."""
    is_needed = verb in NEEDS_NOTE or (team.state, verb) == ("approved", "waitlist")
    if is_needed and not note and not (verb == "return" and any(said.rows.values())):
        raise Refused(blocker("Please write a note: the leads will read it.", "note"))


def check_offer(verb: str, *, is_offered: bool) -> None:
    """Seats are offered once at a time, and only what is offered can be taken back."""
    if verb == "offer" and is_offered:
        raise Refused(blocker("Seats are offered to this team already: take the offer back first."))
    if verb in ANSWERS and not is_offered:
        raise Refused(blocker("No seats are offered to this team now: the offer has ended."))


def check_version(decisions: Collection[Any], said: Said) -> None:
    """Refuse a decision on a page that showed less than what has been decided since."""
    if said.version is None:
        return
    news = [decision for decision in decisions if decision.id > said.version]
    if news:
        told = " ".join(f"{sentence(decision)}." for decision in news)
        raise Overtaken(blocker(f"Meanwhile: {told} Look at it, then decide."))


def sentence(decision: Any) -> str:
    """A decision in words: "Jo Lee approved the registration (October 17, 2016, 9:05 am)"."""
    who = decision.by.label if decision.by else "The system"
    note = f", noting “{decision.note}”" if decision.note else ""
    return f"{who} {TOLD[decision.verb]}{note} ({moment(local(decision.at))})"


def is_repeated(decisions: Any, verb: str, said: Said, by: Any) -> bool:
    """Whether this very form has been carried out already: a double click is one decision."""
    if said.version is None or not decisions:
        return False
    before = decisions[-2].id if len(decisions) > 1 else 0
    newest = decisions[-1]
    return bool(before == said.version and newest.verb == verb and newest.by_id == by.id)


def seating_problems(team: Any, seats_left: int, today: date, said: Said) -> list[Problem]:
    """What stops an approval: blockers, rules waived without a reason, and too few seats.

    Staff give a reason for each rule, or the leads gave one when they asked for its waiver; such a
    request counts once staff have seen it. Too few seats need a reason of their own.
    """
    stopping = [each for each in problems(team, today) if each.kind is Kind.BLOCKER]
    stopping += [without_reason(each, said) for each in unmet(team) if not reason(each, said)]
    people = len(team.members)
    if people > seats_left and not said.over:
        needed, left = plural(people, "seat"), plural(max(seats_left, 0), "seat")
        are = "is" if seats_left == 1 else "are"
        stopping.append(blocker(f"The team needs {needed}, and {left} {are} left.", "over"))
    return stopping


def unmet(team: Any) -> list[Any]:
    """The lines of the checklist that staff can waive."""
    return [check for check in position_checks(team) if check.problem]


def reason(check: Any, said: Said) -> str:
    """Why a rule is waived: in the words of staff, or else in those of the leads that staff saw."""
    asked = check.asked.reason if check.asked and check.asked.id in said.seen else ""
    return said.reasons.get(check.rule_id) or asked


def without_reason(check: Any, said: Said) -> Problem:
    if check.asked and check.asked.id not in said.seen:
        return blocker(ASKED_MEANWHILE)
    return blocker(f"Say why this is waived: {check.problem.text}", f"waive_{check.rule_id}")


def waived(team: Any, said: Said) -> str:
    """The problems that an approval waives, a line each, with the reason for each."""
    return "\n".join(
        f"{check.problem.text.rstrip('.')} — {reason(check, said)}" for check in unmet(team)
    )


def stands_signed(team: Any, decisions: Any) -> bool:
    """Whether a registration that is no longer submitted can be so again without new signatures."""
    if team.state == "returned":
        return all(last_signature(team, side) for side in SIDES)
    if team.state == "withdrawn":
        before = decisions[-2].verb if len(decisions) > 1 else ""
        return before not in ("", "return", "reopen")
    return team.state in STATES and team.state != "draft"


def last_signature(team: Any, side: str) -> Any:
    """A side's signature on the roster as it was returned, if nobody has changed it since."""
    signed = (
        each
        for each in team.signatures
        if each.lead.side == side and each.revision == team.revision - 1
    )
    return next(signed, None)


def new_facts(verb: str, state: str) -> list[str]:
    """What a decision makes true, of all that overtakes letters; who accepts keeps the seats given."""
    facts = {
        overtaken.DECIDED: True,
        overtaken.UNSEATED: verb != "accept",
        overtaken.BACK: not may_change(state),
        overtaken.CLOSED: state in CLOSED,
    }
    return [fact for fact, holds in facts.items() if holds]
