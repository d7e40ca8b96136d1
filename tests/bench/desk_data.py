"""A series of generated teams of eight in every state, for the pages of the staff."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

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
from tests.bench.data import Data, Signed, cookie_of, settings

PEOPLE = 8  # on each roster
CLIENTS = 8  # members of the staff who are signed in
DISTRICTS, COUNTIES = 1000, 58  # about as many as there are
# fmt: off
FIRST = (
    "Maria", "Jose", "Ana", "Luis", "Mark", "Mei", "Omar", "Ruth", "Ivan", "Nora", "Hugo",
    "Lena", "Paul", "Tara", "Yuki", "Zoe",
)
ROOTS = (
    "Gar", "Mar", "Lop", "San", "Her", "Ram", "Tor", "Flo", "Riv", "Ng", "Tran", "Lee",
    "Kim", "Cho", "Ort", "Cas", "Vaz", "Men", "Dom", "Var",
)
ENDS = (
    "cia", "tinez", "ez", "chez", "nandez", "irez", "res", "rera", "well", "son", "man",
    "ton", "ley", "ford", "wood", "ner", "ber", "dez", "go", "as",
)
# fmt: on
POSITIONS = (
    ("superintendent", "board", "principal", "business"),
    ("teachers_president", "classified_president", "teacher", "classified"),
)
VERBS = {
    "submitted": "",
    "waitlisted": "waitlist",
    "returned": "return",
    "declined": "decline",
    "withdrawn": "withdraw",
    "approved": "approve",
}
# How a hundred teams are spread over the states.
SHARES = {"draft": 13, "submitted": 12, "waitlisted": 5, "returned": 5, "declined": 4}
SPREAD = [
    state
    for state, share in (SHARES | {"withdrawn": 6, "approved": 55}).items()
    for _ in range(share)
]


def make(folder: Path, people: int) -> Data:
    """As many teams as have this many people, and a few of the staff."""
    path, teams = folder / f"desk-{people}.sqlite3", max(1, people // PEOPLE)
    app = create_app(settings(path))
    with app.app_context():
        bring_up_to_date()
        fill()
        people_the_desk(clock.now())
        write(path, teams, clock.now())
        count_them()
        db.session.remove()
        db.engine.dispose()
    return Data(path, teams * PEOPLE, [Signed(0, cookie_of(app, n)) for n in range(CLIENTS)])


def people_the_desk(now: datetime) -> None:
    """Districts, the staff with their browsers, and seats for everybody."""
    with transaction():
        for number in range(DISTRICTS):
            name, county = f"District {number:04}", f"County {number % COUNTIES:02}"
            text = f"{name} {county}".lower()
            db.session.add(District(name=name, county=county, search_text=text))
        for number in range(CLIENTS):
            person = Person(email=f"staff.{number}@example.org", roles="staff", created_at=now)
            browser = SignedIn(key_hash=tokens.digest(f"key {number}"), is_personal=False)
            browser.person, browser.created_at = person, now
            browser.expires_at = now + timedelta(days=1)
            db.session.add(browser)
        for cohort in db.session.scalars(select(Cohort)):
            cohort.seats = 10_000_000


def count_them() -> None:
    """What the app keeps with each change, counted at once."""
    with transaction():
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
    file.execute("DROP INDEX ix_team_word_word")
    for table, columns, rows in tables(teams, cohorts, homes, now):
        marks = ", ".join("?" * len(columns.split(", ")))
        file.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608 (our own words)
    file.execute("CREATE INDEX ix_team_word_word ON team_word (word, team_id, whose)")
    file.commit()
    file.close()


def tables(
    teams: int, cohorts: list[int], homes: list[int], now: datetime
) -> Iterator[tuple[str, str, Iterable[tuple[Any, ...]]]]:
    numbers = range(1, teams + 1)
    leads = [(team, side) for team in numbers for side in (0, 1)]
    at = [moment(now, team) for team in range(teams + 1)]
    yield (
        "team",
        "id, cohort_id, district_id, revision, created_at",
        ((n, cohorts[n % len(cohorts)], homes[n * 7 % len(homes)], 1, at[n]) for n in numbers),
    )
    yield (
        "person",
        "id, email, name, roles, created_at",
        ((CLIENTS + n, *reversed(who(*lead)), "", at[0]) for n, lead in enumerate(leads, 1)),
    )
    yield (
        "lead",
        "team_id, person_id, side, name, invited_at, joined_at",
        (
            (team, CLIENTS + n, ("district", "union")[side], who(team, side)[0], at[team], at[team])
            for n, (team, side) in enumerate(leads, 1)
        ),
    )
    yield "member", MEMBER, (row for team in numbers for row in roster(team, at[team]))
    yield (
        "registration",
        "id, team_id, state, since, submitted_at, turn, offered_seats",
        ((n, n, state_of(n), at[n], at[n], 0, 0) for n in numbers if state_of(n) != "draft"),
    )
    yield "decision", DECISION, (row for team in numbers for row in decisions(team, at[team]))
    yield (
        "event",
        "at, about, who, what",
        (
            (at[n], f"team:{n}", who(n, side)[0], what)
            for n in numbers
            for side, what in (
                (0, "started the team"),
                (1, "joined the team"),
                (0, "signed the roster"),
            )
        ),
    )
    yield (
        "team_word",
        "team_id, word, whose",
        (row for team in numbers for row in words(team, homes)),
    )


MEMBER = "id, team_id, side, name, name_key, email, position, site, created_at, once"
DECISION = "registration_id, verb, by_id, at, note, waived, over"


def moment(now: datetime, team: int) -> str:
    """A minute apart for the first hundred thousand; as SQLAlchemy writes it."""
    at = now - timedelta(days=100) + timedelta(minutes=team)
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


def who(team: int, number: int) -> tuple[str, str]:
    """Somebody's name, one of some thousands, and an address of their own."""
    place = team * PEOPLE + number
    first = FIRST[place * 31 % 997 % len(FIRST)]
    last = ROOTS[place * 17 % 991 % len(ROOTS)] + ENDS[place * 13 % 983 % len(ENDS)]
    return f"{first} {last}", f"{first}.{last}{place}@example.org".lower()


