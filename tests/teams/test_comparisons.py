"""What a roster has in common with the rosters of other teams."""

import pytest

from cdef.kernel.db import db, transaction
from cdef.series.models import Cohort, Series
from cdef.teams.models import Team
from cdef.teams.roster_actions import remove_member
from tests.cast import DISTRICT_LEAD, FEW, OAKLAND, OTHER_LEAD, Cast
from tests.conftest import both_databases

ELSEWHERE = "Thaddeus Okonkwo-Reyes is on the roster of another team too."


def said(cast: Cast, team: Team) -> str:
    return cast.browser(DISTRICT_LEAD).get(f"/teams/{team.id}").text()


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team(members=FEW)


@both_databases
def test_an_address_on_another_roster_is_worth_a_look(cast: Cast, team: Team) -> None:
    assert ELSEWHERE not in said(cast, team)
    other = cast.team(cd_code=OAKLAND, lead=OTHER_LEAD, partner=None, members=[FEW[0]])
    page = said(cast, team)
    assert ELSEWHERE in page
    assert "Oakland" not in page
    remove_member(other.members[-1], by=other.leads[0].person, now=cast.now())
    assert ELSEWHERE not in said(cast, team)


def becomes_last_year(team: Team) -> None:
    """Let a new series begin, to which this team does not belong."""
    with transaction():
        series = Series(
            key="2017-18",
            title="2017–18",
            subtitle="",
            intro="",
            audience="",
            partners="",
            price_cents=6000,
            smallest_team=4,
            largest_team=20,
            created_at=team.created_at,
        )
        series.cohorts.append(
            Cohort(slug="bay-area", name="Bay Area", position=0, seats=60, is_open=True)
        )
        db.session.add(series)


@both_databases
def test_an_address_that_changed_since_last_year_is_shown(cast: Cast, team: Team) -> None:
    becomes_last_year(team)
    new = cast.team(members=[])
    cast.add(new, "district", "Okonkwo-Reyes, Thaddeus", "board", email="t.okonkwo@example.org")
    page = said(cast, new)
    assert "had another address in an earlier series: thaddeus.okonkwo.reyes@example.org" in page


@both_databases
def test_last_years_roster_is_no_other_team_of_this_series(cast: Cast, team: Team) -> None:
    becomes_last_year(team)
    new = cast.team(members=[FEW[0]])
    assert ELSEWHERE not in said(cast, new)
    assert "earlier series" not in said(cast, new)


def test_a_stranger_learns_nothing_of_an_earlier_roster(cast: Cast, team: Team) -> None:
    becomes_last_year(team)
    new = cast.team(lead=OTHER_LEAD, partner=None, members=[])
    cast.add(new, "district", "Thaddeus Okonkwo-Reyes", "board", email="t.okonkwo@example.org")
    assert "earlier series" not in cast.browser(OTHER_LEAD).get(f"/teams/{new.id}").text()


def test_a_withdrawn_team_is_no_other_team(cast: Cast, team: Team) -> None:
    other = cast.submitted(cd_code=OAKLAND, lead=OTHER_LEAD, members=FEW)
    assert ELSEWHERE in said(cast, team)
    cast.decide(other, "withdraw")
    assert ELSEWHERE not in said(cast, team)


def test_another_districts_earlier_rosters_are_nobodys_business(cast: Cast, team: Team) -> None:
    becomes_last_year(team)
    new = cast.team(cd_code=OAKLAND, members=[])
    cast.add(new, "district", "Thaddeus Okonkwo-Reyes", "board", email="t.okonkwo@example.org")
    assert "earlier series" not in said(cast, new)
