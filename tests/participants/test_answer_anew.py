"""A meeting that moved asks anew whether its members can come; nothing happens without an answer."""

import pytest

from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, FEW, UNION_LEAD, Cast, address_of
from tests.conftest import both_databases
from tests.pages import Browser
from tests.publishing import at_desk, hand_over, meeting_of, move

NAME = FEW[1][1]
TO = address_of(NAME)
DECEMBER = ("2016-12-06", "2016-12-07")


@pytest.fixture
def team(cast: Cast) -> Team:
    team = cast.approved(members=FEW)
    hand_over()
    return team


@pytest.fixture
def member(cast: Cast, team: Team) -> Browser:
    return cast.browser(TO, is_personal=True)


def address(team: Team, said: str) -> str:
    place = next(member.id for member in team.members if member.email == TO)
    return f"/personal/{place}/meetings/{meeting_of('bay-area', 1).id}/{said}"


def answer(member: Browser, team: Team, said: str) -> str:
    member.get("/personal")
    return member.submit(address(team, said)).text()


@both_databases
def test_newer_dates_ask_anew_and_keep_the_earlier_answer_apart(
    cast: Cast, team: Team, member: Browser
) -> None:
    staff = at_desk(cast)
    assert "You said that you can come." in answer(member, team, "acceptance")
    first = move(staff, "bay-area", 1, *DECEMBER).path
    text = member.get("/personal").text()
    assert "This has changed since you answered. Can you still come?" in text
    assert "You said that you cannot come." in answer(member, team, "decline")
    assert "December 6–7, 2016 0 1 3" in staff.get(first).text()
    second = move(staff, "bay-area", 1, "2016-12-13", "2016-12-14").path
    assert "December 13–14, 2016 0 0 4" in staff.get(second).text()
    assert "December 6–7, 2016 0 1 3" in staff.get(first).text()


@pytest.mark.parametrize("lead", [DISTRICT_LEAD, UNION_LEAD])
def test_both_leads_see_who_can_come(cast: Cast, team: Team, member: Browser, lead: str) -> None:
    move(at_desk(cast), "bay-area", 1, *DECEMBER)
    answer(member, team, "decline")
    text = cast.browser(lead).get(f"/teams/{team.id}").text()
    assert f"Session 1, December 6–7, 2016 0 1: {NAME} 3: Imogen" in text


def test_staff_see_who_can_come_beside_the_decision(
    cast: Cast, team: Team, member: Browser
) -> None:
    answer(member, team, "acceptance")
    text = at_desk(cast).get(f"/staff/teams/{team.id}").text()
    assert "Session 1, November 29–30, 2016 1 0 3" in text


def test_an_answer_to_what_has_moved_meanwhile_is_not_taken(
    cast: Cast, team: Team, member: Browser
) -> None:
    member.get("/personal")
    move(at_desk(cast), "bay-area", 1, *DECEMBER)
    page = member.submit(address(team, "acceptance"))
    assert page.status == 409
    assert "Session 1 has changed since you opened this page." in page.text()
    assert "December 6–7, 2016" in page.text()
    assert "You said that you can come." not in member.get("/personal").text()


def test_opening_the_page_says_nothing_for_the_member(
    cast: Cast, team: Team, member: Browser
) -> None:
    move(at_desk(cast), "bay-area", 1, *DECEMBER)
    member.get("/personal")
    assert member.client.get(address(team, "acceptance")).status_code == 405
    text = at_desk(cast).get(f"/staff/teams/{team.id}").text()
    assert "Session 1, December 6–7, 2016 0 0 4" in text


def test_a_team_that_is_not_approved_has_no_such_list(cast: Cast) -> None:
    team = cast.submitted(members=FEW)
    assert "Who can come" not in cast.browser(DISTRICT_LEAD).get(f"/teams/{team.id}").text()
