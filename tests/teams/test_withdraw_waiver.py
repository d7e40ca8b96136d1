"""Taking back a request for a waiver."""

import pytest

from cdef.kernel import audit
from cdef.kernel.db import db
from cdef.teams.models import Team, WaiverRequest
from tests.cast import DISTRICT_LEAD, OAKLAND, OTHER_LEAD, STAFF, UNION_LEAD, Cast
from tests.conftest import both_databases
from tests.pages import Browser
from tests.teams.asking import BOARD, REASON, ask, without_board


@pytest.fixture
def team(cast: Cast) -> Team:
    """A team whose district lead has asked for a waiver."""
    team = without_board(cast)
    ask(team)
    return team


@pytest.fixture
def partner(cast: Cast, team: Team) -> Browser:
    browser = cast.browser(UNION_LEAD)
    browser.get(f"/teams/{team.id}")
    return browser


def address(team: Team, number: int = 1) -> str:
    return f"/teams/{team.id}/waivers/{number}/withdrawal"


@both_databases
def test_either_lead_takes_it_back(partner: Browser, team: Team) -> None:
    page = partner.submit(address(team))
    assert "The request for a waiver is taken back." in page.text()
    assert "Waiver asked for" not in page.text()
    assert page.has_form(f"/teams/{team.id}/waivers")
    assert team.waiver_requests == []


def test_it_is_on_the_timeline_and_no_change_of_the_roster(partner: Browser, team: Team) -> None:
    revision = team.revision
    partner.submit(address(team))
    event = audit.timeline(team.about)[0]
    assert (event.who, event.what) == (
        "Beatriz Holloway",
        f"took back the request for a waiver: {BOARD}",
    )
    assert (event.before, team.revision) == ({"reason": REASON}, revision)


@both_databases
def test_it_can_be_asked_anew(partner: Browser, team: Team) -> None:
    partner.submit(address(team))
    partner.submit(f"/teams/{team.id}/waivers", reason="The seat is vacant.")
    assert [request.reason for request in team.waiver_requests] == ["The seat is vacant."]


def test_twice_is_once(cast: Cast, partner: Browser, team: Team) -> None:
    waiting = cast.browser(DISTRICT_LEAD)
    waiting.get(f"/teams/{team.id}")
    partner.submit(address(team))
    lines = len(audit.timeline(team.about))
    assert waiting.submit(address(team)).status == 200
    assert len(audit.timeline(team.about)) == lines


# Refusals.


def test_after_the_decision_it_stays(cast: Cast, partner: Browser, team: Team) -> None:
    cast.sign(team, "union")
    cast.sign(team, "district")
    partner.get(f"/teams/{team.id}")
    cast.decide(team, "approve", seen=[request.id for request in team.waiver_requests])
    page = partner.submit(address(team))
    assert page.status == 422
    assert "The staff have decided" in page.text()
    assert team.waiver_requests


def test_staff_do_not_take_it_back(cast: Cast, team: Team) -> None:
    cast.staff()
    staff = cast.browser(STAFF)
    page = staff.get(f"/teams/{team.id}")
    assert not page.has_form(address(team))
    assert staff.post(address(team), [("csrf_token", page.value("csrf_token"))]).status == 422
    assert team.waiver_requests


def test_strangers_learn_nothing(cast: Cast, team: Team) -> None:
    other = cast.team(cd_code=OAKLAND, lead=OTHER_LEAD, partner=None, members=[])
    stranger = cast.browser(OTHER_LEAD)
    token = stranger.get("/teams").value("csrf_token")
    for path in (address(team), address(other)):
        assert stranger.post(path, [("csrf_token", token)]).status == 404
    request = db.session.get_one(WaiverRequest, 1)
    assert request.withdrawn_at is None
