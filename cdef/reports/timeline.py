"""Everything that happened, newest first: what a filter shows of it, and what each line is about.

Who, words and cohort have no index of their own. Looking for them reads a window of so many lines
and then says how far back it has looked, so that no search takes longer than another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Integer, Select, case, cast, func, or_, select

from cdef.directory.models import District
from cdef.kernel.audit import Event
from cdef.kernel.db import db
from cdef.kernel.words import ZONE, fold
from cdef.teams.models import Team

PAGE, WINDOW = 50, 50_000
MOST_WORDS = 8
# The number of the team that a line is about; None for all else.
ABOUT_TEAM = case(
    (Event.about.like("team:%"), cast(func.substr(Event.about, len("team:") + 1), Integer))
)


@dataclass(frozen=True)
class Wanted:
    """What of the timeline is wanted; nothing given is everything."""

    words: str = ""
    who: str = ""
    team_id: int = 0
    cohort_id: int = 0
    first_day: date | None = None
    last_day: date | None = None
    before: int = 0  # The line below which to go on.

    @property
    def is_search(self) -> bool:
        return bool(self.words or self.who or self.cohort_id)


@dataclass(frozen=True)
class Found:
    """A page of lines, and where an older one begins; ``looked_back_to`` if a window ended first."""

    events: Sequence[Event]
    older: int = 0
    looked_back_to: datetime | None = None


def find(wanted: Wanted) -> Found:
    """A page of what is wanted."""
    lines = newest_first(narrowed(select(Event.id, Event.at), wanted))
    window = lines.limit(WINDOW if wanted.is_search else PAGE + 1)
    events = list(db.session.scalars(matching(window, wanted).limit(PAGE + 1)))
    if len(events) > PAGE:
        return Found(events[:PAGE], older=events[PAGE - 1].id)
    if not wanted.is_search:
        return Found(events)
    end = db.session.execute(lines.offset(WINDOW - 1).limit(1)).first()
    return Found(events, end.id, end.at) if end else Found(events)


def narrowed(query: Select[int, datetime], wanted: Wanted) -> Select[int, datetime]:
    """What the indexes find by themselves: one team, some days, what is older than a line."""
    if wanted.team_id:
        query = query.where(Event.about == f"team:{wanted.team_id}")
    if wanted.first_day:
        query = query.where(Event.at >= begin(wanted.first_day))
    if wanted.last_day:
        query = query.where(Event.at < begin(wanted.last_day + timedelta(days=1)))
    last = db.session.get(Event, wanted.before) if wanted.before else None
    if last:
        is_older = (Event.at < last.at) | (Event.id < last.id)
        query = query.where(Event.at <= last.at, is_older)
    return query


def begin(day: date) -> datetime:
    """The first instant of a day in California."""
    return datetime.combine(day, time(), ZONE)


def newest_first(query: Select[int, datetime]) -> Select[int, datetime]:
    return query.order_by(Event.at.desc(), Event.id.desc())


def matching(window: Select[int, datetime], wanted: Wanted) -> Select[Event]:
    """The lines of a window in which every word is found, in themselves or in their team's district."""
    lines = window.subquery()
    query = select(Event).join(lines, lines.c.id == Event.id)
    if wanted.is_search:
        query = query.outerjoin(Team, Team.id == ABOUT_TEAM)
        query = query.outerjoin(District, District.id == Team.district_id)
        query = query.where(*conditions(wanted))
    return query.order_by(lines.c.at.desc(), lines.c.id.desc())


def conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [
        or_(
            Event.search_text.contains(word, autoescape=True),
            District.search_text.contains(word, autoescape=True),
        )
        for word in split(wanted.words)
    ]
    found += [
        Event.search_text.like(f"%{escaped(word)}%\n%", escape="/") for word in split(wanted.who)
    ]
    if wanted.cohort_id:
        about = f"cohort:{wanted.cohort_id}"
        found.append(or_(Team.cohort_id == wanted.cohort_id, Event.about == about))
    return found


def split(text: str) -> list[str]:
    return fold(text).split()[:MOST_WORDS]


def escaped(word: str) -> str:
    """A word in which nothing means anything to LIKE."""
    return word.replace("/", "//").replace("%", "/%").replace("_", "/_")
