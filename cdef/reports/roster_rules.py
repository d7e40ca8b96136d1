"""What the printed roster of one team says; no needs, and no addresses of mail."""

from datetime import datetime
from typing import Any

from cdef.kernel import words
from cdef.registrations.rules import state_label, state_sentence
from cdef.series.rules import SIDES, meeting_dates
from cdef.teams.rules import cost_sentence, current_signature, price_cents

Sheet = dict[str, object]
LONGEST = 200  # characters of a name or a title; a sheet has an end


def roster_sheet(team: Any, *, now: datetime) -> Sheet:
    """Say a team's roster as plain text for the page to set."""
    people, price = len(team.members), price_cents(team)
    return {
        "title": short(team.district.name),
        "county": short(f"{team.district.county} County") if team.district.county else "",
        "cohort": short(f"{team.cohort.name} Cohort"),
        "series": short(team.cohort.series.title),
        "dates": meeting_dates(team.cohort),
        "state": state_label(team),
        "sentence": state_sentence(team),
        "cost": cost_sentence(people, price),
        "sides": [side_sheet(team, side, label) for side, label in SIDES.items()],
        "printed": f"Revision {team.revision}, printed {words.moment(words.local(now))}",
    }


def side_sheet(team: Any, side: str, label: str) -> Sheet:
    lead, rows = team.lead(side), team.side(side)
    return {
        "label": f"{label} side",
        "count": words.plural(len(rows), "person", "people"),
        "lead": f"Lead: {short(lead.name)}" if lead else "No lead yet",
        "signature": signature_line(team, side),
        "rows": [
            [short(member.called), member.position_label, short(member.site)] for member in rows
        ],
    }


def signature_line(team: Any, side: str) -> str:
    """Who signed this roster for a side, and when."""
    signature = current_signature(team, side)
    if signature is None:
        return "Not signed"
    when = words.moment(words.local(signature.at))
    return f"Signed by {short(signature.lead.name)}, {when}"


def short(text: str) -> str:
    return words.one_line(text, LONGEST)
