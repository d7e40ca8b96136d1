"""What was proposed for a roster ends when the roster goes back to the leads, or is over."""

import pytest

from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, STAFF, Cast
from tests.conftest import both_databases
from tests.pages import Browser
from tests.registrations.changing import answer, approved, newest, propose_joining


@pytest.fixture
def team(cast: Cast) -> Team:
    return approved(cast)


@pytest.fixture
def lead(cast: Cast) -> Browser:
    return cast.browser(DISTRICT_LEAD)


@pytest.fixture
def staff(cast: Cast) -> Browser:
    return cast.browser(STAFF)


@both_databases
def test_a_withdrawal_ends_what_was_proposed(lead: Browser, staff: Browser, team: Team) -> None:
    propose_joining(lead, team)
    lead.get(f"/teams/{team.id}")
    lead.submit(f"/teams/{team.id}/withdrawal")
    assert (newest(team).state, newest(team).note) == (
        "withdrawn",
        "The registration was withdrawn.",
    )
    assert "Winifred Abernathy" not in staff.get("/staff").text()


@both_databases
def test_the_list_of_staff_names_the_teams_for_which_a_change_waits(
    lead: Browser, staff: Browser, team: Team
) -> None:
    assert "Changes of a roster wait" not in staff.get("/staff").text()
    propose_joining(lead, team)
    assert "Changes of a roster wait for you: Milpitas Unified (1)" in staff.get("/staff").text()
    answer(staff, team, "acceptance")
    assert "Changes of a roster wait" not in staff.get("/staff").text()
