"""The database that every run begins with: five teams that want more seats than there are."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select, update

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
    """The numbers of the beginning, and what the browsers hold of who is signed in."""

    teams: list[int]
    cohort: int
    district: int
    cookies: dict[str, str]


def settings(address: str, mail_port: int) -> dict[str, Any]:
    """What all processes are told, and whoever reads the database beside them."""
    return {
        "SECRET_KEY": "for tests only",
        "SQLALCHEMY_DATABASE_URI": address,
        "BASE_URL": "http://127.0.0.1",
        "MAIL_SERVER": "127.0.0.1",
        "MAIL_PORT": mail_port,
        "MAIL_TIMEOUT": 0.4,
    }


def arranged(app: Flask) -> Setting:
    """Fill the app's database with the beginning of every run."""
    bring_up_to_date()
    fill()
    with transaction() as session:
        session.execute(update(Cohort).values(seats=SEATS))
    return Setting(*arrange(Cast(app)))


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
