"""A database of generated teams in every state, with staff and leads whose browsers are signed in.

So many people are on teams of eight, and each client has a team of twelve to edit and another to
decide on besides.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select

from cdef import create_app
from cdef.accounts.models import Person, SignedIn
from cdef.directory.models import District
from cdef.kernel import clock, tokens
from cdef.kernel.db import db, transaction
from cdef.registrations.recount_actions import listings, replace, replace_tallies, unmet_rules
from cdef.schema import bring_up_to_date
from cdef.series.models import Cohort
from cdef.serve import fill
from cdef.teams.listing_models import Listing, UnmetRule
from tests.bench.rows import CLIENTS, COUNTIES, DISTRICTS, PEOPLE, tables

SECRET = "for the benchmarks only"


@dataclass(frozen=True)
class Signed:
    """A browser: whose team is edited or decided on there, and the cookie that says who they are."""

    team_id: int
    cookie: str


@dataclass(frozen=True)
class Data:
    """A filled database file, and the browsers of some who are in it."""

    path: Path
    people: int
    leads: list[Signed]
    staff: list[Signed]


def settings(path: Path) -> dict[str, Any]:
    return {"SQLALCHEMY_DATABASE_URI": f"sqlite:///{path}", "SECRET_KEY": SECRET}


def make(folder: Path, people: int) -> Data:
    """As many teams as have this many people, and those of the clients."""
    path, teams = folder / f"people-{people}.sqlite3", 2 * CLIENTS + max(1, people // PEOPLE)
    app = create_app(settings(path))
    with app.app_context():
        bring_up_to_date()
        fill()
        people_the_desk(clock.now())
        write(path, teams, clock.now())
        count_them()
        db.session.remove()
        db.engine.dispose()
    staff = [Signed(CLIENTS + 1 + n, cookie_of(app, f"staff {n}")) for n in range(CLIENTS)]
    leads = [Signed(1 + n, cookie_of(app, f"lead {n}")) for n in range(CLIENTS)]
    return Data(path, people, leads, staff)


def cookie_of(app: Flask, key: str) -> str:
    """The signed cookie of a browser, as the app would have set it."""
    cookies = app.session_interface
    assert isinstance(cookies, SecureCookieSessionInterface)
    signer = cookies.get_signing_serializer(app)
    assert signer is not None
    signed = signer.dumps({"key": key, "_permanent": True})
    return f"{app.config['SESSION_COOKIE_NAME']}={signed}"


def people_the_desk(now: datetime) -> None:
    """Districts, the staff with their browsers, and seats for everybody."""
    with transaction():
        for number in range(DISTRICTS):
            name, county = f"District {number:04}", f"County {number % COUNTIES:02}"
            text = f"{name} {county}".lower()
            db.session.add(District(name=name, county=county, search_text=text))
        for number in range(CLIENTS):
            person = Person(email=f"staff.{number}@example.org", roles="staff", created_at=now)
            db.session.add(person)
            db.session.flush()
            browse(f"staff {number}", person.id, now)
        for cohort in db.session.scalars(select(Cohort)):
            cohort.seats = 10_000_000


def browse(key: str, person_id: int, now: datetime) -> None:
    browser = SignedIn(key_hash=tokens.digest(key), is_personal=False, person_id=person_id)
    browser.created_at, browser.expires_at = now, now + timedelta(days=1)
    db.session.add(browser)


def count_them() -> None:
    """What the app keeps with each change, counted at once; and the leads' browsers."""
    with transaction():
        for number in range(CLIENTS):
            browse(f"lead {number}", CLIENTS + 1 + 2 * number, clock.now())
        replace(Listing, listings())
        replace(UnmetRule, unmet_rules())
        replace_tallies()


def write(path: Path, teams: int, now: datetime) -> None:
    """Straight into the file: a million people take about a minute."""
    cohorts = list(db.session.scalars(select(Cohort.id).order_by(Cohort.id)))
    homes = list(
        db.session.scalars(
            select(District.id).where(District.cd_code.is_(None)).order_by(District.id)
        )
    )
    db.session.rollback()
    file = sqlite3.connect(path)
    file.execute("PRAGMA synchronous = OFF")
    file.execute("PRAGMA journal_mode = OFF")
    file.execute("DROP INDEX ix_team_word_word")
    for table, columns, rows in tables(teams, cohorts, homes, now):
        marks = ", ".join("?" * len(columns.split(", ")))
        file.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608 (our own words)
    file.execute("CREATE INDEX ix_team_word_word ON team_word (word, team_id, whose)")
    file.commit()
    file.close()
