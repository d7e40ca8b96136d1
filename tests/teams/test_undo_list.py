"""Undoing a whole list that was brought to the roster: one press, and nothing newer is lost."""

import pytest

from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, UNION_LEAD, Cast
from tests.conftest import both_databases
from tests.pages import Browser
from tests.teams.importing import CASPIAN, WINIFRED, paste, press
from tests.teams.undoing import change, newest, remove, undo

PRISCILLA = "Priscilla Vang\tpriscilla.vang@example.org\tPrincipal\tAlder Middle\n"


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team(members=[("district", "Priscilla Vang", "principal")])


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    browser = cast.browser(DISTRICT_LEAD)
    paste(browser, team, WINIFRED, CASPIAN)
    press(browser, "Add 2 people")
    return browser


@pytest.fixture
def partner(cast: Cast) -> Browser:
    return cast.browser(UNION_LEAD)


def names(team: Team) -> set[str]:
    return {member.name for member in team.members}


@both_databases
def test_either_lead_takes_everybody_of_a_list_off_again(
    lead: Browser, partner: Browser, team: Team
) -> None:
    revision = team.revision
    page = undo(partner, team)
    assert "Undone: added 2 people from a list." in page.text()
    assert not {"Winifred Abernathy", "Caspian Delacroix"} & names(team)
    assert team.revision == revision + 1
    assert newest(team).what == "undid “added 2 people from a list”"


def test_the_undo_of_a_list_can_be_undone(lead: Browser, team: Team) -> None:
    undo(lead, team)
    undo(lead, team)
    assert {"Winifred Abernathy", "Caspian Delacroix"} <= names(team)
    assert newest(team).what == "redid “added 2 people from a list”"


def test_whoever_was_changed_since_stays(lead: Browser, team: Team) -> None:
    event = newest(team)
    change(next(row for row in team.members if row.name == "Caspian Delacroix"), site="Alder")
    undo(lead, team, event)
    assert "Caspian Delacroix" in names(team)
    assert "Winifred Abernathy" not in names(team)
    assert newest(team).what.endswith(", except for 1 person who changed since")


def test_a_row_that_the_list_changed_says_what_it_said_before(lead: Browser, team: Team) -> None:
    priscilla = next(row for row in team.members if row.name == "Priscilla Vang")
    paste(lead, team, PRISCILLA)
    press(lead, "Update Priscilla Vang")
    press(lead, "Update 1 person")
    assert priscilla.site == "Alder Middle"
    undo(lead, team)
    assert priscilla.site == ""


def test_nothing_is_offered_once_everybody_is_off(lead: Browser, team: Team) -> None:
    event = newest(team)
    for member in [row for row in team.members if row.email.startswith(("winifred@", "caspian@"))]:
        remove(member)
    page = lead.get(f"/teams/{team.id}")
    assert not page.has_form(f"/teams/{team.id}/events/{event.id}/undo")
