"""A programme year: its training sessions, its cohorts, and when and where each session is held."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    JSON,
    CompoundSelect,
    ForeignKey,
    Text,
    UniqueConstraint,
    cast,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from cdef.kernel.db import Base, db
from cdef.series.place_rules import address_lines


class Series(Base):
    """One programme year, with what a team must be and what a person pays."""

    __tablename__ = "series"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)  # "2016-17"
    title: Mapped[str]
    subtitle: Mapped[str]
    intro: Mapped[str]
    audience: Mapped[str]
    partners: Mapped[str]
    price_cents: Mapped[int]
    smallest_team: Mapped[int]
    largest_team: Mapped[int]
    created_at: Mapped[datetime]
    is_draft: Mapped[bool] = mapped_column(default=False)  # Prepared, and seen by staff alone.

    training_sessions: Mapped[list["TrainingSession"]] = relationship(
        back_populates="series", order_by="TrainingSession.number"
    )
    cohorts: Mapped[list["Cohort"]] = relationship(
        back_populates="series", order_by="Cohort.position"
    )
    # Those that are asked now; one that was removed stays for the waivers that were asked of it.
    team_rules: Mapped[list["TeamRule"]] = relationship(
        primaryjoin="and_(TeamRule.series_id == Series.id, TeamRule.removed_at.is_(None))",
        order_by="TeamRule.position",
    )

    @property
    def about(self) -> str:
        """How the timeline names this series, its training sessions and its rules."""
        return f"series:{self.id}"


class TeamRule(Base):
    """Positions of which a team needs somebody; staff may waive it with a reason."""

    __tablename__ = "team_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    position: Mapped[int]
    text: Mapped[str]  # What is missing, "No school board member"
    met_by: Mapped[list[str]] = mapped_column(JSON)  # Keys of series.rules.POSITIONS
    removed_at: Mapped[datetime | None]


class TrainingSession(Base):
    """Part 1, 2 or 3 of the curriculum."""

    __tablename__ = "training_session"
    __table_args__ = (UniqueConstraint("series_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    number: Mapped[int]
    title: Mapped[str]
    overview: Mapped[str]
    topics: Mapped[str]
    days: Mapped[int]  # How many days it takes.

    series: Mapped[Series] = relationship(back_populates="training_sessions")

    @property
    def name(self) -> str:
        return f"Session {self.number}"


class Venue(Base):
    """A place where meetings are held."""

    __tablename__ = "venue"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    room: Mapped[str] = mapped_column(default="")
    street: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="CA")
    zip: Mapped[str] = mapped_column(default="")  # Text: leading zeros, ZIP+4.
    notes: Mapped[str] = mapped_column(default="")  # Parking and access.

    @property
    def lines(self) -> list[str]:
        """The address as on an envelope."""
        return address_lines(self)

    @property
    def one_line(self) -> str:
        return ", ".join(self.lines)


class Cohort(Base):
    """A region's run of the series, with its places and whether it takes registrations."""

    __tablename__ = "cohort"
    __table_args__ = (UniqueConstraint("series_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    slug: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    position: Mapped[int]
    seats: Mapped[int]  # People, not teams.
    is_open: Mapped[bool] = mapped_column(default=True)
    closes_on: Mapped[date | None]  # The last day on which teams may start, in California.
    names_due: Mapped[date | None]  # The last day on which a roster may hold places without names.
    swaps_until: Mapped[date | None]  # The last day on which leads swap people by themselves.

    series: Mapped[Series] = relationship(back_populates="cohorts")
    meetings: Mapped[list["Meeting"]] = relationship(  # Those that are held, as published.
        back_populates="cohort",
        primaryjoin="and_(Meeting.cohort_id == Cohort.id, Meeting.is_held)",
        order_by="Meeting.number",
    )
    known_meetings: Mapped[list["Meeting"]] = relationship(order_by="Meeting.number", viewonly=True)
    # They belong to a later feature; here they are only counted.
    teams: Mapped[list[Any]] = relationship("Team", viewonly=True)

    @property
    def about(self) -> str:
        """How the timeline names this cohort."""
        return f"cohort:{self.id}"

    @property
    def shared_venue(self) -> Venue | None:
        """The venue of all sessions, if every meeting has the same."""
        venues = {meeting.venue_id for meeting in self.meetings}
        return self.meetings[0].venue if len(venues) == 1 else None


class Meeting(Base):
    """A training session as held for one cohort; without days it is TBD."""

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("cohort_id", "training_session_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    training_session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id"))
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"))
    number: Mapped[int]  # The training session's, for the order.
    hint: Mapped[str] = mapped_column(default="")  # While TBD: "expected in spring".
    starts: Mapped[time | None]  # Local wall time, the same on every day; None: not known.
    ends: Mapped[time | None]
    sequence: Mapped[int] = mapped_column(default=0)  # Of its calendar entries (RFC 5545, 3.8.7.4).
    # What was taken away stays as a row, so that calendar entries keep their identity.
    is_held: Mapped[bool] = mapped_column(default=True)
    changed_at: Mapped[datetime]

    cohort: Mapped[Cohort] = relationship(back_populates="meetings")
    training_session: Mapped[TrainingSession] = relationship()
    venue: Mapped[Venue | None] = relationship()
    days: Mapped[list["MeetingDay"]] = relationship(
        order_by="MeetingDay.number", cascade="all, delete-orphan"
    )

    @property
    def dates(self) -> list[date]:
        return [day.date for day in self.days]


class MeetingDay(Base):
    """The first, second, … day of a meeting; its calendar entry keeps its identity when it moves."""

    __tablename__ = "meeting_day"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]
    date: Mapped[date]


def current_series(*read: ORMOption) -> Series | None:
    """The newest series that is no draft, which the public pages show."""
    query = select(Series).where(Series.is_draft.is_(False)).order_by(Series.id.desc())
    return db.session.scalar(query.options(*read).limit(1))


def abouts() -> CompoundSelect[Any]:
    """How the timeline names every series and every cohort."""
    return union_all(
        select(literal("series:") + cast(Series.id, Text)),
        select(literal("cohort:") + cast(Cohort.id, Text)),
    )


def series_with_dates() -> Series | None:
    """The current series with the dates and places of its cohorts, in as many queries for ten as for one."""
    return current_series(selectinload(Series.cohorts).options(*dates_and_places()))


def cohort_by_slug(slug: str, *read: ORMOption) -> Cohort | None:
    """A cohort of the current series by its public name."""
    query = (
        select(Cohort)
        .join(Series)
        .where(Cohort.slug == slug, Series.is_draft.is_(False))
        .order_by(Cohort.series_id.desc())
    )
    return db.session.scalar(query.options(*read).limit(1))


def cohort_with_dates(slug: str) -> Cohort | None:
    """The same with its series, and with dates and places."""
    return cohort_by_slug(slug, joinedload(Cohort.series), *dates_and_places())


def dates_and_places() -> list[Any]:
    """What pages say of a cohort's meetings, read with the cohorts."""
    of_each = joinedload(Meeting.training_session), joinedload(Meeting.venue)
    return [selectinload(Cohort.meetings).options(*of_each, joinedload(Meeting.days))]
