"""The personal page: my team, my meetings, my calendar, and whether I come."""

from datetime import date

import pytest
from icalendar import Calendar

from cdef.kernel import audit
from cdef.teams.models import Team
from tests.cast import FEW, OTHER_LEAD, Cast, Mailbox, calendars_of
from tests.conftest import both_databases
from tests.pages import Browser, Page

DASHIELL = "dashiell.nakagawa@example.org"


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.approved(members=FEW)


@pytest.fixture
def mine(cast: Cast, team: Team) -> Browser:
    return cast.browser(DASHIELL, is_personal=True)


def own_id(team: Team) -> int:
    return next(member.id for member in team.members if member.email == DASHIELL)


def address(team: Team, number: int, said: str) -> str:
    meeting = team.cohort.meetings[number - 1]
    return f"/personal/{own_id(team)}/meetings/{meeting.id}/{said}"


def say(mine: Browser, team: Team, number: int, said: str) -> Page:
    mine.get("/personal")
    return mine.submit(address(team, number, said))


def pressed(page: Page) -> list[str]:
    buttons = page.find("button", aria_pressed="true")
    return [button.get("formaction", "").rsplit("/", 1)[1] for button in buttons]


@both_databases
def test_it_shows_team_meetings_and_places(mine: Browser) -> None:
    text = mine.get("/personal").text()
    for words in (
        "with the team of Milpitas Unified (Santa Clara County)",
        "November 29–30, 2016",
        "1331 E. Calaveras Boulevard",
        "Venue to follow",
        "Imogen Castellanos, district side",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("cohort", "there", "missing"),
    [
        ("sacramento", "TBD", "2016"),
        ("southern-california", "1189 Mountain Ave #100", "Session 1"),
    ],
)
def test_the_other_cohorts_are_right_too(cast: Cast, cohort: str, there: str, missing: str) -> None:
    cast.approved(cohort=cohort, members=FEW)
    page = cast.browser(DASHIELL, is_personal=True).get("/personal")
    meetings = " ".join("".join(item.itertext()) for item in page.find("ol", class_="agenda"))
    assert there in page.text()
    assert missing not in meetings


@both_databases
def test_saying_that_one_can_come_is_kept_and_shown(mine: Browser, team: Team) -> None:
    page = say(mine, team, 1, "acceptance")
    assert "Session 1: You can come. Thank you." in page.text()
    assert pressed(page) == ["acceptance"]
    assert pressed(mine.get("/personal")) == ["acceptance"]
    assert audit.timeline(team.about)[0].what == "Dashiell Nakagawa can come to Session 1"


@both_databases
def test_the_newest_answer_counts(mine: Browser, team: Team) -> None:
    say(mine, team, 1, "acceptance")
    say(mine, team, 2, "acceptance")
    page = say(mine, team, 1, "decline")
    assert pressed(page) == ["decline", "acceptance"]
    assert "You said that you cannot come." in page.text()


def test_the_same_answer_twice_is_one_line_on_the_timeline(mine: Browser, team: Team) -> None:
    lines = len(audit.timeline(team.about))
    say(mine, team, 1, "acceptance")
    say(mine, team, 1, "acceptance")
    assert len(audit.timeline(team.about)) == lines + 1


def test_htmx_gets_the_meeting_alone(mine: Browser, team: Team) -> None:
    mine.get("/personal")
    answer = mine.htmx(address(team, 1, "acceptance"))
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'aria-pressed="true"' in answer.text


def test_what_is_tbd_asks_for_no_answer(cast: Cast) -> None:
    team = cast.approved(cohort="sacramento", members=FEW)
    page = cast.browser(DASHIELL, is_personal=True).get("/personal")
    assert not page.has_form(address(team, 1, "acceptance"))


@both_databases
def test_the_calendar_file_has_the_entries_of_the_letter(
    mine: Browser, team: Team, mailbox: Mailbox
) -> None:
    answer = mine.client.get(f"/personal/{own_id(team)}/calendar.ics")
    assert answer.mimetype == "text/calendar"
    calendar = Calendar.from_ical(answer.data)
    mailed = [part.events[0] for part in calendars_of(mailbox.last("confirmation", DASHIELL))]
    assert calendar["METHOD"] == "PUBLISH"
    assert [event["UID"] for event in calendar.events] == [event["UID"] for event in mailed]
    assert [event["SEQUENCE"] for event in calendar.events] == [1] * 5
    assert calendar.events[0]["DTSTART"].dt == date(2016, 11, 29)


def test_without_a_place_the_page_says_what_comes(cast: Cast) -> None:
    cast.submitted(members=FEW)
    page = cast.browser(DASHIELL, is_personal=True).get("/personal")
    assert "You have no confirmed place yet" in page.text()


# Other people's places.


@pytest.mark.parametrize("path", ["meetings/1/acceptance", "needs"])
def test_nobody_answers_for_others(cast: Cast, team: Team, path: str) -> None:
    stranger = cast.browser(OTHER_LEAD, is_personal=True)
    token = stranger.get("/sign-in").value("csrf_token")
    for number in (own_id(team), 99999, "9" * 22):
        assert stranger.post(f"/personal/{number}/{path}", [("csrf_token", token)]).status == 404


def test_nobody_reads_the_calendar_of_others(cast: Cast, team: Team) -> None:
    stranger = cast.browser(OTHER_LEAD, is_personal=True)
    assert stranger.get(f"/personal/{own_id(team)}/calendar.ics").status == 404


def test_a_meeting_of_another_cohort_takes_no_answer(mine: Browser, team: Team) -> None:
    token = mine.get("/personal").value("csrf_token")
    for meeting in (4, 99999, "9" * 22):
        path = f"/personal/{own_id(team)}/meetings/{meeting}/acceptance"
        assert mine.post(path, [("csrf_token", token)]).status == 404
