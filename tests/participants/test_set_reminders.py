"""Staff set when reminders go out, or switch them off, and see what goes out next."""

import pytest
from flask import Flask

from cdef.kernel import audit
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, FEW, STAFF, Cast, Mailbox
from tests.conftest import both_databases
from tests.pages import Browser
from tests.participants.reminding import A_WEEK_BEFORE, at, work
from tests.publishing import at_desk, hand_over

PAGE = "/staff/series/1/reminders"


@pytest.fixture
def staff(cast: Cast) -> Browser:
    return at_desk(cast)


@pytest.fixture
def team(cast: Cast) -> Team:
    cast.staff()
    team = cast.approved(members=FEW)
    hand_over()
    return team


@both_databases
def test_the_page_says_what_goes_out_next_and_to_how_many(staff: Browser, team: Team) -> None:
    text = staff.get(PAGE).text()
    said = "Bay Area, Session 1 November 29–30, 2016 7 days before: November 22, 2016, 9:00 am"
    assert f"{said} 4 people" in text
    assert "Southern California, Session 2 " in text
    assert "0 people" in text
    assert "Sacramento" not in text
    assert "No roster has rested for so long" in text


def test_what_is_due_says_so_until_it_is_written(
    app: Flask, staff: Browser, cast: Cast, team: Team
) -> None:
    at(cast, A_WEEK_BEFORE)
    staff = at_desk(cast)
    assert "7 days before: now 4 people" in staff.get(PAGE).text()
    work(app)
    assert "7 days before: now 0 people" in staff.get(PAGE).text()


def test_rosters_that_rest_are_counted(staff: Browser, cast: Cast) -> None:
    cast.team(members=FEW)
    at(cast, "2016-10-29T12:00")
    text = at_desk(cast).get(PAGE).text()
    assert "Leads of 1 team are asked about a roster that rests: October 31, 2016, 9:00 am." in text


@both_databases
def test_other_days_hold_from_now_on(
    app: Flask, staff: Browser, cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    staff.get(PAGE)
    page = staff.submit(PAGE, days="3 and 14")
    assert "14 days before: November 15, 2016, 9:00 am" in page.text()
    assert page.value("days") == "14, 3"
    at(cast, "2016-11-15T09:00")
    work(app)
    assert len(mailbox.letters("meeting_reminder", DISTRICT_LEAD)) == 1
    at(cast, A_WEEK_BEFORE)
    work(app)
    assert len(mailbox.letters("meeting_reminder", DISTRICT_LEAD)) == 1


def test_both_kinds_are_switched_off(
    app: Flask, staff: Browser, cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    cast.team(cd_code="0161259", lead="a@example.org", partner="b@example.org", members=FEW)
    staff.get(PAGE)
    page = staff.submit(PAGE, days="", most_nudges="0")
    assert "reminders are switched off" in page.text()
    assert "Leads are not asked about rosters that rest." in page.text()
    at(cast, "2016-11-22T10:00")
    work(app)
    assert mailbox.letters("meeting_reminder") == mailbox.letters("roster_nudge") == []


def test_it_stands_on_the_timeline(staff: Browser) -> None:
    staff.get(PAGE)
    staff.submit(PAGE, days="14", not_before="2017-01-02")
    line = audit.timeline("series:1")[0]
    assert line.what == "changed when reminders go out"
    assert (line.before, line.after) == (
        {"days": [7, 1], "not_before": None},
        {"days": [14], "not_before": "2017-01-02"},
    )


@pytest.mark.parametrize("typed", ["a week", "0", "61", "1 2 3 4 5 6", "-1", "7.5"])
def test_what_is_no_number_of_days_is_refused_and_kept(staff: Browser, typed: str) -> None:
    staff.get(PAGE)
    page = staff.submit(PAGE, days=typed)
    assert page.status == 422
    assert page.value("days") == typed


def test_two_people_at_the_page_see_both(staff: Browser, cast: Cast) -> None:
    other = cast.browser(STAFF)
    other.get(PAGE)
    staff.get(PAGE)
    staff.submit(PAGE, days="14")
    page = other.submit(PAGE, days="3")
    assert page.status == 409
    assert page.value("days") == "3"
    assert "14" in page.text()


def test_the_outbox_leads_there(staff: Browser) -> None:
    assert "/staff/reminders" in staff.get("/staff/outbox").html
    assert staff.get("/staff/reminders").path == PAGE


def test_a_next_series_keeps_what_was_set(staff: Browser, cast: Cast) -> None:
    staff.get(PAGE)
    staff.submit(PAGE, days="14")
    cast.next_series()
    assert staff.get("/staff/series/2/reminders").value("days") == "14"
