"""The calendar file of each cohort, for everybody to download or subscribe to."""

from datetime import date, time, timedelta

import pytest
from icalendar import Calendar

from cdef.kernel.db import transaction
from cdef.series.models import cohort_by_slug
from tests.cast import Cast
from tests.conftest import both_databases
from tests.pages import Browser
from tests.publishing import at_desk, move

DAYS = {
    "bay-area": ["2016-11-29", "2016-11-30", "2017-02-07", "2017-02-08", "2017-03-01"],
    "sacramento": [],
    "southern-california": ["2017-01-24", "2017-01-25", "2017-02-06"],
}


def calendar(browser: Browser, slug: str) -> Calendar:
    answer = browser.client.get(f"/cohorts/{slug}/calendar.ics")
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    assert f"{slug}.ics" in answer.headers["Content-Disposition"]
    return Calendar.from_ical(answer.data)


@both_databases
@pytest.mark.parametrize("slug", DAYS)
def test_it_has_an_entry_for_each_day_that_is_set(browser: Browser, slug: str) -> None:
    found = calendar(browser, slug)
    assert found["METHOD"] == "PUBLISH"
    assert [event["DTSTART"].dt.isoformat() for event in found.events] == DAYS[slug]
    for event in found.events:
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1)
    uids = [event["UID"] for event in found.events]
    assert len(set(uids)) == len(uids)


def test_it_has_the_name_of_series_and_cohort(browser: Browser) -> None:
    name = "2016–17 Regional Cohort Training: Sacramento"
    assert calendar(browser, "sacramento")["X-WR-CALNAME"] == name


def test_it_says_where(browser: Browser) -> None:
    places = [event["LOCATION"] for event in calendar(browser, "southern-california").events]
    norco = "Corona Norco Teachers Association, 1189 Mountain Ave #100, Norco, CA 92860"
    assert places == [norco] * 3
    assert calendar(browser, "bay-area").events[0]["LOCATION"] == "Venue to follow"


def test_a_day_that_moves_keeps_its_uid(browser: Browser) -> None:
    before = calendar(browser, "bay-area").events[0]
    with transaction():
        meeting = cohort_by_slug("bay-area").meetings[0]
        meeting.days[0].date = date(2016, 11, 28)
        meeting.starts, meeting.ends = time(9), time(15)
    after = calendar(browser, "bay-area").events[0]
    assert after["UID"] == before["UID"]
    assert after["DTSTART"].dt.isoformat() == "2016-11-28T09:00:00-08:00"


def test_it_holds_no_link_and_no_person(browser: Browser) -> None:
    text = calendar(browser, "bay-area").to_ical().decode()
    assert "http" not in text
    assert "ATTENDEE" not in text


def test_a_meeting_that_is_taken_away_is_cancelled(browser: Browser, cast: Cast) -> None:
    before = [event["UID"] for event in calendar(browser, "bay-area").events]
    move(at_desk(cast), "bay-area", 2, "", "")
    after = calendar(browser, "bay-area").events
    assert sorted(event["UID"] for event in after) == sorted(before)
    gone = [event for event in after if event["STATUS"] == "CANCELLED"]
    assert [event["DTSTART"].dt.isoformat() for event in gone] == ["2017-02-07", "2017-02-08"]
    assert {event["SEQUENCE"] for event in gone} == {1}
    move(at_desk(cast), "bay-area", 2, "2017-02-14", "2017-02-15")
    assert {event["STATUS"] for event in calendar(browser, "bay-area").events} == {"CONFIRMED"}


def test_it_is_sent_again_only_when_it_is_new(browser: Browser, cast: Cast) -> None:
    address = "/cohorts/bay-area/calendar.ics"
    first = browser.client.get(address)
    known = {"If-None-Match": first.headers["ETag"]}
    assert browser.client.get(address, headers=known).status_code == 304
    move(at_desk(cast), "bay-area", 1, "2016-12-06", "2016-12-07")
    assert browser.client.get(address, headers=known).status_code == 200
