"""Needs are erased 30 days after a cohort's last meeting, by themselves and of that cohort alone."""

from datetime import timedelta
from pathlib import Path

import pytest

from cdef.kernel import audit, clock
from cdef.kernel.db import db
from cdef.participants.actions import tell_needs
from cdef.participants.erase_actions import erase_needs
from cdef.participants.models import Needs
from cdef.teams.models import Team
from tests.cast import FEW, OAKLAND, Cast
from tests.conftest import both_databases, on_sqlite

CANARY = "No sesame, canary 5f2d."


@pytest.fixture
def team(cast: Cast) -> Team:
    team = cast.approved(members=FEW)
    for member in team.members[:2]:
        tell_needs(member, "No nuts.", "", now=cast.now())
    return team


def kept() -> int:
    return db.session.query(Needs).count()


def wait_until(cast: Cast, team: Team, days: int) -> None:
    """So many days after the cohort's last day."""
    last = max(day for meeting in team.cohort.meetings for day in meeting.dates)
    cast.later(days=(last - clock.today()).days + days)


@both_databases
def test_they_go_on_the_31st_day_and_not_before(cast: Cast, team: Team) -> None:
    wait_until(cast, team, 30)
    assert not erase_needs(now=clock.now())
    assert kept() == 2
    cast.later(days=1)
    assert erase_needs(now=clock.now())
    assert kept() == 0
    assert not erase_needs(now=clock.now())
    line = audit.timeline(team.cohort.about)[0]
    assert (line.who, line.what) == ("the system", "erased the needs of 2 people")


def test_those_of_another_cohort_stay(cast: Cast, team: Team) -> None:
    other = cast.approved(members=FEW, cd_code=OAKLAND, cohort="southern-california")
    tell_needs(other.members[0], "No fish.", "", now=cast.now())
    dates = {
        each.id: max(d for m in each.cohort.meetings for d in m.dates) for each in (team, other)
    }
    first, later = sorted((team, other), key=lambda each: dates[each.id])
    wait_until(cast, first, 31)
    assert dates[later.id] - dates[first.id] > timedelta(0)
    erase_needs(now=clock.now())
    left = {row.member_id for row in db.session.query(Needs)}
    assert left
    assert left <= {member.id for member in later.members}


def test_while_a_meeting_is_tbd_there_is_no_last_day(cast: Cast) -> None:
    team = cast.approved(members=FEW, cohort="sacramento")
    tell_needs(team.members[0], "No fish.", "", now=cast.now())
    cast.later(days=2000)
    assert not erase_needs(now=clock.now())
    assert kept() == 1


@on_sqlite
def test_they_leave_no_bytes_behind(cast: Cast, team: Team) -> None:
    tell_needs(team.members[0], CANARY, "", now=cast.now())
    path = Path(str(db.engine.url.database))
    assert CANARY.encode() in bytes_of(path)
    wait_until(cast, team, 31)
    erase_needs(now=clock.now())
    assert CANARY.encode() not in bytes_of(path)


def bytes_of(path: Path) -> bytes:
    """The database and whatever lies beside it."""
    db.session.rollback()
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def test_the_worker_does_it_by_itself(cast: Cast) -> None:
    assert erase_needs in [chore.do for chore in cast.app.extensions["chores"]]
