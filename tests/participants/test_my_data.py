"""My data: all that is kept of me is shown and can be taken away, and nothing of others."""

import json
from typing import Any

import pytest

from cdef.teams.models import Team
from tests.cast import FEW, OAKLAND, OTHER_LEAD, Cast
from tests.conftest import both_databases
from tests.pages import Browser

DASHIELL = "dashiell.nakagawa@example.org"
CANARY = "No kingfisher-quinoa, please"


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.approved(members=FEW)


@pytest.fixture
def mine(cast: Cast, team: Team) -> Browser:
    mine = cast.browser(DASHIELL, is_personal=True)
    own = next(member.id for member in team.members if member.email == DASHIELL)
    mine.get("/personal")
    mine.submit(f"/personal/{own}/meetings/{team.cohort.meetings[0].id}/decline")
    mine.submit(f"/personal/{own}/needs", dietary=CANARY)
    return mine


def taken(browser: Browser) -> dict[str, Any]:
    answer = browser.client.get("/personal/data.json")
    assert answer.mimetype == "application/json"
    assert "attachment" in answer.headers["Content-Disposition"]
    found: dict[str, Any] = json.loads(answer.data)
    return found


@both_databases
def test_the_file_has_everything_by_heading(mine: Browser) -> None:
    kept = taken(mine)
    assert kept["Me"][0]["E-mail"] == DASHIELL
    assert kept["My places"][0]["Team"] == "Milpitas Unified (Santa Clara County)"
    assert kept["My answers"][0]["Answer"] == "I cannot come"
    assert kept["My answers"][0]["Dates"] == "November 29–30, 2016"
    assert kept["My needs"][0]["What I cannot or do not eat"] == CANARY
    assert kept["Letters to me"][0]["Subject"] == "Confirmed: your place in the Bay Area Cohort"
    assert len(kept["Where I signed in"]) == 1


def test_the_page_says_the_same_for_reading(mine: Browser) -> None:
    text = mine.get("/personal/data").text()
    for entries in taken(mine).values():
        for entry in entries if isinstance(entries, list) else []:
            assert all(value in text for value in entry.values())


def test_it_names_nobody_else(cast: Cast, mine: Browser, team: Team) -> None:
    others = [member for member in team.members if member.email != DASHIELL]
    said = json.dumps(taken(mine)) + mine.get("/personal/data").html
    for member in others:
        assert member.name not in said
        assert member.email not in said


def test_a_lead_takes_the_teams_that_they_lead(cast: Cast) -> None:
    cast.team(cd_code=OAKLAND, lead=OTHER_LEAD, partner=None)
    kept = taken(cast.browser(OTHER_LEAD))
    assert kept["Teams that I lead or led"][0]["Side"] == "District"


def test_whoever_left_still_finds_what_is_kept(cast: Cast, mine: Browser, team: Team) -> None:
    cast.decide(team, "withdraw")
    assert taken(mine)["My needs"][0]["What I cannot or do not eat"] == CANARY
    assert "You have no confirmed place yet" in mine.get("/personal").text()
