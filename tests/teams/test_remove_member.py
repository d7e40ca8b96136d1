"""Taking somebody off the roster, and putting them back."""

import pytest

from cdef.kernel import audit
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, OAKLAND, OTHER_LEAD, UNION_LEAD, Cast
from tests.conftest import both_databases
from tests.pages import Browser, Page


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team(members=[("district", "Priscilla Vang", "principal")])


@pytest.fixture
def member(team: Team) -> Member:
    return team.side("district")[1]


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    browser = cast.browser(DISTRICT_LEAD)
    browser.get(f"/teams/{team.id}")
    return browser


def address(member: Member) -> str:
    return f"/teams/{member.team_id}/members/{member.id}"


def remove(browser: Browser, member: Member) -> Page:
    return browser.submit(f"{address(member)}/removal")


def restore(browser: Browser, member: Member) -> Page:
    return browser.submit(f"{address(member)}/restoration")


@both_databases
def test_a_removed_person_leaves_roster_and_cost(lead: Browser, team: Team, member: Member) -> None:
    revision = team.revision
    page = remove(lead, member)
    assert "Priscilla Vang is off the roster." in page.text()
    assert "2 people × $60" in page.text()
    assert [found.name for found in team.side("district")] == ["Imogen Castellanos"]
    assert team.revision == revision + 1
    assert audit.timeline(team.about)[0].what == "removed Priscilla Vang"


@both_databases
def test_undo_puts_them_back_as_they_were(lead: Browser, team: Team, member: Member) -> None:
    remove(lead, member)
    page = restore(lead, member)
    assert "Priscilla Vang is on the roster again." in page.text()
    back = team.side("district")[1]
    assert (back.id, back.position) == (member.id, "principal")
    assert not page.has_form(f"{address(member)}/restoration")


def test_the_other_lead_can_undo_it_too(cast: Cast, lead: Browser, member: Member) -> None:
    remove(lead, member)
    union = cast.browser(UNION_LEAD)
    union.get(f"/teams/{member.team_id}")
    restore(union, member)
    assert member.removed_at is None


def test_undo_is_offered_for_ten_minutes(cast: Cast, lead: Browser, member: Member) -> None:
    remove(lead, member)
    cast.later(minutes=9)
    page = lead.get(f"/teams/{member.team_id}")
    assert page.has_form(f"{address(member)}/restoration")
    cast.later(minutes=2)
    page = lead.get(f"/teams/{member.team_id}")
    assert not page.has_form(f"{address(member)}/restoration")


def test_removing_twice_is_removing_once(
    cast: Cast, lead: Browser, team: Team, member: Member
) -> None:
    waiting = cast.browser(UNION_LEAD)
    waiting.get(f"/teams/{team.id}")
    remove(lead, member)
    revision = team.revision
    assert remove(waiting, member).status == 200
    assert team.revision == revision


def test_undoing_twice_is_undoing_once(
    cast: Cast, lead: Browser, team: Team, member: Member
) -> None:
    remove(lead, member)
    waiting = cast.browser(UNION_LEAD)
    waiting.get(f"/teams/{team.id}")
    restore(lead, member)
    revision = team.revision
    assert restore(waiting, member).status == 200
    assert team.revision == revision


def test_a_lead_may_leave_the_roster_and_stays_lead(cast: Cast, team: Team, lead: Browser) -> None:
    own = team.side("district")[0]
    remove(lead, own)
    assert lead.get(f"/teams/{team.id}").status == 200
    assert team.lead("district").email == DISTRICT_LEAD


# Refusals.


@both_databases
def test_undo_is_refused_once_the_address_is_on_the_roster_anew(
    cast: Cast, lead: Browser, team: Team, member: Member
) -> None:
    remove(lead, member)
    cast.add(team, "union", "Pris Vang", "teacher", email=member.email)
    page = restore(lead, member)
    assert page.status == 422
    assert "Pris Vang is on the roster with this address already." in page.text()
    assert member.removed_at


@pytest.mark.parametrize("verb", ["removal", "restoration"])
def test_after_the_submission_it_is_refused_in_words(cast: Cast, lead: Browser, verb: str) -> None:
    team = cast.team(cd_code=OAKLAND)
    member = team.side("district")[1]
    lead.get(f"/teams/{team.id}")
    if verb == "restoration":
        lead.submit(f"{address(member)}/removal")
    cast.sign(team, "district")
    cast.sign(team, "union")
    people = len(team.members)
    page = lead.submit(f"{address(member)}/{verb}")
    assert page.status == 422
    assert "The roster is submitted and cannot be changed here now." in page.text()
    assert len(team.members) == people


def test_strangers_learn_nothing(cast: Cast, team: Team, member: Member) -> None:
    other = cast.team(cd_code=OAKLAND, lead=OTHER_LEAD, partner=None, members=[])
    stranger = cast.browser(OTHER_LEAD)
    token = stranger.get("/teams").value("csrf_token")
    for team_id in (team.id, other.id):
        for verb in ("removal", "restoration"):
            path = f"/teams/{team_id}/members/{member.id}/{verb}"
            assert stranger.post(path, [("csrf_token", token)]).status == 404
    assert member.removed_at is None