def roster(team: int, at: str) -> Iterator[tuple[Any, ...]]:
    """Every fifth team lacks somebody whom a rule asks for."""
    for number in range(PEOPLE):
        name, email = who(team, number)
        side = number % 2
        position = POSITIONS[side][number // 2]
        if team % 5 == 0 and position == ("board", "classified_president")[team % 2]:
            position = ("principal", "teacher")[side]
        key = " ".join(sorted(name.lower().split()))
        place = team * PEOPLE + number
        yield place, team, ("district", "union")[side], name, key, email, position, "", at, ""


def decisions(team: int, at: str) -> Iterator[tuple[Any, ...]]:
    if state_of(team) != "draft":
        yield team, "submit", None, at, "", "", ""
        if verb := VERBS[state_of(team)]:
            yield team, verb, 1, at, "", "", ""


def words(team: int, homes: list[int]) -> Iterator[tuple[int, str, int]]:
    """By the team, the word, and whose it is, as the table is ordered."""
    home = team * 7 % len(homes)
    found = {(word, 0) for word in ("district", f"{home:04}", "county", f"{home % COUNTIES:02}")}
    for number in range(PEOPLE):
        name, email = who(team, number)
        place = team * PEOPLE + number
        first, last = name.lower().split()
        said = (first, last, f"{last}{place}", email, "example.org")
        found |= {(word, 0) for word in said} if number < 2 else set()
        if state_of(team) not in ("draft", "returned"):
            found |= {(word, place) for word in said}
    yield from ((team, word, whose) for word, whose in sorted(found))


def state_of(team: int) -> str:
    return SPREAD[team * 37 % 100]
