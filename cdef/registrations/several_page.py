"""What a decision on several teams would do: to each of them, and in letters."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cdef.kernel import clock
from cdef.kernel.db import db
from cdef.kernel.forms import number_of
from cdef.kernel.problems import Refused
from cdef.registrations import actions, rules
from cdef.registrations.decision_page import version
from cdef.registrations.decision_rules import SEATING, Said, seating_problems
from cdef.registrations.models import Registration
from cdef.registrations.offer_models import seats_left_in
from cdef.registrations.preview_rules import Telling, tellings
from cdef.teams.models import Team, whole_team

MOST = 200  # teams at once


@dataclass(frozen=True)
class Prospect:
    """One team as it would fare: the letters of the decision, or why it would be skipped."""

    team: Team
    letters: Sequence[Telling]
    why_not: str
    version: int
    seen: list[int]

    @property
    def key(self) -> str:
        """What a form keeps of it: the team, and what was shown."""
        return f"{self.team.id}:{self.version}:{'.'.join(map(str, self.seen))}"


def chosen_teams(numbers: Sequence[str]) -> list[Team]:
    """The teams that were ticked, in the order in which they were submitted."""
    ids = {number_of(number) for number in numbers[:MOST]}
    with_decisions = joinedload(Team.registration).selectinload(Registration.decisions)
    query = (
        select(Team)
        .outerjoin(Registration, Registration.team_id == Team.id)
        .where(Team.id.in_(ids))
        .order_by(Registration.submitted_at, Team.id)
        .options(*whole_team(), with_decisions)
    )
    return list(db.session.scalars(query).unique())


def prospects(teams: Sequence[Team], verb: str) -> list[Prospect]:
    """Each team in turn: whoever comes first takes seats before the others."""
    held = actions.holders_of([team for team in teams if team.state == "approved"])
    left = seats_left_in({team.cohort_id for team in teams}, clock.now())
    found = []
    for team in teams:
        seen = [each.id for each in team.waiver_requests]
        why_not = obstacle(team, verb, seen, left[team.cohort_id] + offered(team))
        if not why_not and verb in SEATING:
            left[team.cohort_id] -= len(team.members) - offered(team)
        # Who would go over the seats is skipped, so no colleague hears of that.
        letters = [] if why_not else tellings(team, verb, holders=held.get(team.id, ()))
        found.append(Prospect(team, letters, why_not, version(team), seen))
    return found


def offered(team: Team) -> int:
    """The seats that an offer holds for the team itself."""
    registration = team.registration
    return (
        registration.offered_seats if registration and registration.is_offered(clock.now()) else 0
    )


def obstacle(team: Team, verb: str, seen: list[int], left: int) -> str:
    """Why a team would be skipped as things are now; nothing where it would not."""
    try:
        rules.next_state(team.state, verb)
    except Refused as refused:
        return str(refused)
    if verb not in SEATING:
        return ""
    found = seating_problems(team, left, clock.today(), Said(seen=seen))
    return " ".join(problem.text for problem in found)


def totals(found: Sequence[Prospect]) -> list[tuple[str, int]]:
    """How many letters of each kind go out in all."""
    counted: Counter[str] = Counter()
    for prospect in found:
        for telling in prospect.letters:
            counted[telling.title] += len(telling.people)
    return list(counted.items())


def kept(keys: Sequence[str]) -> list[dict[str, Any]]:
    """What a form kept of each team, as numbers."""
    found = []
    for key in keys[:MOST]:
        team, shown, seen = [*key.split(":"), "", ""][:3]
        numbers = [number_of(each) for each in seen.split(".") if each]
        found.append({"id": number_of(team), "version": number_of(shown), "seen": numbers})
    return found
