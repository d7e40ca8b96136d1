"""What is not undone from the timeline, in words."""

import pytest

from cdef.kernel import audit, clock
from cdef.teams import roster_actions
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from cdef.teams.row_rules import Row
from tests.cast import DISTRICT_LEAD, OAKLAND, OTHER_LEAD, UNION_LEAD, Cast
from tests.conftest import both_databases
from tests.pages import Browser
from tests.teams.undoing import address, change, newest, remove, undo


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team(members=[("district", "Priscilla Vang", "principal")])


@pytest.fixture
def member(team: Team) -> Member:
    return team.side("district")[1]


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    return cast.browser(DISTRICT_LEAD)


@pytest.fixture
def partner(cast: Cast, team: Team) -> Browser:
    return cast.browser(UNION_LEAD)


@both_databases
def test_after_ten_minutes_it_is_refused_in_words(
    cast: Cast, lead: Browser, team: Team, member: Member
) -> None:
    lead.get(f"/teams/{team.id}")
    cast.later(minutes=10)
    page = lead.submit(address(team))
    assert page.status == 422
    assert "This was more than ten minutes ago" in page.text()
    assert member.removed_at is None


@both_databases
def test_what_somebody_changed_since_is_named_and_stays(
    lead: Browser, team: Team, member: Member
) -> None:
    change(member, name="Priscilla Ortiz", site="Alder")
    first = newest(team)
    change(member, name="Pris Vang")
    page = undo(lead, team, first)
    assert page.status == 422
    assert "The name of Pris Vang was changed again since, and is now Pris Vang." in page.text()
    assert (member.name, member.site) == ("Pris Vang", "Alder")


def test_other_fields_that_were_changed_since_stay(
    lead: Browser, team: Team, member: Member
) -> None:
    change(member, site="Alder")
    first = newest(team)
    change(member, position="board")
    assert undo(lead, team, first).status == 200
    assert (member.site, member.position) == ("", "board")


@both_databases
def test_nobody_is_put_back_beside_themselves(
    cast: Cast, lead: Browser, team: Team, member: Member
) -> None:
    remove(member)
    removal = newest(team)
    cast.add(team, "union", "Pris Vang", "teacher", email=member.email)
    page = undo(lead, team, removal)
    assert page.status == 422
    assert "Pris Vang is on the roster with this address already." in page.text()
    assert member.removed_at


def test_a_change_of_somebody_removed_meanwhile_is_refused(
    lead: Browser, team: Team, member: Member
) -> None:
    change(member, site="Alder")
    changed = newest(team)
    lead.get(f"/teams/{team.id}")
    remove(member)
    page = lead.submit(address(team, changed))
    assert page.status == 422
    assert "Priscilla Vang was removed meanwhile. Undo that first." in page.text()


@both_databases
def test_a_place_that_somebody_has_filled_in_since_stays(lead: Browser, team: Team) -> None:
    held = Row(name="", email="", position="board", site="")
    by = team.leads[0].person
    roster_actions.add_member(team, "district", held, by=by, now=clock.now())
    added, place = newest(team), team.side("district")[-1]
    assert lead.get(f"/teams/{team.id}").has_form(address(team, added))
    change(place, name="Al Bo", email="al.bo@example.org")
    page = lead.submit(address(team, added))
    assert page.status == 422
    assert "Al Bo was changed since, and stays. Remove the row itself." in page.text()
    assert place.removed_at is None
    page = lead.get(f"/teams/{team.id}")
    assert not page.has_form(address(team, added))
    assert page.has_form(address(team))


def test_after_the_submission_it_is_refused_in_words(cast: Cast, lead: Browser) -> None:
    team = cast.team(cd_code=OAKLAND)
    added = newest(team)
    lead.get(f"/teams/{team.id}")
    cast.sign(team, "district")
    cast.sign(team, "union")
    page = lead.submit(address(team, added))
    assert page.status == 422
    assert "The roster is submitted and cannot be changed here now." in page.text()
    assert not lead.get(f"/teams/{team.id}").has_form(address(team, added))


def test_what_is_about_no_member_is_not_undone(cast: Cast, lead: Browser, team: Team) -> None:
    started = audit.timeline(team.about)[-1]
    token = lead.get(f"/teams/{team.id}").value("csrf_token")
    page = lead.post(address(team, started), [("csrf_token", token)])
    assert page.status == 422
    assert "This cannot be undone." in page.text()


def test_strangers_learn_nothing(cast: Cast, team: Team, member: Member) -> None:
    other = cast.team(cd_code=OAKLAND, lead=OTHER_LEAD, partner=None, members=[])
    stranger = cast.browser(OTHER_LEAD)
    token = stranger.get("/teams").value("csrf_token")
    for path in (address(team), f"/teams/{other.id}/events/{newest(team).id}/undo"):
        assert stranger.post(path, [("csrf_token", token)]).status == 404
    assert member.removed_at is None
