"""Who may hand a side over, in which states, and to whom."""

from typing import Any

from cdef.kernel.problems import Problem, blocker
from cdef.series.rules import other_side
from cdef.teams.rules import may_edit

CLOSED = {"withdrawn": "This team is withdrawn.", "declined": "This team was declined."}


def may_lead_out(team: Any, side: str, person: Any) -> bool:
    """A side is its own lead's to hand over; staff do it for a lead who has left."""
    own = team.lead_of(person)
    return bool(person.has_role("staff") or (own and own.side == side))


def asking_problem(team: Any, side: str, person: Any) -> Problem | None:
    """What stops this person from handing the side over, or None."""
    if not may_lead_out(team, side, person):
        return blocker(f"Only the lead of the {side} side or the staff can hand it over.")
    lead = team.lead(side)
    if lead is None or not lead.joined_at:
        return blocker(
            f"Nobody leads the {side} side yet. The lead of the other side can invite somebody."
        )
    return state_problem(team)


def state_problem(team: Any) -> Problem | None:
    """A team that takes no part has nothing to hand over, unless the staff reopens it."""
    said = CLOSED.get(team.state)
    return blocker(f"{said} Its lead can change once the staff has reopened it.") if said else None


def successor_problem(team: Any, side: str, email: str) -> Problem | None:
    """What stops whoever has this address from leading the side, or None.

    Each side has a lead of its own, who does not come for the other one.
    """
    lead, other = team.lead(side), team.lead(other_side(side))
    if email == lead.email:
        return blocker(f"{lead.name} leads the {side} side already.", "email")
    if other and email == other.email:
        return blocker(f"{other.name} leads the {other.side} side, and cannot lead both.", "email")
    if other and other.handover and other.handover.email == email:
        said = f"{other.handover.name} is asked to take over the {other.side} side."
        return blocker(f"{said} Nobody can lead both.", "email")
    for member in team.members:
        if member.email == email and member.side != side:
            said = f"{member.name} comes for the {member.side} side."
            return blocker(f"{said} The {side} side needs a lead of its own.", "email")
    return None


def asks_about_roster(team: Any, email: str) -> bool:
    """Whether a successor says if they come: the roster can change, and they are not on it yet."""
    return may_edit(team.state) and all(member.email != email for member in team.members)
