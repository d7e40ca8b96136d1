"""Last year's roster as a start for this year's."""

import pytest

from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, FEW, OTHER_LEAD, UNION_LEAD, Cast
from tests.pages import Browser, Page
from tests.teams.importing import lines, lists, paste, press, states


@pytest.fixture
def old(cast: Cast) -> Team:
    return cast.team(members=FEW)


@pytest.fixture
def team(cast: Cast, old: Team) -> Team:
    """The same district's team of the next series; only Imogen is on it."""
    cast.next_series()
    return cast.team(partner=None, members=[])


def start(browser: Browser, team: Team) -> Page:
    browser.get(f"/teams/{team.id}")
    return browser.submit(f"/teams/{team.id}/imports/last-year")


def test_the_people_of_last_year_reach_the_preview(cast: Cast, old: Team, team: Team) -> None:
    page = start(cast.browser(DISTRICT_LEAD), team)
    assert states(page) == {"Duplicate": 1, "Ready": 3}
    assert "The roster of 2016-17" in page.text()
    assert [line.name for line in lines()] == [member.name for member in old.members]


def test_they_are_added_and_stay_on_last_years_roster(cast: Cast, old: Team, team: Team) -> None:
    lead = cast.browser(DISTRICT_LEAD)
    start(lead, team)
    press(lead, "Add 3 people")
    assert len(team.members) == 4
    assert len(old.members) == 4
    assert {(each.email, each.position) for each in old.members} == {
        (each.email, each.position) for each in team.members
    }


def test_twice_it_is_one_list(cast: Cast, team: Team) -> None:
    lead = cast.browser(DISTRICT_LEAD)
    start(lead, team)
    before = lead.get(f"/teams/{team.id}")
    lead.page = before
    for _ in range(2):
        lead.page = before
        lead.submit(f"/teams/{team.id}/imports/last-year")
    assert len(lists()) == 2  # One for each page that had the form.


def test_a_pasted_row_says_who_was_there_last_year(cast: Cast, old: Team, team: Team) -> None:
    row = "NAKAGAWA, Dáshiell\tdashiell@example.com\tCSEA Chapter President\t\n"
    page = paste(cast.browser(DISTRICT_LEAD), team, row)
    said = "Was on last year’s team: Classified union president, dashiell.nakagawa@example.org."
    assert said in page.text()


def test_whoever_did_not_lead_that_team_learns_nothing_of_it(
    cast: Cast, old: Team, team: Team
) -> None:
    """Anybody may start a team for a district."""
    other = cast.team(lead=OTHER_LEAD, partner=None, members=[], cohort="sacramento")
    stranger = cast.browser(OTHER_LEAD)
    page = stranger.get(f"/teams/{other.id}")
    where = f"/teams/{other.id}/imports/last-year"
    assert not page.has_form(where)
    page = stranger.post(where, [("csrf_token", page.value("csrf_token"))])
    assert page.status == 422
    row = "Dashiell Nakagawa\td@example.com\tTeacher\t\n"
    assert "last year" not in paste(stranger, other, row).text()


def test_either_lead_of_last_year_may(cast: Cast, old: Team, team: Team) -> None:
    other = cast.team(lead=UNION_LEAD, partner=None, members=[], cohort="sacramento")
    assert states(start(cast.browser(UNION_LEAD), other))["Ready"] >= 2


def test_in_the_first_year_nothing_is_offered(cast: Cast, old: Team) -> None:
    page = cast.browser(DISTRICT_LEAD).get(f"/teams/{old.id}")
    assert not page.has_form(f"/teams/{old.id}/imports/last-year")
