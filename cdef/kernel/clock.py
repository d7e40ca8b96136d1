"""Now and today: the only place where the time is read."""

from datetime import UTC, date, datetime, timedelta

from flask import Flask, current_app

from cdef.kernel.words import ZONE


def init_app(app: Flask) -> None:
    """Let the app's clock start at ``PRETEND_NOW`` (an ISO time) and run on from there."""
    pretend = app.config["PRETEND_NOW"]
    app.extensions["clock"] = starting_at(pretend) - real_now() if pretend else timedelta()


def starting_at(text: str) -> datetime:
    """The instant that an ISO time names; one without an offset is local time in California."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZONE)).astimezone(UTC)


def real_now() -> datetime:
    return datetime.now(UTC)


def now() -> datetime:
    """The current instant in UTC, by the app's clock."""
    offset: timedelta = current_app.extensions["clock"]
    return real_now() + offset


def today() -> date:
    """The current day in California."""
    return now().astimezone(ZONE).date()


def is_pretending() -> bool:
    return bool(current_app.config["PRETEND_NOW"])
