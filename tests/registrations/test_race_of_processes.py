"""Thirty-two approvals from three processes race for the last seats: exactly what fits is approved.

``RACE_SEEDS=200`` runs as many seeds; each draws other sizes, seats and an order of its own.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from random import Random

import pytest
from flask import Flask
from sqlalchemy import delete, make_url, select, update

from cdef.directory.models import District
from cdef.kernel.audit import Event
from cdef.kernel.db import db, transaction
from cdef.outbox.models import Letter, LetterEvent
from cdef.registrations import actions
from cdef.registrations.models import Decision, Registration, seats_taken
from cdef.registrations.recount_actions import recount
from cdef.series.models import Cohort, cohort_by_slug
from cdef.teams.member_models import Member
from tests.cast import FEW, MEMBERS, Cast
from tests.conftest import both_databases
from tests.races import at_once
from tests.registrations.racers import approve
from tests.registrations.test_race import Careless
from tests.served import ROOT

RACERS, PROCESSES = 32, 3
SEEDS = int(os.environ.get("RACE_SEEDS", "1"))
# Thirty-one wait for one: the race is about seats, not about who gives up first.
PATIENT = {"sqlite": {"timeout": "60"}, "postgresql": {"options": "-clock_timeout=60000"}}
NEEDED = {name for _, name, _ in FEW}


@pytest.fixture
def teams(cast: Cast) -> list[int]:
    """Thirty-two teams of eight people who ask for places in one cohort."""
    cast.staff()
    query = select(District.cd_code).where(District.cd_code.is_not(None))
    codes = db.session.scalars(query.order_by(District.cd_code)).all()
    return [
        cast.submitted(
            cd_code=codes[number % len(codes)],
            lead=f"lead.{number}@example.org",
            partner=f"partner.{number}@example.org",
            members=MEMBERS,
        ).id
        for number in range(RACERS)
    ]


def bay_area() -> Cohort:
    found = cohort_by_slug("bay-area")
    assert found is not None
    return found


def prepare(teams: list[int], random: Random) -> dict[int, int]:
    """Everybody waits again, in teams of other sizes and for other seats; the size of each."""
    sizes = {}
    with transaction(bay_area()):
        db.session.execute(delete(LetterEvent))
        db.session.execute(delete(Letter))
        db.session.execute(delete(Decision).where(Decision.verb == "approve"))
        db.session.execute(delete(Event).where(Event.what == "approved the registration"))
        db.session.execute(update(Registration).values(state="submitted"))
        for team_id in teams:
            rows = db.session.scalars(select(Member).where(Member.team_id == team_id)).all()
            spare = [row for row in rows if row.name in {m[1] for m in MEMBERS} - NEEDED]
            gone = random.sample(spare, random.randint(0, len(spare)))
            for row in rows:
                row.removed_at = row.created_at if row in gone else None
            sizes[team_id] = len(rows) - len(gone)
        bay_area().seats = random.randint(min(sizes.values()), sum(sizes.values()) // 2)
    recount()
    return sizes


@pytest.fixture
def racers(app: Flask, database: str) -> Iterator["list[subprocess.Popen[str]]"]:
    """Three processes with the app, ready to be told whom to approve."""
    url = make_url(database)
    url = url.update_query_dict(PATIENT[url.get_backend_name()])
    address = url.render_as_string(hide_password=False)
    with ExitStack() as running:
        found = [
            running.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "tests.registrations.racers", address],
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(PROCESSES)
        ]
        for process in found:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        yield found
        for process in found:
            assert process.stdin is not None
            process.stdin.close()


def race(racers: "list[subprocess.Popen[str]]", teams: list[int]) -> dict[int, str]:
    """Let each process approve its share, all at once; what was said of each team."""
    db.session.remove()
    shares = [teams[place::PROCESSES] for place in range(PROCESSES)]
    for process, share in zip(racers, shares, strict=True):
        assert process.stdin is not None
        process.stdin.write(json.dumps(share) + "\n")
        process.stdin.flush()
    said = {}
    for process, share in zip(racers, shares, strict=True):
        assert process.stdout is not None
        said |= dict(zip(share, json.loads(process.stdout.readline()), strict=True))
    return said


@both_databases
def test_exactly_what_fits_is_approved(
    racers: "list[subprocess.Popen[str]]", teams: list[int]
) -> None:
    approved = 0
    for seed in range(SEEDS):
        random = Random(seed)
        sizes = prepare(teams, random)
        order = random.sample(teams, len(teams))
        said = race(racers, order)
        taken = sum(sizes[team] for team, word in said.items() if word == "approved")
        left = bay_area().seats - taken
        assert left >= 0, f"seed {seed} oversold {-left} seats"
        assert seats_taken(bay_area()) == taken
        refused = [team for team, word in said.items() if word != "approved"]
        assert refused
        assert all(sizes[team] > left for team in refused), f"seed {seed} refused a team that fits"
        assert all("seat" in said[team] for team in refused)
        letters = db.session.scalars(select(Letter.kind)).all()
        assert letters.count("confirmation") == taken
        approved += len(said) - len(refused)
    assert approved  # Else the race would have proved nothing.


@both_databases
def test_without_the_lock_the_race_oversells(
    app: Flask, teams: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: were the lock taken away, the race would see it."""
    prepare(teams, Random(0))
    careless = Careless(len(teams))
    monkeypatch.setattr(actions, "transaction", careless.transaction)
    monkeypatch.setattr(actions, "seats_left", careless.seats_left)
    assert at_once(app, teams, approve) == ["approved"] * RACERS
    recount()
    assert seats_taken(bay_area()) > bay_area().seats
