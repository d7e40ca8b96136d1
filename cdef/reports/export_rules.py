"""The lines of an export: what they say of a team and of a member; never needs."""

from typing import Any

from cdef.kernel import words
from cdef.kernel.sheets.writing import Row
from cdef.registrations.rules import DONE, STATES
from cdef.series.rules import DISTRICT, SIDES, UNION, position_label
from cdef.teams.rules import cost_cents

TEAMS = (
    "District",
    "County",
    "CD code",
    "Cohort",
    "State",
    "District lead",
    "District lead’s e-mail",
    "Union lead",
    "Union lead’s e-mail",
    "District people",
    "Union people",
    "Amount due (US dollars)",
    "Rules not met",
    "Submitted",
    "Last decision",
)
PEOPLE = (
    "District",
    "County",
    "CD code",
    "Cohort",
    "State",
    "Side",
    "Name",
    "E-mail",
    "Position",
    "School or office",
)


def team_row(read: Any) -> Row:
    people = [sum(member.side == side for member in read.members) for side in SIDES]
    return (
        *beginning(read.team),
        *(lead_cell(read, side, name) for side in (DISTRICT, UNION) for name in ("name", "email")),
        *people,
        dollars(cost_cents(sum(people), read.team.price_cents)),
        "; ".join(unmet(read)),
        said(read.team.submitted_at),
        decision_cell(read.decision),
    )


def member_row(team: Any, member: Any) -> Row:
    """A place that is held for somebody has no name and no address."""
    return (
        *beginning(team),
        SIDES[member.side],
        member.name,
        member.email,
        position_label(member.position),
        member.site,
    )


def beginning(team: Any) -> tuple[str, ...]:
    """What every line begins with: which team it is, and where it stands."""
    state = STATES[team.state or "draft"][0]
    return team.district, team.county, team.cd_code or "", team.cohort, state


def lead_cell(read: Any, side: str, name: str) -> str:
    return str(getattr(read.leads.get(side), name, ""))


def unmet(read: Any) -> list[str]:
    held = {member.position for member in read.members}
    return [text for text, met_by in read.rules if not held & set(met_by)]


def dollars(cents: int) -> int | float:
    """A number to reckon with; whole where it can be."""
    return cents // 100 if cents % 100 == 0 else cents / 100


def said(at: Any) -> str:
    """A moment in California that sorts as text: "2016-10-17 09:00"."""
    return words.local(at).isoformat(" ", "minutes")[:16] if at else ""


def decision_cell(decision: Any) -> str:
    if decision is None:
        return ""
    by = decision.name or decision.email
    return f"{said(decision.at)} {DONE.get(decision.verb, decision.verb)}" + (
        f" by {by}" if by else ""
    )
