"""A killed process loses no decision and no letter, and a mail server that was away gets them all."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cdef import create_app
from cdef.accounts import actions as accounts
from cdef.kernel import clock
from cdef.kernel.db import db
from tests.cast import MEMBERS, STAFF, Cast, address_of, parse
from tests.outbox.mail_server import MailServer
from tests.pages import Browser
from tests.served import Served, wait_until

NOW, LATER = "2016-10-17T09:00:00", "2016-10-17T09:20:00"  # beyond the lease of a letter in hand
DISTRICTS = ["4373387", "0161259", "4310439"]
GONE = [0, 1, 5]  # how many of the ten letters have left when the process is killed


class House:
    """The app as a process with its database, which the test looks into from outside."""

    def __init__(self, folder: Path, post: MailServer) -> None:
        self.folder, self.mail_port = folder, post.port
        self.served = self.start(NOW)
        self.app = create_app(
            {
                "SECRET_KEY": "for tests only",
                "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'cdef.sqlite3'}",
                "PRETEND_NOW": NOW,
                "BASE_URL": "http://localhost",
                "MAIL_SERVER": "127.0.0.1",
            }
        )

    def start(self, now: str) -> Served:
        self.served = Served(
            self.folder,
            PRETEND_NOW=now,
            MAIL_SERVER="127.0.0.1",
            MAIL_PORT=self.mail_port,
            MAIL_TIMEOUT=5,
        ).ready()
        return self.served

    def teams(self, districts: list[str]) -> list[int]:
        """Submitted teams, of which nobody was told yet."""
        with self.app.app_context():
            Cast(self.app).staff()
            found = [Cast(self.app).submitted(cd_code=district).id for district in districts]
            db.session.remove()
        return found

    def staff(self) -> Browser:
        """The staff member's browser, signed in by the link that whoever has the shell can print."""
        with self.app.app_context():
            address = f"/sign-in/{accounts.sign_in_link(STAFF, now=clock.now())}"
        browser = self.served.browser()
        browser.get(address)
        browser.submit(address)
        return browser

    def approve(self, team: int, staff: Browser) -> None:
        page, action = f"/staff/teams/{team}", f"/staff/teams/{team}/approval"
        form = staff.get(page).form(action)
        assert staff.client.post(action, data=dict(form.fields)).status_code == 303

    def rows(self, query: str) -> list[Any]:
        database = sqlite3.connect(self.folder / "cdef.sqlite3", timeout=30)
        try:
            return database.execute(query).fetchall()
        finally:
            database.close()

    def wait_for_letters(self, *states: str) -> None:
        """Wait until every letter is in one of these states."""
        query = "SELECT DISTINCT state FROM letter"
        wait_until(
            lambda: {state for (state,) in self.rows(query)} <= set(states),
            lambda: f"states: {self.rows(query)}\n{self.served.said()}",
        )


@pytest.fixture
def settings() -> dict[str, Any]:
    return {}


@pytest.fixture
def house(tmp_path: Path, post: MailServer) -> Iterator[House]:
    house = House(tmp_path, post)
    yield house
    house.served.kill()
    with house.app.app_context():
        db.engine.dispose()


def test_kill_9_after_the_answer_loses_neither_decision_nor_letter(
    house: House, post: MailServer
) -> None:
    teams = house.teams(DISTRICTS)
    house.wait_for_letters("handed_over")
    for team, gone in zip(teams, GONE, strict=True):
        before = len(post.received)
        house.approve(team, house.staff())
        wait_until(lambda: len(post.received) >= before + gone, house.served.said)  # noqa: B023
        house.served.kill()
        house.start(NOW)
    house.served.kill()
    house.start(LATER)
    house.wait_for_letters("handed_over")
    assert house.rows("SELECT verb FROM decision WHERE verb = 'approve'") == 3 * [("approve",)]
    assert house.rows("SELECT state FROM registration") == 3 * [("approved",)]
    stored = dict(house.rows("SELECT message_id, raw FROM letter"))
    arrived = Counter(parse(delivery.raw)["Message-ID"] for delivery in post.received)
    assert arrived.keys() == stored.keys()
    assert arrived.total() - len(arrived) <= len(GONE), "more than the letter in hand came twice"
    assert {delivery.raw for delivery in post.received} == set(stored.values())
    query = "SELECT to_email, count(*) FROM letter WHERE kind = 'confirmation' GROUP BY to_email"
    confirmed = dict(house.rows(query))
    assert confirmed.items() >= {address_of(name): 3 for _, name, _ in MEMBERS}.items()


def test_a_mail_server_that_was_away_during_the_approval_gets_every_letter_once(
    house: House, post: MailServer
) -> None:
    (team,) = house.teams(DISTRICTS[:1])
    house.wait_for_letters("handed_over")
    staff = house.staff()
    post.stop()
    house.approve(team, staff)
    house.wait_for_letters("handed_over", "deferred")
    post.start()
    for (letter,) in house.rows("SELECT id FROM letter WHERE state = 'deferred'"):
        staff.get(f"/staff/outbox/{letter}")
        staff.submit(f"/staff/outbox/{letter}/attempt")
    house.wait_for_letters("handed_over")
    stored = [raw for (raw,) in house.rows("SELECT raw FROM letter")]
    assert sorted(delivery.raw for delivery in post.received) == sorted(stored)
