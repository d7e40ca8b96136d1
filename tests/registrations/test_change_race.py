"""Two people act on one proposal, or on one row, at the same moment: one of them is told so."""

import pytest
from flask import Flask

from cdef.kernel import clock
from cdef.kernel.db import db, transaction
from cdef.registrations import actions, change_actions, proposal_actions
from cdef.registrations.models import seats_taken
from cdef.registrations.proposal_actions import Wish
from cdef.registrations.proposal_models import Proposal, proposals_of
from cdef.teams.models import Team
from cdef.teams.row_rules import Row
from tests.cast import FEW, MILPITAS, OAKLAND, Cast, Mailbox
from tests.conftest import both_databases
from tests.races import at_once
from tests.registrations.changing import BOARD, member_named, names

ROW = Row("Winifred Abernathy", "winifred.abernathy@example.org", "board", "")
PEOPLE = 6


def propose(team: Team) -> int:
    lead = team.leads[0].person
    wish = Wish("join", "One more.", "district", row=ROW)
    proposal_actions.propose(team, wish, by=lead, now=clock.now())
    return proposals_of(team)[-1].id


@pytest.fixture
def team(cast: Cast) -> Team:
    cast.staff()
    return cast.approved(members=FEW)


def accept(proposal_id: int) -> str:
    proposal = db.session.get_one(Proposal, proposal_id)
    proposal_actions.accept(proposal, "", by=actions.staff()[0], now=clock.now())
    return "accepted"


def withdraw(proposal_id: int) -> str:
    proposal = db.session.get_one(Proposal, proposal_id)
    lead = proposal.team.leads[0].person
    proposal_actions.withdraw(proposal, by=lead, now=clock.now())
    return "withdrawn"


@both_databases
def test_many_accept_one_proposal_and_it_is_carried_out_once(
    app: Flask, team: Team, mailbox: Mailbox
) -> None:
    proposal_id, team_id = propose(team), team.id
    said = at_once(app, [proposal_id] * PEOPLE, accept)
    assert said.count("accepted") == 1
    others = [each for each in said if each != "accepted"]
    assert all("accepted already, by Rosalind Achterberg" in each for each in others)
    team = db.session.get_one(Team, team_id)
    assert names(team).count(ROW.name) == 1
    assert len(mailbox.letters("confirmation", ROW.email)) == 1


@both_databases
def test_a_lead_withdraws_while_staff_accept(app: Flask, team: Team) -> None:
    proposal_id, team_id = propose(team), team.id
    do = {"accept": accept, "withdraw": withdraw}
    said = at_once(app, ["accept", "withdraw"], lambda verb: do[verb](proposal_id))
    team = db.session.get_one(Team, team_id)
    was_accepted = said[0] == "accepted"
    assert (ROW.name in names(team)) == was_accepted
    assert (said[1] == "withdrawn") != was_accepted
    assert "already, by" in said[1 if was_accepted else 0]


@both_databases
def test_the_last_seat_goes_to_one_of_two_teams(app: Flask, cast: Cast) -> None:
    cast.staff()
    teams = [cast.approved(cd_code=code, members=FEW) for code in (MILPITAS, OAKLAND)]
    proposals = [propose(team) for team in teams]
    cohort = teams[0].cohort
    with transaction(cohort):
        cohort.seats = seats_taken(cohort) + 1
    said = at_once(app, proposals, accept)
    assert sorted(said) == ["No seat is left in the Bay Area Cohort.", "accepted"]


@both_databases
def test_one_person_is_swapped_once(app: Flask, team: Team, mailbox: Mailbox) -> None:
    member_id, team_id = member_named(team, BOARD).id, team.id

    def swap(number: int) -> str:
        found = db.session.get_one(Team, team_id)
        member = next(row for row in found.rows if row.id == member_id)
        row = Row(f"Winifred {number}", f"winifred{number}@example.org", "board", "")
        change_actions.swap(member, row, by=found.leads[0].person, now=clock.now())
        return "swapped"

    said = at_once(app, list(range(PEOPLE)), swap)
    assert said.count("swapped") == 1
    assert set(said) == {"swapped", f"{BOARD} is not on the roster any more."}
    team = db.session.get_one(Team, team_id)
    assert len(names(team)) == len(FEW) + 2
