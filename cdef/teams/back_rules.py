"""Which of last year's teams can be asked back, and which of their leads still are to be asked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cdef.series.rules import takes_registrations

BACK_LINK_LASTS = timedelta(days=60)
CAME = frozenset({"approved"})  # Who is chosen before staff choose.


@dataclass(frozen=True)
class Earlier:
    """One of last year's teams: the cohort that it would come to, or why it cannot be asked."""

    team: Any
    cohort: Any
    problem: str
    to_ask: Sequence[Any]  # Its leads who were not asked yet.
    asked: Sequence[Any]

    @property
    def may_ask(self) -> bool:
        return not self.problem and bool(self.to_ask)

    @property
    def is_proposed(self) -> bool:
        return self.may_ask and self.team.state in CAME

    @property
    def new_team_id(self) -> int | None:
        return next((row.new_team_id for row in self.asked if row.new_team_id), None)


def earlier(team: Any, cohorts: Mapping[str, Any], asked: Sequence[Any], today: date) -> Earlier:
    """How an earlier team stands; ``cohorts`` are the new series' by their addresses."""
    cohort = cohorts.get(team.cohort.slug)
    problem = ""
    if cohort is None:
        problem = f"This series has no cohort at /cohorts/{team.cohort.slug}."
    elif not takes_registrations(cohort, today):
        problem = f"{cohort.name} takes no registrations now. Open it first."
    done = {row.person_id for row in asked}
    leads = [lead for lead in team.leads if lead.joined_at and lead.person_id not in done]
    return Earlier(team, cohort, problem, leads, asked)


def letters_for(found: Sequence[Earlier], chosen: Collection[int]) -> list[tuple[Earlier, Any]]:
    """Who would get a letter if these teams were asked back: each team with a lead."""
    asked = [each for each in found if each.team.id in chosen and each.may_ask]
    return [(each, lead) for each in asked for lead in each.to_ask]
