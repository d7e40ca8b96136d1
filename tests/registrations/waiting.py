"""A cohort with few seats, and teams that wait for them."""

from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, FEW, MEMBERS, UNION_LEAD, Cast
from tests.registrations.deciding import give_seats, hand_over
from tests.state import DISTRICTS

LARGE = MEMBERS  # Eight people with the leads; FEW makes four.


def waiting(cast: Cast, *rosters: list[tuple[str, str, str]], seats: int) -> list[Team]:
    """Teams on the waitlist of one cohort, each submitted an hour after the one before."""
    teams = []
    for number, members in enumerate(rosters):
        lead = DISTRICT_LEAD if number == 0 else f"lead{number}@example.org"
        partner = UNION_LEAD if number == 0 else f"partner{number}@example.org"
        team = cast.submitted(
            cd_code=DISTRICTS[number], lead=lead, partner=partner, members=members
        )
        cast.decide(team, "waitlist")
        teams.append(team)
        cast.later(hours=1)
    give_seats(teams[0], seats)
    hand_over()
    return teams


__all__ = ["FEW", "LARGE", "waiting"]
