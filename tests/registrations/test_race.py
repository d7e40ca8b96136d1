"""Many approvals at once for the last seats: exactly what fits is approved, on both databases."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from cdef.kernel import clock
from cdef.kernel.db import db, transaction
from cdef.registrations import actions
from cdef.registrations.models import seats_taken
from cdef.registrations.offer_models import seats_left
from cdef.series.models import Cohort, cohort_by_slug
from cdef.teams.models import Team
from tests.cast import FEW, Cast
from tests.conftest import both_databases
from tests.races import PATIENCE, at_once

DISTRICTS = {
    "4373387": "Alder",
    "0161259": "Birch",
    "4369666": "Cedar",
    "4310439": "Elm",
    "3467439": "Fir",
    "3467447": "Hazel",
    "3476505": "Larch",
    "3367033": "Maple",
}
FIT = 3  # of the eight teams, four people each


@pytest.fixture
def teams(cast: Cast) -> list[int]:
    """Eight teams that ask for places, and seats for three of them and a half."""
    cast.staff()
    submitted = [
        cast.submitted(
            cd_code=cd_code,
            lead=f"lead.{tree}@example.org",
            partner=f"partner.{tree}@example.org",
            members=[(side, f"{name} {tree}", position) for side, name, position in FEW],
        )
        for cd_code, tree in DISTRICTS.items()
    ]
    with transaction(bay_area()):
        bay_area().seats = 4 * FIT + 2
    return [team.id for team in submitted]


def bay_area() -> Cohort:
    found = cohort_by_slug("bay-area")
    assert found is not None
    return found


def approve(team_id: int) -> str:
    team = db.session.get_one(Team, team_id)
    actions.decide(team, "approve", "", by=actions.staff()[0], now=clock.now())
    return "approved"


@both_databases
def test_exactly_the_teams_that_fit_are_approved(app: Flask, teams: list[int]) -> None:
    said = at_once(app, teams, approve)
    assert said.count("approved") == FIT
    assert set(said) == {"approved", "The team needs 4 seats, and 2 seats are left."}
    assert seats_taken(bay_area()) == 4 * FIT


@both_databases
def test_a_team_that_many_approve_at_once_is_approved_once(app: Flask, teams: list[int]) -> None:
    said = at_once(app, teams[:1] * 8, approve)
    assert sorted(said) == ["This cannot be done now: it is approved."] * 7 + ["approved"]
    decisions = db.session.get_one(Team, teams[0]).registration.decisions
    assert [row.verb for row in decisions] == ["submit", "approve"]


@both_databases
def test_without_the_lock_the_seats_are_oversold(
    app: Flask, teams: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: were the lock taken away, the first test would see it."""
    careless = Careless(len(teams))
    monkeypatch.setattr(actions, "transaction", careless.transaction)
    monkeypatch.setattr(actions, "seats_left", careless.seats_left)
    assert at_once(app, teams, approve) == ["approved"] * len(teams)
    assert seats_taken(bay_area()) > bay_area().seats


class Careless:
    """Transactions without a lock, in the worst order: all count the seats, then one by one writes."""

    def __init__(self, people: int) -> None:
        self.counted = threading.Barrier(people)
        self.turn = threading.Semaphore()

    @contextmanager
    def transaction(self, *_rows: object) -> Iterator[None]:
        session = db.session()
        session.info["writing"] = True
        yield
        session.commit()
        self.turn.release()

    def seats_left(self, cohort: Cohort, now: datetime, **besides: Any) -> int:
        left = seats_left(cohort, now, **besides)
        db.session.rollback()  # SQLite lets nobody write while others read.
        self.counted.wait(PATIENCE)
        assert self.turn.acquire(timeout=PATIENCE)
        return left
