"""What is counted with every change is what a recount finds, whatever was done in whatever order."""

import random
from contextlib import suppress

import pytest
from flask import Flask
from flask_migrate import stamp
from sqlalchemy import delete, select, update

from cdef.kernel.db import db, transaction
from cdef.kernel.problems import Refused
from cdef.registrations import actions, sign_actions
from cdef.registrations.models import seats_taken
from cdef.registrations.recount_actions import recount
from cdef.registrations.rules import VERBS
from cdef.teams.listing_models import Listing, Tally, TeamWord, UnmetRule
from cdef.teams.models import Team
from cdef.teams.roster_actions import add_member, remove_member
from cdef.teams.row_rules import Row
from tests.cast import FEW, MILPITAS, OAKLAND, Cast
from tests.conftest import both_databases

SANTA_CLARA, SACRAMENTO = "4369666", "3467439"
WITHOUT_BOARD = [("district", "Priscilla Vang", "principal"), FEW[1]]
WITHOUT_CLASSIFIED = [FEW[0], ("union", "Marguerite Adeyemi", "teacher")]
NOTHING = {"lists": 0, "unmet rules": 0, "counters": 0, "words": 0}
POSITIONS = {"district": ("board", "principal"), "union": ("teacher", "classified_president")}


def teams_of(cast: Cast) -> list[int]:
    cast.staff()
    made = [
        cast.team(cd_code=MILPITAS, members=FEW),
        cast.submitted(cd_code=OAKLAND, members=FEW),
        cast.submitted(cd_code=SANTA_CLARA, members=WITHOUT_BOARD),
        cast.submitted(cd_code=SACRAMENTO, cohort="sacramento", members=WITHOUT_CLASSIFIED),
    ]
    return [team.id for team in made]


def act(cast: Cast, team: Team, chance: random.Random) -> None:
    """Anything that somebody may do; most of it is refused now and then."""
    by, now = cast.staff(), cast.now()
    side = chance.choice(["district", "union"])
    name = f"Person {chance.randrange(10_000)}"
    row = Row(name, f"{name[7:]}@example.org", chance.choice(POSITIONS[side]), "")
    lead = chance.choice(team.leads).person
    doings = [
        lambda: add_member(team, side, row, by=by, now=now),
        lambda: remove_member(chance.choice(team.members), by=by, now=now),
        lambda: sign_actions.sign(team, team.revision, by=lead, now=now, today=now.date()),
        lambda: actions.decide(team, chance.choice(list(VERBS)), "Because.", by=by, now=now),
    ]
    with suppress(Refused):
        chance.choice(doings)()


@both_databases
@pytest.mark.parametrize("seed", range(3))
def test_counters_equal_a_recount_after_a_random_run(cast: Cast, seed: int) -> None:
    teams, chance = teams_of(cast), random.Random(seed)
    for _ in range(40):
        act(cast, db.session.get_one(Team, chance.choice(teams)), chance)
        cast.later(hours=5)
    assert recount() == NOTHING
    assert db.session.scalar(select(Tally.count).where(Tally.kind == "day").limit(1)) is not None


@both_databases
def test_a_recount_sets_right_what_differs_and_says_so(cast: Cast) -> None:
    cast.approved(members=FEW)
    late = cast.submitted(cd_code=OAKLAND, members=WITHOUT_BOARD)
    with transaction():
        db.session.execute(update(Listing).values(state="draft", union_people=9))
        db.session.execute(update(Tally).where(Tally.kind == "people").values(count=7))
        db.session.execute(delete(UnmetRule))
        db.session.execute(delete(TeamWord).where(TeamWord.team_id == late.id))
    found = recount()
    assert min(found.values()) > 0
    assert recount() == NOTHING
    assert seats_taken(late.cohort) == 4


def test_the_command_says_what_differed(app: Flask, cast: Cast) -> None:
    cast.approved(members=FEW)
    run = app.test_cli_runner()
    db.session.rollback()
    stamp()  # The tables were made by the models, not by the migrations.
    assert "Everything was counted as it is." in run.invoke(args=["tallies"]).output
    with transaction():
        db.session.execute(update(Tally).where(Tally.kind == "teams").values(count=7))
    assert "counters: 3 differences set right" in run.invoke(args=["tallies"]).output
