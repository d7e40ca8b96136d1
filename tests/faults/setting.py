"""The database that every run begins with: five teams that want more seats than there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from cdef import create_app
from cdef.accounts import actions as accounts
from cdef.directory.models import District
from cdef.kernel import clock
from cdef.kernel.db import db, transaction
from cdef.schema import bring_up_to_date
from cdef.series.models import Cohort
from cdef.serve import fill
from tests.cast import FEW, Cast
from tests.faults.plan import LEADS, STAFF, TEAMS

BEGIN = "2016-10-17T09:00:00"
SEATS = 9  # Of five teams of four people, two find a place, and one has it already.
DISTRICTS = ("4373387", "0161259", "3367033", "1964212", "4310439")


@dataclass(frozen=True)
class Setting:
    """The beginning: its bytes, its numbers, and what the browsers hold of who is signed in."""

    content: bytes
    teams: list[int]
    cohort: int
    district: int
    cookies: dict[str, str]


def settings(address: str) -> dict[str, Any]:
    """What all processes are told, and whoever reads the database beside them."""
    return {
        "SECRET_KEY": "for tests only",
        "SQLALCHEMY_DATABASE_URI": address,
        "BASE_URL": "http://127.0.0.1",
        "MAIL_SERVER": "127.0.0.1",
        "MAIL_TIMEOUT": 0.4,
    }


@contextmanager
def backstage(address: str) -> Iterator[Flask]:
    """The app in this process, to arrange or read the database."""
    app = create_app(settings(address) | {"PRETEND_NOW": BEGIN})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@lru_cache
def setting() -> Setting:
    """Made once for each process."""
    with TemporaryDirectory(prefix="cdef-faults-") as folder:
        path = Path(folder) / "cdef.sqlite3"
        with backstage(f"sqlite:///{path}") as app:
            bring_up_to_date()
            fill()
            with transaction() as session:
                session.execute(update(Cohort).values(seats=SEATS))
            made = arrange(Cast(app))
        return Setting(path.read_bytes(), *made)


def arrange(cast: Cast) -> tuple[list[int], int, int, dict[str, str]]:
    for who in STAFF:
        accounts.add_staff(f"{who}@example.org", name=who, by=None, now=clock.now())
    teams = []
    for number, (state, district) in enumerate(zip(TEAMS, DISTRICTS, strict=True)):
        words = {"cd_code": district, "lead": address(f"district{number}")}
        make = {"draft": cast.team, "submitted": cast.submitted, "approved": cast.approved}[state]
        people = [(side, f"{name} {'abcde'[number]}", position) for side, name, position in FEW]
        teams.append(make(partner=address(f"union{number}"), members=people, **words))
    cookies = {who: cookie(cast, who) for who in (*LEADS, *STAFF)}
    other = db.session.scalars(select(District.id).where(District.cd_code.not_in(DISTRICTS)))
    return [team.id for team in teams], teams[0].cohort_id, other.first() or 0, cookies


def address(who: str) -> str:
    return f"{who}@example.org"


def cookie(cast: Cast, who: str) -> str:
    found = cast.browser(address(who)).client.get_cookie("session")
    assert found is not None
    return found.value
