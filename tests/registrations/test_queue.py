"""The staff's queue: what waits for them, oldest first, and every other list of teams."""

import pytest

from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, FEW, MILPITAS, OAKLAND, STAFF, Cast
from tests.conftest import both_databases
from tests.pages import Browser, Page

SANTA_CLARA, SACRAMENTO = "4369666", "3467439"


@pytest.fixture
def staff(cast: Cast) -> Browser:
    cast.staff()
    return cast.browser(STAFF)


def submitted(cast: Cast, cd_code: str, cohort: str = "bay-area") -> Team:
    return cast.submitted(cd_code=cd_code, cohort=cohort, members=FEW)


def listed(page: Page) -> list[int]:
    """The teams in the list, by their numbers."""
    rows = (item.get("id", "") for item in page.find("tbody"))
    return [int(name.removeprefix("team-")) for name in rows]


@both_databases
def test_it_shows_what_waits_for_staff_oldest_first(cast: Cast, staff: Browser) -> None:
    first = submitted(cast, MILPITAS)
    cast.later(hours=1)
    second = submitted(cast, OAKLAND)
    cast.team(cd_code=SANTA_CLARA, members=[])
    cast.decide(first, "waitlist")
    assert listed(staff.get("/staff")) == [first.id, second.id]


@both_databases
def test_each_filter_shows_its_teams(cast: Cast, staff: Browser) -> None:
    draft = cast.team(cd_code=SANTA_CLARA, members=[])
    waiting = submitted(cast, MILPITAS)
    away = submitted(cast, SACRAMENTO, "sacramento")
    approved = submitted(cast, OAKLAND)
    cast.decide(approved, "approve")
    for filtered, teams in {
        "state=all": [draft, waiting, away, approved],
        "state=draft": [draft],
        "state=submitted": [waiting, away],
        "state=approved": [approved],
        "state=declined": [],
        "state=all&cohort=sacramento": [away],
        "cohort=bay-area": [waiting],
        "state=x&cohort=y": [draft, waiting, away, approved],
    }.items():
        assert listed(staff.get(f"/staff?{filtered}")) == [team.id for team in teams], filtered


def test_a_row_says_people_problems_and_state(cast: Cast, staff: Browser) -> None:
    cast.submitted(members=[("union", "Dashiell Nakagawa", "teacher"), FEW[0]])
    row = "".join(staff.get("/staff").find("tbody")[0].itertext())
    for words in (
        "Milpitas Unified",
        "Santa Clara County",
        "Bay Area",
        "2 district, 2 union",
        "Missing: classified union leader",
        "needs 4, 80 left",
        "Beatriz Holloway submitted the registration",
    ):
        assert words in " ".join(row.split())


def test_an_empty_queue_says_what_comes(staff: Browser) -> None:
    assert "Nothing waits for you" in staff.get("/staff").text()
    assert "No team is in this list" in staff.get("/staff?state=approved").text()


@pytest.mark.parametrize(
    "query", ["cohort=%00", "state=%00", "cohort=%ED%A0%80", "state=" + "x" * 9000]
)
@both_databases
def test_a_filter_that_is_none_does_no_harm(staff: Browser, query: str) -> None:
    assert staff.get(f"/staff?{query}").status == 200


def test_the_letters_link_leads_to_the_team(cast: Cast, staff: Browser) -> None:
    team = submitted(cast, MILPITAS)
    registration = team.registration
    assert staff.get(f"/registrations/{registration.id}").path == f"/staff/teams/{team.id}"


def test_the_teams_page_has_roster_timeline_and_letters(cast: Cast, staff: Browser) -> None:
    team = submitted(cast, MILPITAS)
    page = staff.get(f"/staff/teams/{team.id}")
    text = page.text()
    for words in (
        "CD code 4373387",
        "Thaddeus Okonkwo-Reyes",
        "Imogen Castellanos signed the roster.",
        "80 seats left in Bay Area",
    ):
        assert words in text
    about = page.find("a", href=f"/staff/outbox?about=team:{team.id}")
    assert about
    assert "Submitted: the team of Milpitas Unified" in staff.get(about[0].get("href", "")).text()


@pytest.mark.parametrize("path", ["/staff", "/staff/teams/1", "/registrations/1"])
def test_nobody_but_staff_sees_it(cast: Cast, path: str) -> None:
    submitted(cast, MILPITAS)
    assert cast.browser(DISTRICT_LEAD).get(path).status == 403
