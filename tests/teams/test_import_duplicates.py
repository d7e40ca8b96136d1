"""Duplicates in a list: of the roster, of a row above, and what becomes of them."""

import pytest

from cdef.kernel import audit
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, Cast
from tests.conftest import both_databases
from tests.pages import Browser, Page
from tests.teams.importing import CASPIAN, WINIFRED, lines, paste, press, states

PRISCILLA = "VANG, Priscilla\tpriscilla.vang@example.org\tPrincipal\tWeller Elementary\n"
NAMESAKE = "Priscilla Vang\tp.vang@example.com\tHR Director\tDistrict office\n"


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team()


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    return cast.browser(DISTRICT_LEAD)


def member(team: Team, name: str) -> list[tuple[str, str, str]]:
    return [(each.email, each.position, each.site) for each in team.members if each.name == name]


def test_somebody_of_the_roster_is_known_by_folded_and_turned_name(
    lead: Browser, team: Team
) -> None:
    page = paste(lead, team, PRISCILLA)
    assert states(page) == {"Duplicate": 1}
    assert "Priscilla Vang is on the roster already." in page.text()
    assert "School or office: empty → Weller Elementary" in page.text()


def test_an_update_writes_what_the_list_says_and_leaves_the_rest(lead: Browser, team: Team) -> None:
    people = len(team.members)
    paste(lead, team, "Priscilla Vang\tpriscilla.vang@example.org\t\tWeller Elementary\n")
    page = press(lead, "Update Priscilla Vang")
    assert states(page) == {"Will update": 1}
    page = press(lead, "Update 1 person")
    assert "1 person is changed." in page.text()
    there = [("priscilla.vang@example.org", "principal", "Weller Elementary")]
    assert member(team, "Priscilla Vang") == there
    assert len(team.members) == people
    event = audit.timeline(team.about)[0]
    assert event.what == "changed 1 person from a list"
    assert event.before is not None
    assert event.before["people"][0]["site"] == ""


def test_a_skipped_duplicate_changes_nothing_and_ends_the_list(lead: Browser, team: Team) -> None:
    revision = team.revision
    paste(lead, team, PRISCILLA)
    press(lead, "Skip")
    page = press(lead, "Close this list")
    assert "This list is done" in page.text()
    assert member(team, "Priscilla Vang") == [("priscilla.vang@example.org", "principal", "")]
    assert team.revision == revision


def test_a_namesake_can_be_added_as_another_person(lead: Browser, team: Team) -> None:
    page = paste(lead, team, NAMESAKE)
    assert "Is it the same person?" in page.text()
    assert states(press(lead, "Add as another person")) == {"Ready": 1}
    press(lead, "Add 1 person")
    assert len(member(team, "Priscilla Vang")) == 2


def test_an_address_of_the_roster_cannot_be_added_again(lead: Browser, team: Team) -> None:
    page = paste(lead, team, PRISCILLA)
    assert "Add as another person" not in page.text()
    where, number = page.path, lines()[0].id
    token = ("csrf_token", page.value("csrf_token"))
    lead.post(f"{where}/lines", [token, ("do", f"add-{number}")])
    assert states(lead.get(where)) == {"Duplicate": 1}


def test_all_duplicates_are_left_out_with_one_press(lead: Browser, team: Team) -> None:
    paste(lead, team, WINIFRED, WINIFRED, WINIFRED, PRISCILLA)
    assert states(press(lead, "Leave out all 3")) == {"Ready": 1, "Left out": 3}


def test_who_came_onto_the_roster_meanwhile_stays_in_the_list_as_a_duplicate(
    cast: Cast, lead: Browser, team: Team
) -> None:
    paste(lead, team, WINIFRED, CASPIAN)
    cast.add(team, "union", "Winifred Abernathy", "teacher", email="winifred@example.org")
    page = press(lead, "Add 2 people")
    assert "1 person is on the roster now." in page.text()
    assert states(page) == {"Duplicate": 1}
    assert len(member(team, "Winifred Abernathy")) == 1


def test_an_update_of_somebody_who_was_removed_meanwhile_becomes_an_addition(
    lead: Browser, team: Team
) -> None:
    where = paste(lead, team, PRISCILLA).path
    press(lead, "Update Priscilla Vang")
    number = next(each.id for each in team.members if each.name == "Priscilla Vang")
    lead.get(f"/teams/{team.id}")
    lead.submit(f"/teams/{team.id}/members/{number}/removal")
    assert states(lead.get(where)) == {"Ready": 1}


@pytest.fixture
def pair(cast: Cast) -> Team:
    """A team of two who are about to change their addresses."""
    team = cast.team(members=[])
    cast.add(team, "union", "Jo Lee", "teacher", email="a@example.org")
    cast.add(team, "union", "Sam Roe", "teacher", email="b@example.org")
    return team


def update_all(browser: Browser, page: Page) -> Page:
    """Choose the update for every row of the preview."""
    token = ("csrf_token", page.value("csrf_token"))
    for line in lines():
        browser.post(f"{page.path}/lines", [token, ("do", f"update-{line.id}")])
    return browser.get(page.path)


@both_databases
@pytest.mark.parametrize(
    ("sam", "jo"), [("c", "b"), ("a", "b"), ("c", "c")], ids=["one gives way", "swap", "same"]
)
def test_addresses_that_change_hands_in_one_list_are_never_refused(
    cast: Cast, pair: Team, sam: str, jo: str
) -> None:
    lead = cast.browser(DISTRICT_LEAD)
    row = "{}\t{}@example.org\tTeacher\tAlder Middle\n"
    page = paste(lead, pair, row.format("Sam Roe", sam), row.format("Jo Lee", jo))
    update_all(lead, page)
    page = press(lead, "Update 2 people")
    assert page.status == 200
    assert "2 people are changed." in page.text()
    ((jo_has, *_),) = member(pair, "Jo Lee")
    ((sam_has, *_),) = member(pair, "Sam Roe")
    assert (jo_has, sam_has) == ("a@example.org", f"{sam if sam == 'c' else 'b'}@example.org")


def test_a_member_is_updated_by_one_row_and_the_second_stays_a_duplicate(
    cast: Cast, pair: Team
) -> None:
    lead = cast.browser(DISTRICT_LEAD)
    row = "Jo Lee\ta@example.org\tTeacher\t{}\n"
    page = paste(lead, pair, row.format("Alder"), row.format("Birch"))
    assert states(update_all(lead, page)) == {"Duplicate": 1, "Will update": 1}
    assert states(press(lead, "Update 1 person")) == {"Duplicate": 1}
    assert member(pair, "Jo Lee") == [("a@example.org", "teacher", "Alder")]
