"""What the outbox holds: its figures, what of it needs somebody, and pages of its letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select

from cdef.kernel.db import db
from cdef.outbox import rules
from cdef.outbox.models import Letter
from cdef.outbox.quarantine_models import Quarantine

PAGE, OF_ONE_THING = 50, 12
MOST_WORDS = 6
LEAVING = ("queued", "deferred", "sending")


@dataclass(frozen=True)
class Figures:
    """How the outbox does: letters that wait to leave, since when, and what has become of others."""

    queued: int
    oldest: datetime | None
    sent_last_hour: int
    failures: int  # Those that nobody has dealt with.


@dataclass(frozen=True)
class Wanted:
    """Which letters are wanted; nothing given is all of them."""

    state: str = ""
    about: str = ""
    words: str = ""
    before: int = 0  # The letter below which to go on.


@dataclass(frozen=True)
class Found:
    """A page of letters, newest first, and the one below which older ones begin."""

    letters: Sequence[Letter]
    older: int = 0


def figures(now: datetime) -> Figures:
    """Figures for people and for whatever watches the app; each is read from an index alone."""
    of_each, (oldest, failed, _) = counts(), concerns(now)
    sent = Letter.handed_over_at > now - timedelta(hours=1)
    return Figures(
        queued=sum(of_each.get(state, 0) for state in LEAVING),
        oldest=oldest,
        sent_last_hour=number(sent),
        failures=failed,
    )


def counts() -> dict[str, int]:
    query = select(Letter.state, func.count()).group_by(Letter.state)
    return dict(db.session.execute(query).all())


def oldest_waiting(now: datetime) -> datetime | None:
    return concerns(now)[0]


def concerns(now: datetime) -> tuple[datetime | None, int, bool]:
    """What staff are told on every page, in one question that only looks into indexes.

    Since when the longest waiting letter could have left (one that waits for its day has time), and
    how many have failed; and whether nothing may go out.
    """
    since = [select(func.min(Letter.waits_since)).where(Letter.state == each) for each in LEAVING]
    failed = select(func.count()).select_from(Letter).where(*needing_somebody(now))
    quarantined = select(Quarantine.id).where(Quarantine.ended_at.is_(None)).exists()
    *found, number, is_quarantined = db.session.execute(
        select(*(query.scalar_subquery() for query in since), failed.scalar_subquery(), quarantined)
    ).one()
    oldest = min((each for each in found if each and each <= now), default=None)
    return oldest, number, is_quarantined


def needing_somebody(now: datetime) -> list[ColumnElement[bool]]:
    """Letters that failed, with which nobody has dealt, and which would still be of use."""
    in_time = or_(Letter.expires_at.is_(None), Letter.expires_at > now)
    return [Letter.state == "failed", Letter.dealt_with_at.is_(None), in_time]


def number(*which: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(Letter).where(*which)) or 0


def find(wanted: Wanted, now: datetime) -> Found:
    """A page of what is wanted; an unknown state is none."""
    query = newest()
    if wanted.state == rules.TO_MEND:
        query = query.where(*needing_somebody(now))
    elif wanted.state in rules.LABELS:
        query = query.where(Letter.state == wanted.state)
    if wanted.about:
        query = query.where(Letter.about == wanted.about)
    if wanted.words:
        query = query.where(Letter.id.in_(having(wanted.words)))
    if wanted.before:
        query = query.where(Letter.id < wanted.before)
    letters = db.session.scalars(query.limit(PAGE + 1)).all()
    return Found(letters[:PAGE], letters[PAGE - 1].id if len(letters) > PAGE else 0)


def having(words: str) -> Select[int]:
    """Letters with every word in address, name or subject, which one index holds together."""
    written = Letter.to_email + " " + Letter.to_name + " " + Letter.subject
    found = (written.icontains(word, autoescape=True) for word in words.split()[:MOST_WORDS])
    return select(Letter.id).where(*found)


def newest() -> Select[Letter]:
    return select(Letter).order_by(Letter.id.desc())


def letters_about(about: str) -> Sequence[Letter]:
    """The newest letters about one thing."""
    return db.session.scalars(newest().where(Letter.about == about).limit(OF_ONE_THING)).all()


def again(letter: Letter) -> Letter | None:
    """The letter that says a failed one again."""
    return db.session.scalar(newest().where(Letter.resends_id == letter.id).limit(1))
