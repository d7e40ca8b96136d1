"""Publishing dates and venues: public at once, and one letter to each member of an approved team."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Event

from cdef.kernel.db import transaction
from cdef.outbox.models import Letter
from cdef.teams.models import Team
from tests.cast import (
    DISTRICT_LEAD,
    FEW,
    OAKLAND,
    UNION_LEAD,
    Cast,
    Mailbox,
    address_of,
    calendars_of,
    html_of,
    parse,
    text_of,
)
from tests.conftest import both_databases
from tests.pages import Browser
from tests.publishing import at_desk, draft, draft_venue, hand_over, meeting_of, move, publish

CALIFORNIA = ZoneInfo("America/Los_Angeles")
TO = address_of(FEW[1][1])
TOLD = sorted([DISTRICT_LEAD, UNION_LEAD, *(address_of(name) for _, name, _ in FEW)])
DECEMBER = ("2016-12-06", "2016-12-07")
BAY = "/staff/cohorts/bay-area"


@pytest.fixture
def staff(cast: Cast) -> Browser:
    return at_desk(cast)


@pytest.fixture
def team(cast: Cast) -> Team:
    """Approved, with a confirmation that everybody has."""
    team = cast.approved(members=FEW)
    hand_over()
    return team


def entries(letter: Letter) -> list[tuple[str, Event]]:
    """The method and the one entry of each calendar part."""
    return [(str(part["METHOD"]), part.events[0]) for part in calendars_of(parse(letter.raw))]


def newest(mailbox: Mailbox, to: str = TO, kind: str = "dates_changed") -> Letter:
    return mailbox.letters(kind, to)[-1]


def uids(letter: Letter, method: str) -> dict[str, int]:
    return {str(each["UID"]): each["SEQUENCE"] for said, each in entries(letter) if said == method}


@both_databases
def test_each_member_of_an_approved_team_has_one_letter(
    staff: Browser, cast: Cast, mailbox: Mailbox
) -> None:
    cast.approved(members=FEW)
    cast.submitted(cd_code=OAKLAND, lead="other@example.org", partner="partner@example.org")
    hand_over()
    before = len(mailbox.letters())
    page = move(staff, "bay-area", 1, *DECEMBER)
    assert "Published. The letters are in the outbox." in page.text()
    assert sorted(letter.to_email for letter in mailbox.letters()[before:]) == TOLD


@both_databases
def test_the_calendar_updates_the_entries_of_the_confirmation(
    staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    earlier = uids(newest(mailbox, kind="confirmation"), "REQUEST")
    move(staff, "bay-area", 1, *DECEMBER)
    now = uids(newest(mailbox), "REQUEST")
    assert set(now) == {uid for uid in earlier if "meeting-1-" in uid}
    assert all(sequence == earlier[uid] + 1 for uid, sequence in now.items())
    starts = [event["DTSTART"].dt for _, event in entries(newest(mailbox))]
    assert starts == [date(2016, 12, 6), date(2016, 12, 7)]


def test_days_that_are_set_at_last_are_in_the_letter(
    staff: Browser, cast: Cast, mailbox: Mailbox
) -> None:
    cast.approved(members=FEW, cohort="sacramento")
    hand_over()
    move(staff, "sacramento", 1, *DECEMBER, starts="8:30 am", ends="15:00")
    letter = newest(mailbox)
    assert len(uids(letter, "REQUEST")) == 2
    text = text_of(parse(letter.raw))
    assert "Session 1: December 6–7, 2016\n  before: TBD\n  8:30 am – 3:00 pm" in text
    assert "Session 2" not in text
    assert "The other meetings stay as they are." in text


def test_the_hours_are_right_on_both_sides_of_the_clock_change(
    staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    move(staff, "bay-area", 1, "2016-11-05", "2016-11-07", starts="09:00", ends="15:00")
    starts = [event["DTSTART"] for _, event in entries(newest(mailbox))]
    assert starts[0].dt == datetime(2016, 11, 5, 9, tzinfo=CALIFORNIA)
    assert [start.dt.astimezone(ZoneInfo("UTC")).hour for start in starts] == [16, 17]
    assert {start.params["TZID"] for start in starts} == {"America/Los_Angeles"}


@both_databases
def test_a_meeting_back_to_tbd_leaves_the_calendar(
    staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    move(staff, "bay-area", 1, "", "", hint="expected in spring")
    letter = newest(mailbox)
    assert [method for method, _ in entries(letter)] == ["CANCEL", "CANCEL"]
    assert {event["STATUS"] for _, event in entries(letter)} == {"CANCELLED"}
    text = text_of(parse(letter.raw))
    assert "Session 1: TBD (expected in spring)\n  before: November 29–30, 2016" in text
    assert "Can you still come?" not in text
    assert "What is no longer held is taken out of it." in text


def test_a_day_less_is_cancelled_and_the_other_is_updated(
    staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    move(staff, "bay-area", 1, "2016-11-29", "", reason="One long day.")
    said = [(method, event["DTSTART"].dt.day) for method, event in entries(newest(mailbox))]
    assert said == [("REQUEST", 29), ("CANCEL", 30)]


def test_a_meeting_that_is_taken_away_and_comes_back_keeps_its_entries(
    staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    part = meeting_of("bay-area", 3).training_session_id
    staff.get(f"{BAY}/meetings")
    staff.submit(f"{BAY}/meetings/{part}/removal")
    assert "Session 3" not in publish(staff, "bay-area").text().split("What changed")[0]
    gone = uids(newest(mailbox), "CANCEL")
    assert "Session 3: Not held" in text_of(parse(newest(mailbox).raw))
    assert "March 1, 2017" not in staff.get("/cohorts/bay-area").text()
    hand_over()
    move(staff, "bay-area", 3, "2017-03-08")
    back = uids(newest(mailbox), "REQUEST")
    assert back == {uid: sequence + 1 for uid, sequence in gone.items()}


def test_a_session_that_the_cohort_lacked_is_added(
    staff: Browser, cast: Cast, mailbox: Mailbox
) -> None:
    cast.approved(members=FEW, cohort="southern-california")
    hand_over()
    move(staff, "southern-california", 1, *DECEMBER)
    assert "December 6–7, 2016" in staff.get("/cohorts/southern-california").text()
    assert len(uids(newest(mailbox), "REQUEST")) == 2


def test_several_changed_meetings_come_in_one_letter(
    staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    draft(staff, "bay-area", 2, day_1="2017-02-14", day_2="2017-02-15")
    move(staff, "bay-area", 1, *DECEMBER)
    assert len(mailbox.letters("dates_changed")) == len(TOLD)
    assert len(uids(newest(mailbox), "REQUEST")) == 4


@both_databases
def test_publishing_again_without_a_change_sends_nothing_and_says_so(
    staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    move(staff, "bay-area", 1, *DECEMBER)
    before = len(mailbox.letters())
    page = staff.get(f"{BAY}/publication")
    assert "Nothing differs from what is published, so nobody is told." in page.text()
    token = page.value("csrf_token") or ""
    again = staff.post(f"{BAY}/publications", [("csrf_token", token), ("draft", "0")])
    assert again.status == 409
    assert len(mailbox.letters()) == before


@both_databases
def test_the_same_form_sent_twice_publishes_once(
    staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    draft(staff, "bay-area", 1, day_1=DECEMBER[0], day_2=DECEMBER[1])
    seen = staff.get(f"{BAY}/publication")
    first = staff.submit(f"{BAY}/publications")
    before = len(mailbox.letters())
    staff.page = seen
    second = staff.submit(f"{BAY}/publications")
    assert (second.status, second.path) == (200, first.path)
    assert len(mailbox.letters()) == before


@both_databases
def test_a_draft_that_somebody_has_changed_meanwhile_is_refused_with_both(
    staff: Browser, team: Team, cast: Cast, mailbox: Mailbox
) -> None:
    draft(staff, "bay-area", 1, day_1=DECEMBER[0], day_2=DECEMBER[1])
    staff.get(f"{BAY}/publication")
    draft(at_desk(cast), "bay-area", 1, day_1="2016-12-13", day_2="2016-12-14")
    before = len(mailbox.letters())
    page = staff.submit(f"{BAY}/publications")
    assert page.status == 409
    assert "You saw December 6–7, 2016" in page.text()
    assert "Now December 13–14, 2016" in page.text()
    assert len(mailbox.letters()) == before
    assert meeting_of("bay-area", 1).sequence == 0


def test_until_then_public_pages_show_what_is_published(staff: Browser, team: Team) -> None:
    draft(staff, "bay-area", 1, day_1=DECEMBER[0], day_2=DECEMBER[1])
    for page in ("/", "/cohorts/bay-area", f"/staff/teams/{team.id}"):
        assert "December 6" not in staff.get(page).text()
    assert "20161206" not in staff.client.get("/cohorts/bay-area/calendar.ics").text
    publish(staff, "bay-area")
    assert "December 6–7, 2016" in staff.get("/cohorts/bay-area").text()
    assert "20161206" in staff.client.get("/cohorts/bay-area/calendar.ics").text


def test_one_day_in_two_meetings_is_not_published(staff: Browser, team: Team) -> None:
    draft(staff, "bay-area", 1, day_1="2017-02-06", day_2="2017-02-07")
    page = staff.get(f"{BAY}/publication")
    assert "February 7, 2017 stands in Session 1 and in Session 2." in page.text()
    assert not page.has_form(f"{BAY}/publications")


def test_a_lead_who_is_not_on_the_team_has_a_summary_without_calendars(
    staff: Browser, team: Team, cast: Cast, mailbox: Mailbox
) -> None:
    with transaction():
        team.members[0].removed_at = cast.now()
    move(staff, "bay-area", 1, *DECEMBER)
    summary = parse(newest(mailbox, DISTRICT_LEAD, "dates_summary").raw)
    assert calendars_of(summary) == []
    assert "/personal/" not in text_of(summary) + html_of(summary)
    assert f"/teams/{team.id}" in text_of(summary)
    assert mailbox.letters("dates_changed", DISTRICT_LEAD) == []


def test_a_place_that_is_held_is_no_person_to_write_to(
    staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    with transaction():
        team.members[-1].email = ""
    move(staff, "bay-area", 1, *DECEMBER)
    assert len(mailbox.letters("dates_changed")) == len(TOLD) - 1


def test_the_page_names_who_will_be_told(staff: Browser, team: Team) -> None:
    draft(staff, "bay-area", 1, day_1=DECEMBER[0], day_2=DECEMBER[1])
    text = staff.get(f"{BAY}/publication").text()
    assert "4 people are told, each by one letter." in text
    assert f"Dashiell Nakagawa {TO}, Milpitas Unified" in text
    assert "Before November 29–30, 2016" in text
    assert "New December 6–7, 2016" in text


def test_a_venue_that_several_cohorts_share_moves_them_all(
    staff: Browser, team: Team, cast: Cast, mailbox: Mailbox
) -> None:
    cast.approved(cd_code=OAKLAND, members=FEW, cohort="southern-california", lead="a@example.org")
    hand_over()
    venue = meeting_of("southern-california", 2).venue_id or 0
    move(staff, "bay-area", 1, *DECEMBER, venue=str(venue))
    hand_over()
    before = len(mailbox.letters())
    page = draft_venue(staff, "bay-area", venue, notes="Gate 3.")
    assert "Used by Bay Area, Session 1; Southern California, Session 2" in page.text()
    publish(staff, "bay-area")
    new = mailbox.letters()[before:]
    assert {text_of(parse(each.raw)).count("Gate 3.") for each in new} == {1, 2}
    assert meeting_of("southern-california", 2).sequence == 1
    assert meeting_of("bay-area", 2).sequence == 0


def test_everything_is_on_the_timeline(staff: Browser, team: Team) -> None:
    move(staff, "bay-area", 1, *DECEMBER)
    text = staff.get(f"{BAY}/publications").text()
    assert "Session 1: December 6–7, 2016" in text
    assert "Rosalind Achterberg" in text
    assert "4 waiting" in text
