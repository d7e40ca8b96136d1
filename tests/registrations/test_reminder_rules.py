"""When reminders fall due: wall time in California, also around daylight saving."""

from datetime import UTC, date, datetime, time

import pytest

from cdef.registrations.reminder_rules import (
    Terms,
    days_left,
    may_nudge,
    next_nudging,
    turn_at,
    turns,
)

DAYS = (7, 1)


def utc(*given: int) -> datetime:
    return datetime(*given, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("on", "dues"),
    [
        (date(2017, 3, 13), [utc(2017, 3, 6, 17), utc(2017, 3, 12, 16)]),
        (date(2016, 11, 7), [utc(2016, 10, 31, 16), utc(2016, 11, 6, 17)]),
        (date(2016, 3, 1), [utc(2016, 2, 23, 17), utc(2016, 2, 29, 17)]),
    ],
    ids=["clock forward", "clock back", "leap day"],
)
def test_they_fall_due_at_nine_on_the_wall(on: date, dues: list[datetime]) -> None:
    assert [turn.due for turn in turns(on, None, DAYS)] == dues


def test_each_is_of_use_until_the_next_and_the_last_until_the_meeting() -> None:
    week, day = turns(date(2016, 11, 29), time(8, 30), DAYS)
    assert (week.days, day.days) == (7, 1)
    assert week.ends == day.due
    assert day.ends == utc(2016, 11, 29, 16, 30)


def test_on_the_day_of_the_change_an_early_hour_is_before_a_late_one() -> None:
    (turn,) = turns(date(2016, 11, 6), time(8), [1])
    assert turn.ends == utc(2016, 11, 6, 16)
    assert turn_at(date(2016, 11, 6), time(8), [1], utc(2016, 11, 6, 15, 59)) == turn
    assert turn_at(date(2016, 11, 6), time(8), [1], utc(2016, 11, 6, 16)) is None


def test_without_days_there_are_none() -> None:
    assert turns(date(2016, 11, 29), None, ()) == []


def test_how_far_it_is() -> None:
    on = date(2016, 11, 29)
    said = [days_left(on, date(2016, 11, day)) for day in (22, 28, 29)]
    assert said == ["in 7 days", "tomorrow", "today"]


@pytest.mark.parametrize(
    ("now", "may"),
    [
        (utc(2016, 10, 17, 16), True),  # Monday, 9 am
        (utc(2016, 10, 17, 15, 59), False),
        (utc(2016, 10, 18, 0), False),  # Monday, 5 pm
        (utc(2016, 10, 22, 19), False),  # Saturday
        (utc(2016, 11, 7, 16, 30), False),  # Monday, 8:30 am, after the clock went back
    ],
)
def test_leads_are_asked_on_weekdays_in_office_hours(now: datetime, may: bool) -> None:
    assert may_nudge(now, Terms()) is may


def test_no_lead_is_asked_before_the_day_that_staff_set() -> None:
    terms = Terms(not_before=date(2016, 10, 22))
    assert not may_nudge(utc(2016, 10, 21, 19), terms)
    assert next_nudging(utc(2016, 10, 21, 19), terms) == utc(2016, 10, 24, 16)
    assert next_nudging(utc(2016, 10, 24, 19), terms) == utc(2016, 10, 24, 19)
