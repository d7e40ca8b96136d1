"""My calendar at an address that only I know: always what is true now, asked for again and again."""

from datetime import date
from typing import Any

import pytest
from icalendar import Calendar
from werkzeug.test import TestResponse

from cdef.kernel import tokens
from cdef.kernel.db import db
from cdef.kernel.tokens import Token
from cdef.teams.models import Team
from tests.calendar_client import Subscription, opened, received
from tests.cast import FEW, Cast, Mailbox, address_of, parse
from tests.conftest import both_databases
from tests.pages import Browser
from tests.publishing import at_desk, hand_over, move
from tests.registrations.changing import NEW_EMAIL, make
from tests.registrations.deciding import decide

NAME = FEW[1][1]
ME = address_of(NAME)
MAKE = "/personal/calendar-address"


@pytest.fixture
def team(cast: Cast) -> Team:
    team = cast.approved(members=FEW)
    hand_over()
    return team


@pytest.fixture
def mine(cast: Cast, team: Team) -> Browser:
    return cast.browser(ME, is_personal=True)


def made(mine: Browser) -> str:
    """Make an address; its path."""
    mine.get("/personal")
    page = mine.submit(MAKE)
    (field,) = page.find("input", id="calendar-url")
    return str(field.get("value")).removeprefix("http://localhost")


def ask(cast: Cast, address: str, **headers: str) -> TestResponse:
    """A program asks, which is signed in nowhere."""
    named: Any = {name.replace("_", "-"): value for name, value in headers.items()}
    return cast.app.test_client().get(address, headers=named)


@both_databases
def test_it_shows_what_the_letters_brought(mine: Browser, cast: Cast, mailbox: Mailbox) -> None:
    answer = ask(cast, made(mine))
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    feed = Subscription()
    feed.refresh(answer.data)
    letters = [opened(parse(letter.raw)) for letter in mailbox.letters("confirmation", ME)]
    client = received(ME, letters)
    assert feed.shown == client.shown
    assert {uid: each.version[0] for uid, each in feed.entries.items()} == {
        uid: each.version[0] for uid, each in client.entries.items()
    }


def test_it_mends_itself_whatever_happens(mine: Browser, team: Team, cast: Cast) -> None:
    address, staff, feed = made(mine), at_desk(cast), Subscription()
    feed.refresh(ask(cast, address).data)
    move(staff, "bay-area", 1, "2016-12-06", "", reason="One long day.")
    move(staff, "bay-area", 2, "", "")
    feed.refresh(ask(cast, address).data)
    assert [day for day, _ in feed.shown] == ["2016-12-06", "2017-03-01"]
    cancelled = [each.starts for each in feed.entries.values() if not each.is_held]
    assert sorted(cancelled) == [date(2016, 11, 30), date(2017, 2, 7), date(2017, 2, 8)]
    decide(staff, team, "withdraw")
    feed.refresh(ask(cast, address).data)
    assert feed.shown == []
    decide(staff, team, "reopen")
    for side in ("district", "union"):
        cast.sign(team, side)
    decide(staff, team, "approve")
    move(staff, "bay-area", 2, "2017-02-14", "2017-02-15")
    feed.refresh(ask(cast, address).data)
    days = ["2016-12-06", "2017-02-14", "2017-02-15", "2017-03-01"]
    assert [day for day, _ in feed.shown] == days


def test_whoever_leaves_has_every_day_cancelled(mine: Browser, team: Team, cast: Cast) -> None:
    address, feed = made(mine), Subscription()
    feed.refresh(ask(cast, address).data)
    fields = {"name": "Winifred Abernathy", "email": NEW_EMAIL}
    make(cast.browser("beatriz.holloway@example.org"), team, NAME, "swap", **fields)
    feed.refresh(ask(cast, address).data)
    assert (feed.shown, len(feed.entries)) == ([], 5)


@both_databases
def test_what_has_not_changed_is_not_sent_again(mine: Browser, cast: Cast) -> None:
    address = made(mine)
    cast.later(minutes=1)
    first = ask(cast, address)
    same = ask(cast, address, If_None_Match=first.headers["ETag"])
    assert (same.status_code, same.data) == (304, b"")
    since = ask(cast, address, If_Modified_Since=first.headers["Last-Modified"])
    assert since.status_code == 304
    move(at_desk(cast), "bay-area", 1, "2016-12-06", "2016-12-07")
    assert ask(cast, address, If_None_Match=first.headers["ETag"]).status_code == 200
    since = ask(cast, address, If_Modified_Since=first.headers["Last-Modified"])
    assert since.status_code == 200


def test_it_is_kept_by_nobody_on_the_way(mine: Browser, cast: Cast) -> None:
    assert ask(cast, made(mine)).headers["Cache-Control"] == "private, no-cache"


def test_another_address_ends_the_one_before(mine: Browser, cast: Cast) -> None:
    first = made(mine)
    second = made(mine)
    assert first != second
    assert ask(cast, first).status_code == 404
    assert ask(cast, second).status_code == 200
    assert second in mine.get("/personal").html


def test_a_made_up_address_is_nothing(mine: Browser, cast: Cast) -> None:
    assert ask(cast, f"/calendars/{tokens.new_secret()}.ics").status_code == 404


def test_of_the_address_only_a_hash_is_stored(mine: Browser) -> None:
    secret = made(mine).removeprefix("/calendars/").removesuffix(".ics")
    assert len(secret) == 32
    token = db.session.query(Token).filter(Token.purpose == "feed").one()
    assert secret not in repr(vars(token))
    assert token.secret_hash == tokens.digest(secret)


def test_it_names_nobody_and_holds_no_address(mine: Browser, cast: Cast) -> None:
    text = ask(cast, made(mine)).text
    assert "http" not in text
    assert "example.org" not in text
    assert NAME not in text


def test_hours_around_the_change_of_the_clock_are_those_on_the_wall(
    mine: Browser, cast: Cast
) -> None:
    address, staff = made(mine), at_desk(cast)
    move(staff, "bay-area", 1, "2017-03-11", "2017-03-12", starts="08:30", ends="15:30")
    move(staff, "bay-area", 2, "2017-11-04", "2017-11-05", starts="08:30", ends="15:30")
    calendar = Calendar.from_ical(ask(cast, address).data)
    assert calendar["METHOD"] == "PUBLISH"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["America/Los_Angeles"]
    feed = Subscription()
    feed.refresh(calendar.to_ical())
    instants = [day for day, _ in feed.shown if "T" in day]
    assert instants == [
        "2017-03-11T16:30:00+00:00",
        "2017-03-12T15:30:00+00:00",
        "2017-11-04T15:30:00+00:00",
        "2017-11-05T16:30:00+00:00",
    ]
