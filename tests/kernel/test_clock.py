"""The only reading of time: now in UTC, today in California, and a clock that can be set back."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from cdef.kernel import clock
from tests.conftest import make_app


def pretending(now: str) -> Flask:
    return make_app("sqlite://", {"PRETEND_NOW": now})


@pytest.mark.parametrize(
    ("now", "utc"),
    [
        ("2016-10-17T09:00:00", datetime(2016, 10, 17, 16, tzinfo=UTC)),
        ("2016-12-17T09:00", datetime(2016, 12, 17, 17, tzinfo=UTC)),
        ("2016-10-17", datetime(2016, 10, 17, 7, tzinfo=UTC)),
        ("2016-10-17T09:00:00Z", datetime(2016, 10, 17, 9, tzinfo=UTC)),
        ("2016-10-17T09:00:00+02:00", datetime(2016, 10, 17, 7, tzinfo=UTC)),
    ],
)
def test_a_pretended_time_is_californian_unless_it_says_otherwise(now: str, utc: datetime) -> None:
    assert clock.starting_at(now) == utc


def test_a_pretended_clock_starts_at_its_time_and_runs_on() -> None:
    with (
        time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False) as traveller,
        pretending("2016-10-17T09:00:00").app_context(),
    ):
        assert clock.now() == datetime(2016, 10, 17, 16, tzinfo=UTC)
        traveller.shift(timedelta(minutes=5))
        assert clock.now() == datetime(2016, 10, 17, 16, 5, tzinfo=UTC)
        assert clock.is_pretending()


def test_otherwise_it_is_the_time_of_the_machine() -> None:
    with (
        time_machine.travel(datetime(2026, 1, 1, 12, tzinfo=UTC), tick=False),
        pretending("").app_context(),
    ):
        assert clock.now() == datetime(2026, 1, 1, 12, tzinfo=UTC)
        assert not clock.is_pretending()


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        ("2016-10-18T06:59:59Z", date(2016, 10, 17)),  # a minute before midnight, in summer time
        ("2016-10-18T07:00:00Z", date(2016, 10, 18)),
        ("2016-11-06T08:30:00Z", date(2016, 11, 6)),  # the night of 25 hours
        ("2016-11-07T07:30:00Z", date(2016, 11, 6)),
        ("2016-03-01T07:59:00Z", date(2016, 2, 29)),
        ("2017-01-01T07:59:00Z", date(2016, 12, 31)),
    ],
)
def test_today_is_the_day_in_california(utc: str, day: date) -> None:
    with pretending(utc).app_context():
        assert clock.today() == day
