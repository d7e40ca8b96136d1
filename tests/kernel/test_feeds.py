"""Calendars that programs ask for again and again."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from cdef.kernel.feeds import feed

NOW = datetime(2016, 10, 17, 16, tzinfo=UTC)
CONTENT = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


def test_what_has_just_changed_may_change_again_in_the_same_second(app: Flask) -> None:
    with app.test_request_context():
        fresh = feed(CONTENT, "x.ics", changed=NOW - timedelta(seconds=1), now=NOW)
        settled = feed(CONTENT, "x.ics", changed=NOW - timedelta(seconds=2), now=NOW)
    assert fresh.last_modified is None
    assert settled.last_modified == NOW - timedelta(seconds=2)


def test_the_mark_is_of_the_content_alone(app: Flask) -> None:
    with app.test_request_context():
        first = feed(CONTENT, "x.ics", changed=NOW, now=NOW)
        same = feed(CONTENT, "y.ics", changed=None, now=NOW)
        other = feed(CONTENT + b"\r\n", "x.ics", changed=NOW, now=NOW)
    assert first.headers["ETag"] == same.headers["ETag"] != other.headers["ETag"]


def test_whoever_has_it_is_told_so_without_it(app: Flask) -> None:
    with app.test_request_context():
        mark = feed(CONTENT, "x.ics", changed=NOW, now=NOW).headers["ETag"]
    with app.test_request_context(headers={"If-None-Match": mark}):
        again = feed(CONTENT, "x.ics", changed=NOW, now=NOW)
    assert again.status_code == 304
