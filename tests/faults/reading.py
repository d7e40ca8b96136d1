"""What is left of a run, as plain values: what the database holds, and what the mail server has."""

import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload, undefer

from cdef.accounts.actions import staff
from cdef.accounts.rules import FIRST_STAFF
from cdef.kernel.audit import Event
from cdef.kernel.db import db
from cdef.outbox.models import Letter
from cdef.registrations.models import Decision, seats_taken
from cdef.series.draft_models import Publication
from cdef.series.models import Cohort
from cdef.teams.models import Team
from cdef.teams.roster_actions import row_of
from tests.cast import parse, text_of

Row = dict[str, Any]


@dataclass(frozen=True)
class TeamLeft:
    number: int
    revision: int
    state: str
    leads: list[str]
    rows: list[Row]
    signatures: list[tuple[str, int]]  # Who signed, and which revision.

    @property
    def about(self) -> str:
        return f"team:{self.number}"


@dataclass(frozen=True)
class Line:
    """A line of the timeline."""

    number: int
    about: str
    who: str
    what: str
    subject: str
    at: datetime
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    team: int
    verb: str
    note: str
    at: datetime


@dataclass(frozen=True)
class Post:
    """A letter; ``begun`` is how often a worker took it in hand."""

    kind: str
    about: str
    to: str
    identity: str
    state: str
    at: datetime
    begun: int
    raw: bytes


@dataclass(frozen=True)
class Left:
    """Everything at one moment; ``taken`` are the seats that the app counts as taken."""

    seats: int = 0
    taken: int = 0
    teams: list[TeamLeft] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    letters: list[Post] = field(default_factory=list)
    publications: list[int] = field(default_factory=list)
    staff: list[str] = field(default_factory=list)  # Who is told of what comes in.
    days: list[str] = field(default_factory=list)  # As they are published.
    arrived: Counter[str] = field(default_factory=Counter)
    contents: set[bytes] = field(default_factory=set)


def left(cohort_id: int) -> Left:
    """What the database says now, without what has arrived; afterwards nothing of it is held."""
    db.session.expire_all()
    try:
        return read(cohort_id)
    finally:
        db.session.rollback()


def read(cohort_id: int) -> Left:
    cohort = db.session.get_one(Cohort, cohort_id)
    return Left(
        seats=cohort.seats,
        taken=seats_taken(cohort),
        teams=[team_left(team) for team in db.session.scalars(select(Team).order_by(Team.id))],
        lines=[line(event) for event in db.session.scalars(select(Event).order_by(Event.id))],
        verdicts=[
            Verdict(each.registration.team_id, each.verb, each.note, each.at)
            for each in db.session.scalars(select(Decision).order_by(Decision.id))
        ],
        letters=[post(letter) for letter in db.session.scalars(letters())],
        publications=list(db.session.scalars(select(Publication.id))),
        staff=[person.email for person in staff() if person.email != FIRST_STAFF],
        days=[day.isoformat() for meeting in cohort.meetings for day in meeting.dates],
    )


def letters() -> Any:
    whole = undefer(Letter.raw), selectinload(Letter.history)
    return select(Letter).options(*whole).order_by(Letter.id)


def team_left(team: Team) -> TeamLeft:
    names = {lead.id: lead.email for lead in team.leads}
    return TeamLeft(
        team.id,
        team.revision,
        team.state,
        list(names.values()),
        [asdict(row_of(member)) for member in team.members],
        [(each.lead.email, each.revision) for each in team.signatures],
    )


def line(event: Event) -> Line:
    before, after = event.before or {}, event.after or {}
    return Line(
        event.id,
        event.about,
        event.who,
        event.what,
        event.subject or "",
        event.at,
        before,
        after,
    )


def post(letter: Letter) -> Post:
    begun = sum(each.state == "sending" for each in letter.history)
    return Post(
        letter.kind,
        letter.about,
        letter.to_email,
        letter.message_id,
        letter.state,
        letter.created_at,
        begun,
        letter.raw,
    )


def code(email: str) -> str:
    """The code that was mailed, or is about to be."""
    query = select(Letter.raw).where(Letter.to_email == email, Letter.kind == "start_team")
    raw = db.session.scalars(query.order_by(Letter.id.desc()).limit(1)).one()
    found = re.search(r"\b\d{6}\b", text_of(parse(raw)))
    assert found is not None
    return found[0]
