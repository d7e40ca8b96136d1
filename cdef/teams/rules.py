"""What a team must be: the checklist that leads see, the problems that staff see, the cost."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from cdef.kernel.problems import Kind, Problem, blocker
from cdef.kernel.words import dates, money, plural
from cdef.series.rules import DISTRICT, SIDES, UNION, other_side, side_of
from cdef.teams.check_rules import Check
from cdef.teams.notice_rules import notices

VOIDED = "signature_voided"  # The kind of letter that asks a lead to sign again.
EDITABLE = frozenset({"draft", "returned"})
ASKING = EDITABLE | {"submitted"}


def may_edit(state: str) -> bool:
    """A roster can be changed before it is submitted, and after it was returned."""
    return state in EDITABLE


def may_ask(state: str) -> bool:
    """A waiver can be asked for until staff have decided."""
    return state in ASKING


def side_to_invite(team: Any, own: Any) -> str | None:
    """The side whose lead this lead can still name: nobody has come in for it yet."""
    if own is None:
        return None
    side = other_side(own.side)
    partner = team.lead(side)
    return None if partner and partner.joined_at else side


def cost_cents(people: int, price_cents: int) -> int:
    return people * price_cents


def price_cents(team: Any) -> int:
    """What each person of a team pays: once it is submitted what its leads have signed."""
    if may_edit(team.state) or not team.signatures or not team.signatures[-1].people:
        price: int = team.cohort.series.price_cents
        return price
    signed = team.signatures[-1]
    return int(signed.cost_cents // signed.people)


def checklist(team: Any, today: date) -> list[Check]:
    """Everything asked of this team, in the order in which leads can do something about it."""
    return [
        *side_checks(team),
        *lead_checks(team),
        size_check(team),
        *position_checks(team),
        *name_checks(team, today),
        *notices(team),
    ]


def problems(team: Any, today: date) -> list[Problem]:
    """What is not met: blockers, waivers and notices, as the page, the letter and staff show them."""
    return [check.problem for check in checklist(team, today) if check.problem]


def side_checks(team: Any) -> list[Check]:
    checks = []
    for side, label in SIDES.items():
        missing = blocker(f"Nobody from the {side} side is on the roster yet.")
        there = any(member.side == side for member in team.members)
        text = f"{label} side is on the roster"
        checks.append(Check(text, None if there else missing, f"#add-{side}-name"))
    return checks


def lead_checks(team: Any) -> list[Check]:
    return [
        Check(
            f"{SIDES[side]} lead has joined", lead_problem(team.lead(side), side), "#partner-name"
        )
        for side in (DISTRICT, UNION)
    ]


def lead_problem(lead: Any, side: str) -> Problem | None:
    """Known by the field "lead": one side may sign before the other has joined."""
    if lead is None:
        return blocker(f"The {side} lead is not named yet.", "lead")
    if lead.joined_at is None:
        return blocker(f"{lead.name} is invited as {side} lead and has not joined yet.", "lead")
    return None


def size_check(team: Any) -> Check:
    smallest, largest = team.cohort.series.smallest_team, team.cohort.series.largest_team
    people = len(team.members)
    problem = None
    if people < smallest:
        problem = blocker(
            f"The team has {plural(people, 'person', 'people')}; it needs at least {smallest}."
        )
    if people > largest:
        problem = blocker(
            f"The team has {plural(people, 'person', 'people')}; at most {largest} can come."
        )
    mend = f"#add-{smaller_side(team)}-name" if people < smallest else ""
    return Check(f"{smallest} to {largest} people", problem, mend)


def smaller_side(team: Any) -> str:
    return min(SIDES, key=lambda side: sum(member.side == side for member in team.members))


def missing_positions(team: Any) -> set[str]:
    """The positions of which any would meet a rule that is not met yet."""
    held = {member.position for member in team.members}
    asked = [set(rule.met_by) for rule in team.cohort.series.team_rules]
    return set().union(*(positions for positions in asked if not positions & held))


def position_checks(team: Any) -> list[Check]:
    held = {member.position for member in team.members}
    asked = {request.team_rule_id: request for request in team.waiver_requests}
    return [
        Check(rule.text, None, rule_id=rule.id)
        if held & set(rule.met_by)
        else Check(
            rule.text,
            Problem(Kind.WAIVER, f"Missing: {rule.text[0].lower()}{rule.text[1:]}."),
            f"?position={rule.met_by[0]}#add-{side_of(rule.met_by[0])}-name",
            rule.id,
            asked.get(rule.id),
            is_waived=team.state == "approved",  # Who was approved without is taken without.
        )
        for rule in team.cohort.series.team_rules
    ]


def missing_position(team: Any, rule_id: int) -> Check | None:
    """The line of a rule that the roster does not meet; None where it does, or there is no such."""
    missing = (check for check in position_checks(team) if check.problem)
    return next((check for check in missing if check.rule_id == rule_id), None)


def waivers_asked(team: Any) -> dict[str, Any]:
    """What is missing, in words, and the open request to waive it."""
    return {
        check.problem.text: check.asked
        for check in position_checks(team)
        if check.problem and check.asked
    }


def name_checks(team: Any, today: date) -> list[Check]:
    """Places held for names to follow; they stop nothing until the day that staff set has passed."""
    held = [member for member in team.members if member.is_placeholder]
    if not held:
        return []
    due, names = team.cohort.names_due, plural(len(held), "name")
    if due is None:
        problem = Problem(Kind.NOTICE, f"{names} to follow.")
    elif today <= due:
        problem = Problem(Kind.NOTICE, f"{names} to follow, due by {dates([due])}.")
    else:
        problem = blocker(f"{names} to follow: they were due by {dates([due])}.")
    return [Check("Every name is known", problem, f"/members/{held[0].id}/edit")]


def current_signature(team: Any, side: str) -> Any:
    """The signature of one side on the roster as it is now, or None.

    While the roster can change, only that of the present lead counts: a successor signs anew. What
    a registration was submitted with stays as it was.
    """
    signed = (
        signature
        for signature in team.signatures
        if signature.lead.side == side
        and signature.revision == team.revision
        and (signature.lead.left_at is None or not may_edit(team.state))
    )
    return next(signed, None)


def waiting_side(team: Any) -> str | None:
    """The side that a half-signed draft waits for, or None."""
    signed = [side for side in SIDES if current_signature(team, side)]
    return other_side(signed[0]) if len(signed) == 1 and may_edit(team.state) else None


def signing_blockers(found: Iterable[Problem]) -> list[Problem]:
    """What of a team's problems stops a lead from signing; that the other lead has not joined does not."""
    return [
        problem for problem in found if problem.kind is Kind.BLOCKER and problem.field != "lead"
    ]


def cost_sentence(people: int, price_cents: int) -> str:
    """As the roster shows it: 8 people × $60 = $480."""
    total = money(cost_cents(people, price_cents))
    return f"{plural(people, 'person', 'people')} × {money(price_cents)} = {total}"
