"""Calendar text: invitations by mail and calendars to download."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from cdef.kernel import ics, words

STAMP = datetime(2016, 10, 17, 16, 5, tzinfo=UTC)
DAY = ics.Day(
    uid="member-7-day-1@cdef.example",
    sequence=2,
    title="Labor-Management Collaboration Training: Session 1",
    date=date(2016, 11, 29),
    starts=time(8, 30),
    ends=time(15, 30),
    place="Corona Norco Teachers Association, 1189 Mountain Ave #100, Norco, CA 92860",
    description="Bay Area cohort.\n\nBring your plan.",
    stamp=STAMP,
)
STAFF = ("CDE Foundation", "training@cdef.example")
ANN = ("Ann Lee", "ann.lee@district.example")

HOSTILE = st.one_of(
    st.text(),
    st.sampled_from(
        [
            "x\r\nATTENDEE:mailto:eve@evil.example",
            "x\nEND:VEVENT\nBEGIN:VEVENT",
            'a;b,c\\d:e"f^g',
            "C:\\New\\now",
            "👩\u200d🏫 " * 40,
            "سلام \u202eevil\u2066",
            "\x00\x0b\x0c\x1c\x85\u2028\u2029\ud800",
            "x" * 10_000,
            "é" * 10_000,
        ]
    ),
)


def event_of(octets: bytes) -> Any:
    (event,) = Calendar.from_ical(octets).events
    return event


def requested(day: ics.Day) -> Any:
    return event_of(ics.request(day, STAFF, ANN))


def properties(octets: bytes) -> list[tuple[str, str]]:
    """Unfold as RFC 5545 3.1 says and return names and values, without the library."""
    unfolded = octets.decode().replace("\r\n ", "")
    lines = unfolded.removesuffix("\r\n").split("\r\n")
    return [(line.replace(";", ":").split(":")[0], line.partition(":")[2]) for line in lines]


def text_of(octets: bytes, name: str) -> str:
    """Decode one TEXT value as RFC 5545 3.3.11 says, without the library."""
    value = dict(properties(octets))[name]
    pairs = value.replace("\\\\", "\0").replace("\\n", "\n").replace("\\;", ";")
    return pairs.replace("\\,", ",").replace("\0", "\\")


def test_a_letter_carries_exactly_one_request() -> None:
    calendar = Calendar.from_ical(ics.request(DAY, STAFF, ANN))
    event = requested(DAY)
    assert calendar["METHOD"] == "REQUEST"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (DAY.uid, 2, "CONFIRMED")
    assert event["DTSTAMP"].dt == STAMP
    assert event["SUMMARY"] == DAY.title
    assert event["LOCATION"] == DAY.place
    assert event["DESCRIPTION"] == DAY.description


def test_the_people_of_a_request_are_named_and_asked_nothing() -> None:
    event = requested(DAY)
    assert (event["ORGANIZER"], event["ORGANIZER"].params["CN"]) == (
        "mailto:training@cdef.example",
        "CDE Foundation",
    )
    assert event["ATTENDEE"] == "mailto:ann.lee@district.example"
    assert dict(event["ATTENDEE"].params) == {
        "CN": "Ann Lee",
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "ACCEPTED",
        "RSVP": "FALSE",
    }


def test_a_cancelled_day_is_taken_out_of_the_calendar() -> None:
    octets = ics.request(replace(DAY, sequence=3, cancelled=True), STAFF, ANN)
    event = event_of(octets)
    assert Calendar.from_ical(octets)["METHOD"] == "CANCEL"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (DAY.uid, 3, "CANCELLED")
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["ATTENDEE"] == "mailto:ann.lee@district.example"


@pytest.mark.parametrize(
    ("day", "offset"),
    [
        (date(2016, 11, 5), -7),
        (date(2016, 11, 6), -8),
        (date(2017, 3, 11), -8),
        (date(2017, 3, 12), -7),
    ],
)
def test_hours_are_wall_time_on_both_sides_of_daylight_saving(day: date, offset: int) -> None:
    event = requested(replace(DAY, date=day))
    assert event["DTSTART"].dt.replace(tzinfo=None) == datetime.combine(day, time(8, 30))
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=7)
    assert event["DTSTART"].dt.utcoffset() == timedelta(hours=offset)
    assert event["DTSTART"].params["TZID"] == "America/Los_Angeles"


@settings(deadline=None)
@given(st.dates(date(2007, 3, 12), date(2037, 1, 1)))
def test_the_written_zone_agrees_with_the_zone_database(day: date) -> None:
    octets = ics.request(replace(DAY, date=day), STAFF, ANN)
    (zone,) = Calendar.from_ical(octets).timezones
    written = zone.to_tz(lookup_tzid=False)
    noon = datetime.combine(day, time(12))
    expected = requested(replace(DAY, date=day))["DTSTART"].dt.utcoffset()
    assert noon.replace(tzinfo=written).utcoffset() == expected


def test_the_zone_is_two_rules_and_only_where_it_is_needed() -> None:
    timed = ics.request(DAY, STAFF, ANN)
    assert timed.count(b"RRULE:") == 2
    assert b"RDATE" not in timed
    assert b"VTIMEZONE" not in ics.request(replace(DAY, starts=None, ends=None), STAFF, ANN)


@pytest.mark.parametrize(
    ("starts", "ends", "note"),
    [
        (None, None, ""),
        (time(8, 30), None, "Hours: from 8:30 am\n\n"),
        (None, time(15, 30), "Hours: until 3:30 pm\n\n"),
        (time(9), time(9), "Hours: 9:00 am – 9:00 am\n\n"),
    ],
)
def test_a_day_without_both_hours_takes_the_whole_day_and_says_what_is_known(
    starts: time | None, ends: time | None, note: str
) -> None:
    event = requested(replace(DAY, starts=starts, ends=ends))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2016, 11, 29), date(2016, 11, 30))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["TRANSP"] == "OPAQUE"
    assert event["DESCRIPTION"] == note + DAY.description


def test_a_whole_day_ends_on_the_next_day_even_at_the_end_of_february() -> None:
    leap = replace(DAY, date=date(2016, 2, 29), starts=None, ends=None)
    assert requested(leap)["DTEND"].dt == date(2016, 3, 1)


@pytest.mark.parametrize("place", [None, "", " \r\n"])
def test_an_unknown_place_says_so(place: str | None) -> None:
    assert requested(replace(DAY, place=place))["LOCATION"] == "Venue to follow"


def test_a_published_calendar_has_every_day_and_a_name() -> None:
    later = replace(DAY, uid="day-2@cdef.example", date=date(2016, 11, 30), starts=None)
    octets = ics.publish("Bay Area cohort", [DAY, later], STAFF)
    calendar = Calendar.from_ical(octets)
    assert (calendar["METHOD"], calendar["X-WR-CALNAME"]) == ("PUBLISH", "Bay Area cohort")
    assert [event["UID"] for event in calendar.events] == [DAY.uid, "day-2@cdef.example"]
    assert all("ATTENDEE" not in event and "ORGANIZER" in event for event in calendar.events)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in octets


def test_a_calendar_without_days_is_still_a_calendar() -> None:
    assert Calendar.from_ical(ics.publish("Sacramento cohort", [])).events == []


def test_the_same_day_is_written_with_the_same_octets() -> None:
    assert ics.request(DAY, STAFF, ANN) == ics.request(replace(DAY), STAFF, ANN)
    assert ics.publish("A", [DAY]) == ics.publish("A", iter([DAY]))


def test_a_stamp_from_another_zone_or_none_is_written_in_utc() -> None:
    for stamp in (STAMP.replace(tzinfo=None), STAMP.astimezone(words.ZONE)):
        assert dict(properties(ics.request(replace(DAY, stamp=stamp), STAFF, ANN)))["DTSTAMP"] == (
            "20161017T160500Z"
        )


def test_text_survives_its_escaping() -> None:
    title = 'C:\\New\\now; a, b "c" 👩\u200d🏫'
    octets = ics.request(replace(DAY, title=title, description=f"{title}\n{title}"), STAFF, ANN)
    assert text_of(octets, "SUMMARY") == title
    assert text_of(octets, "DESCRIPTION") == f"{title}\n{title}"


@settings(deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_hostile_text_never_makes_a_line_of_its_own(
    uid: str, title: str, place: str, description: str, name: str, email: str
) -> None:
    day = replace(DAY, uid=uid, title=title, place=place, description=description)
    harmless, hostile = (
        [ics.request(DAY, STAFF, ANN), ics.publish("A", [DAY], STAFF)],
        [ics.request(day, (name, email), (name, email)), ics.publish(name, [day], (name, email))],
    )
    for plain, octets in zip(harmless, hostile, strict=True):
        assert [key for key, _ in properties(octets)] == [key for key, _ in properties(plain)]
        lines = octets.removesuffix(b"\r\n").split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert not any(b"\r" in line or b"\n" in line or b"\0" in line for line in lines)
        assert len(octets.decode().splitlines()) == len(lines)
        assert len(Calendar.from_ical(octets).events) == 1
