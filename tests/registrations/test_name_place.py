"""Saying who takes a place that was held, once the roster is submitted."""

import pytest

from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, FEW, OAKLAND, OTHER_LEAD, STAFF, Cast, Mailbox, calendars_of
from tests.conftest import both_databases
from tests.pages import Browser, Page

WHO = {"name": "Winifred Abernathy", "email": "Winifred.Abernathy@example.org"}
EMAIL = "winifred.abernathy@example.org"


@pytest.fixture
def team(cast: Cast) -> Team:
    """Submitted by both leads, with a place held for a principal."""
    team = cast.team(members=FEW)
    lead = cast.browser(DISTRICT_LEAD)
    page = lead.get(f"/teams/{team.id}")
    form = page.find("form", id="add-district")[0]
    held = {each.get("name"): each.get("value") for each in form.iter() if each.get("name")}
    held |= {"position": "principal", "to_follow": "y"}
    lead.post(f"/teams/{team.id}/members", list(held.items()))
    cast.sign(team, "district")
    cast.sign(team, "union")
    return team


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    return cast.browser(DISTRICT_LEAD)


def place(team: Team) -> str:
    return f"/teams/{team.id}/members/{team.members[-1].id}/name"


def name(browser: Browser, team: Team, **fields: str) -> Page:
    browser.get(place(team))
    return browser.submit(place(team), **WHO | fields)


@both_databases
def test_a_submitted_teams_place_is_named_and_stays_signed(lead: Browser, team: Team) -> None:
    revision = team.revision
    page = lead.get(f"/teams/{team.id}")
    assert any(link.get("href") == place(team) for link in page.find("a"))
    page = name(lead, team)
    assert "Winifred Abernathy has the place." in page.text()
    member = team.members[-1]
    assert (member.name, member.email, member.position) == (WHO["name"], EMAIL, "principal")
    assert (team.state, team.revision) == ("submitted", revision)
    assert "named Winifred Abernathy for Name to follow" in page.text()


@both_databases
def test_in_an_approved_team_they_are_confirmed_at_once(
    cast: Cast, lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    cast.decide(team, "approve")
    assert mailbox.letters("confirmation", EMAIL) == []
    name(lead, team)
    assert len(mailbox.letters("confirmation")) == 5
    assert calendars_of(mailbox.last("confirmation", EMAIL))


def test_naming_twice_confirms_once(
    cast: Cast, lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    cast.decide(team, "approve")
    path, page = place(team), lead.get(place(team))
    for _ in range(2):
        lead.page = page
        again = lead.submit(path, **WHO)
    assert again.status == 422
    assert "This place has its name already: Winifred Abernathy." in again.text()
    assert len(mailbox.letters("confirmation", EMAIL)) == 1


def test_staff_can_name_it_too(cast: Cast, team: Team) -> None:
    cast.staff()
    staff = cast.browser(STAFF)
    page = staff.get(f"/staff/teams/{team.id}")
    assert any(link.get("href") == place(team) for link in page.find("a"))
    assert name(staff, team).path == f"/staff/teams/{team.id}"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Please give a name."),
        ("email", "winifred", "This does not look like an e-mail address."),
        ("email", DISTRICT_LEAD, "Imogen Castellanos is on the roster with this address already."),
    ],
)
def test_what_is_wrong_is_said_and_kept(
    lead: Browser, team: Team, field: str, value: str, sentence: str
) -> None:
    page = name(lead, team, **{field: value})
    assert page.status == 422
    assert sentence in page.text()
    assert page.value(field) == value


def test_a_draft_names_its_places_on_the_roster(cast: Cast, lead: Browser, team: Team) -> None:
    cast.decide(team, "return", "Please look again.")
    assert name(lead, team).status == 422


def test_another_teams_lead_finds_nothing(cast: Cast, team: Team) -> None:
    cast.team(cd_code=OAKLAND, lead=OTHER_LEAD, partner=None)
    assert cast.browser(OTHER_LEAD).get(place(team)).status == 404
