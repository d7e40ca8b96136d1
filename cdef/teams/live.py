"""What is new on a team's page: cheap to ask every few seconds, and quiet to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Integer, Select, bindparam, func, or_, select

from cdef.kernel.access import DECIDING, Someone
from cdef.kernel.audit import Event
from cdef.kernel.db import db
from cdef.teams.lead_models import Lead
from cdef.teams.models import Team

HERE_FOR = timedelta(seconds=75)  # A page says every 30 seconds that it is open.
NEWS_FOR = timedelta(minutes=10)
MOST_NEWS = 3


@dataclass(frozen=True)
class Pulse:
    """The newest line of the team's timeline, and whether the other lead's page is open."""

    newest: int
    is_partner_here: bool

    @property
    def mark(self) -> str:
        """What a page sends back to ask whether anything is new."""
        return f"{self.newest}{'-here' if self.is_partner_here else ''}"


def known_line(mark: str) -> int:
    """The newest line that the page with this mark has; 0 of a mark that is none."""
    digits = mark.split("-")[0]
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 19 else 0


def pulse_query() -> Select[Any]:
    """Made once: putting it together takes longer than the database needs for it."""
    team_id, person_id = bindparam("team_id", type_=Integer), bindparam("person_id", type_=Integer)
    newest = select(func.max(Event.id)).where(Event.about == bindparam("about"))
    is_lead = Lead.team_id == team_id, Lead.left_at.is_(None)
    others = select(func.max(Lead.seen_at)).where(*is_lead, Lead.person_id != person_id)
    own = select(Lead.id).where(*is_lead, Lead.person_id == person_id)
    team = select(Team.id).where(Team.id == team_id)
    return select(newest.scalar_subquery(), others.scalar_subquery()).where(
        team.exists(), or_(own.exists(), bindparam("is_staff", type_=Boolean))
    )


PULSE = pulse_query()


def ask_pulse(person: Someone, team_id: int, *, now: datetime) -> Pulse | None:
    """One query, whatever the team's size; None for whoever may not see the team."""
    asked = {
        "team_id": team_id,
        "about": f"team:{team_id}",
        "person_id": person.id,
        "is_staff": person.has_role(DECIDING),
    }
    row = db.session.execute(PULSE, asked).first()
    return Pulse(row[0] or 0, is_here(row[1], now)) if row else None


def take_pulse(team: Team, person: Someone, events: Sequence[Event], *, now: datetime) -> Pulse:
    """The same of a team that is loaded already, with its newest events."""
    seen = [lead.seen_at for lead in team.leads if lead.person_id != person.id]
    return Pulse(events[0].id if events else 0, any(is_here(at, now) for at in seen))


def is_here(seen_at: datetime | None, now: datetime) -> bool:
    return seen_at is not None and now - seen_at < HERE_FOR


def news(events: Sequence[Event], person: Someone, *, now: datetime, since: int = 0) -> list[Event]:
    """What others did lately, newest first, as far as it is worth a quiet line."""
    own = {person.name, person.email}
    fresh = [
        event
        for event in events
        if event.id > since and event.who not in own and now - event.at < NEWS_FOR
    ]
    return fresh[:MOST_NEWS]
