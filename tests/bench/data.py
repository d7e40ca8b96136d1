"""A database of generated teams, each with two leads who are signed in and twelve on its roster."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import insert, select

from cdef import create_app
from cdef.accounts.models import Person, SignedIn
from cdef.directory.models import District
from cdef.kernel import clock, tokens
from cdef.kernel.audit import Event
from cdef.kernel.db import Base, db
from cdef.kernel.names import same_person_key
from cdef.schema import bring_up_to_date
from cdef.series.models import Cohort
from cdef.series.rules import POSITIONS, SIDES
from cdef.serve import fill
from cdef.teams.lead_models import Lead
from cdef.teams.member_models import Member
from cdef.teams.models import Team

PEOPLE = 12  # on each roster, both leads among them
LINES = 30  # of each team's timeline: as many as its page shows
SECRET = "for the benchmarks only"


@dataclass(frozen=True)
class Signed:
    """A lead's browser: which team is theirs, and the cookie that says who they are."""

    team_id: int
    cookie: str


@dataclass(frozen=True)
class Data:
    """A filled database file, and a browser for each lead in it."""

    path: Path
    people: int
    leads: list[Signed]


def settings(path: Path) -> dict[str, Any]:
    return {"SQLALCHEMY_DATABASE_URI": f"sqlite:///{path}", "SECRET_KEY": SECRET}


def make(folder: Path, people: int) -> Data:
    """As many teams as have this many people, at least one."""
    path, teams = folder / f"people-{people}.sqlite3", max(1, people // PEOPLE)
    app = create_app(settings(path))
    with app.app_context():
        bring_up_to_date()
        fill()
        write(teams)
        db.session.remove()
        db.engine.dispose()
    leads = [Signed(1 + n // 2, cookie_of(app, n)) for n in range(2 * teams)]
    return Data(path, teams * PEOPLE, leads)


def write(teams: int) -> None:
    now = clock.now()
    cohorts = db.session.scalars(select(Cohort.id)).all()
    districts = db.session.scalars(select(District.id)).all()
    places = [
        {
            "id": number,
            "cohort_id": cohorts[number % len(cohorts)],
            "district_id": districts[number % len(districts)],
            "revision": LINES,
            "created_at": now,
        }
        for number in range(1, teams + 1)
    ]
    add(Team, places)
    add(Person, people(teams, now))
    add(SignedIn, browsers(teams, now))
    add(Lead, leads(teams, now))
    add(Member, [row for number in range(1, teams + 1) for row in roster(number, now)])
    add(Event, [line for number in range(1, teams + 1) for line in timeline(number, now)])
    db.session.commit()


def add(kind: type[Base], rows: list[dict[str, Any]]) -> None:
    db.session.execute(insert(kind), rows)


def people(teams: int, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "id": number + 1,
            "email": email_of(number // 2 + 1, number % 2),
            "name": name_of(number // 2 + 1, number % 2),
            "roles": "",
            "created_at": now,
        }
        for number in range(2 * teams)
    ]


def browsers(teams: int, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "key_hash": tokens.digest(f"key {number}"),
            "person_id": number + 1,
            "is_personal": False,
            "created_at": now,
            "expires_at": now + timedelta(days=1),
        }
        for number in range(2 * teams)
    ]


def leads(teams: int, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "team_id": number // 2 + 1,
            "person_id": number + 1,
            "side": list(SIDES)[number % 2],
            "name": name_of(number // 2 + 1, number % 2),
            "invited_at": now,
            "joined_at": now,
        }
        for number in range(2 * teams)
    ]


def roster(team: int, now: datetime) -> Iterator[dict[str, Any]]:
    for number in range(PEOPLE):
        side = list(SIDES)[number % 2]
        positions = list(POSITIONS[side])
        yield {
            "team_id": team,
            "side": side,
            "name": name_of(team, number),
            "name_key": same_person_key(name_of(team, number)),
            "email": email_of(team, number),
            "position": positions[number // 2 % len(positions)],
            "site": "",
            "created_at": now,
        }


def timeline(team: int, now: datetime) -> Iterator[dict[str, Any]]:
    for number in range(LINES):
        yield {
            "at": now - timedelta(hours=1),
            "about": f"team:{team}",
            "who": name_of(team, number % 2),
            "what": f"added {name_of(team, number % PEOPLE)}",
        }


def name_of(team: int, number: int) -> str:
    return f"Wilhelmina Cho {team}-{number}"


def email_of(team: int, number: int) -> str:
    return f"wilhelmina.cho.{team}.{number}@example.org"


def cookie_of(app: Flask, number: int) -> str:
    """The signed cookie of the lead's browser, as the app would have set it."""
    cookies = app.session_interface
    assert isinstance(cookies, SecureCookieSessionInterface)
    signer = cookies.get_signing_serializer(app)
    assert signer is not None
    key = signer.dumps({"key": f"key {number}", "_permanent": True})
    return f"{app.config['SESSION_COOKIE_NAME']}={key}"
