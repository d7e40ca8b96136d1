"""Throwing a list away."""

import pytest

from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, Cast
from tests.pages import Browser
from tests.teams.importing import NAMELESS, WINIFRED, lines, lists, paste, press


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team(members=[])


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    return cast.browser(DISTRICT_LEAD)


def test_a_discarded_list_is_gone_with_everything_read_from_it(lead: Browser, team: Team) -> None:
    where = paste(lead, team, WINIFRED, NAMELESS).path
    page = lead.submit(f"{where}/removal")
    assert "The list is discarded." in page.text()
    assert (lines(), lists()) == ([], [])
    assert lead.get(where).status == 404


def test_who_is_on_the_roster_already_stays_there(lead: Browser, team: Team) -> None:
    where = paste(lead, team, WINIFRED, NAMELESS).path
    press(lead, "Add 1 person")
    lead.get(where)
    lead.submit(f"{where}/removal")
    assert "Winifred Abernathy" in [member.name for member in team.members]


def test_a_list_can_be_discarded_while_its_columns_are_asked(lead: Browser, team: Team) -> None:
    where = paste(lead, team, "Who\tE-mail\nJo Lee\tjo@example.org", headings="").path
    lead.submit(f"{where}/removal")
    assert lists() == []
