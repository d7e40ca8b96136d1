"""The timeline: who did what to which thing, when, and what it was before and after."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    JSON,
    CompoundSelect,
    ForeignKey,
    ScalarSelect,
    Select,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from cdef.kernel.db import Base, db
from cdef.kernel.words import fold


class Event(Base):
    """One line of the timeline; rows are only ever added."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    about: Mapped[str] = mapped_column(index=True)  # "team:7"
    who: Mapped[str]  # The name as it was then, or "the system".
    what: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    subject: Mapped[str | None]  # Which part of the thing, where an undo must find it: "member:12"
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), unique=True)
    # Folded: who, and on the next line what, before and after.
    search_text: Mapped[str] = mapped_column(default="", server_default="", deferred=True)


# Made once: putting it together takes longer than the database needs.
NEWEST = (
    select(Event)
    .where(Event.about == bindparam("about"), Event.id <= bindparam("upto"))
    .order_by(Event.id.desc())
    .limit(bindparam("most"))
)
LAST_POSSIBLE = 2**31 - 1  # PostgreSQL's own limit of such a number


def record(
    about: str,
    what: str,
    *,
    by: object,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    subject: str | None = None,
    undoes: "Event | ScalarSelect[int] | None" = None,
) -> Event:
    """Append a line in the caller's transaction; ``by`` is a person, or None for the system."""
    who = getattr(by, "name", None) or getattr(by, "email", None) or "the system"
    event = Event(at=now, about=about, who=who, what=what, before=before, after=after)
    event.search_text = searched(who, what, before, after)
    event.subject = subject
    event.undoes_id = undoes.id if isinstance(undoes, Event) else cast(int | None, undoes)
    db.session.add(event)
    return event


def searched(who: str, what: str, *values: object) -> str:
    """What a search finds a line by."""
    return f"{fold(who)}\n{fold(' '.join([what, *texts(values)]))}"


def texts(value: object) -> Iterator[str]:
    """Every value in what was before or after, as text."""
    if isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def timeline(about: str, limit: int = 50, upto: Event | None = None) -> list[Event]:
    """The newest lines about one thing, newest first; none that came after ``upto``."""
    asked = {"about": about, "upto": upto.id if upto else LAST_POSSIBLE, "most": limit}
    return list(db.session.scalars(NEWEST, asked))


def changed_at(abouts: Collection[str]) -> datetime | None:
    """When the last of what is on the timeline of some things happened."""
    return db.session.scalar(select(func.max(Event.at)).where(Event.about.in_(abouts)))


def state_query(abouts: CompoundSelect[Any]) -> Select[int, int]:
    """How many lines there are about some things, and the newest: other for each change of them."""
    return select(func.count(Event.id), func.max(Event.id)).where(Event.about.in_(abouts))


def line(about: str, event_id: int) -> Event | None:
    """One line, through the thing that it is about."""
    return db.session.scalar(select(Event).where(Event.id == event_id, Event.about == about))


def newest(about: str, subject: str) -> ScalarSelect[int]:
    """The last line about one part of a thing, for the database to find while it writes the next."""
    query = select(func.max(Event.id)).where(Event.about == about, Event.subject == subject)
    return query.scalar_subquery()


def is_undone(event: Event) -> bool:
    query = select(Event.id).where(Event.undoes_id == event.id)
    return db.session.scalar(query) is not None
