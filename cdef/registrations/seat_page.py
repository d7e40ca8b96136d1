"""The seats of one cohort as staff see them: taken, held and free, and who waits for them."""

from dataclasses import dataclass
from typing import Any

from cdef.kernel import clock
from cdef.kernel.words import local_day
from cdef.registrations.decision_page import HELD_FOR, version
from cdef.registrations.forms import SeatsForm
from cdef.registrations.models import read_decisions
from cdef.registrations.offer_models import taken_and_held, waitlist
from cdef.registrations.preview_rules import Telling, tellings
from cdef.series.models import Cohort
from cdef.teams.models import Team


@dataclass(frozen=True)
class Waiter:
    """A team that waits: whether it fits now, and what it was offered."""

    team: Team
    people: int
    is_offered: bool
    fits: bool


@dataclass(frozen=True)
class Proposal:
    """The first team that fits, what an offer of its seats would send, and how long it holds."""

    team: Team
    people: int
    letters: list[Telling]
    until: str
    version: int
    seen: str


def seats_of(cohort: Cohort) -> dict[str, Any]:
    """Seats in numbers; the templates of a cohort's page ask for it by name."""
    taken, held = taken_and_held(cohort, clock.now())
    return {
        "taken": taken,
        "held": held,
        "left": max(cohort.seats - taken - held, 0),
        "over": max(taken + held - cohort.seats, 0),
        "form": SeatsForm(formdata=None, seats=str(cohort.seats)),
    }


def waiters_of(cohort: Cohort) -> dict[str, Any]:
    """Who waits, in their order, and the team that is proposed: the first that fits."""
    now, seats = clock.now(), seats_of(cohort)
    waiters = [
        Waiter(team, people, team.registration.is_offered(now), people <= seats["left"])
        for team in waitlist(cohort, now)
        for people in [len(team.members)]
    ]
    fitting = (each for each in waiters if each.fits and not each.is_offered)
    first = next(fitting, None)
    return {"left": seats["left"], "waiters": waiters, "proposal": first and proposal(first.team)}


def proposal(team: Team) -> Proposal:
    now = clock.now()
    read_decisions(team.registration)
    return Proposal(
        team,
        len(team.members),
        tellings(team, "offer"),  # It fits, so nobody hears of too many people.
        (local_day(now) + HELD_FOR).isoformat(),
        version(team),
        ",".join(str(each.id) for each in team.waiver_requests),
    )
