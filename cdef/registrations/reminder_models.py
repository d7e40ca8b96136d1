"""What staff set about reminders, which of them were written, and who is still owed one."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    Select,
    Text,
    UniqueConstraint,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, defer, joinedload, mapped_column

from cdef.kernel.audit import Event
from cdef.kernel.db import Base, db
from cdef.kernel.words import local_day
from cdef.outbox.models import Letter
from cdef.outbox.suppression_models import Suppression
from cdef.registrations.models import Registration
from cdef.registrations.reminder_rules import Terms, Turn, quiet_since
from cdef.registrations.substitute_models import Substitute
from cdef.registrations.substitute_rules import ACCEPTED
from cdef.series.models import Cohort, Meeting, MeetingDay, Series
from cdef.teams.listing_models import Listing
from cdef.teams.member_models import Member
from cdef.teams.models import Team

GONE = ("cancelled", "failed")
# The letters that say when the meetings are.
TELLING = ("confirmation", "dates_changed", "substitute_confirmed")


class ReminderTerms(Base):
    """What staff set for one series; it holds for later ones until they have their own."""

    __tablename__ = "reminder_terms"

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), primary_key=True)
    days: Mapped[list[int]] = mapped_column(JSON)
    quiet_days: Mapped[int]
    most_nudges: Mapped[int]
    not_before: Mapped[date | None]


class Reminder(Base):
    """Somebody was reminded of a meeting as it was then; ``on`` is the day on which it begins."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("meeting_id", "on", "days", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    on: Mapped[date]
    days: Mapped[int]
    email: Mapped[str]
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))


class Nudge(Base):
    """The leads of a team were asked about a roster that rested; ``number`` counts from 1."""

    __tablename__ = "nudge"
    __table_args__ = (UniqueConstraint("team_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    number: Mapped[int]
    reason: Mapped[str]
    at: Mapped[datetime]


def terms_row(series: Series) -> ReminderTerms | None:
    """What was set for this series, or for the newest one before it."""
    query = select(ReminderTerms).where(ReminderTerms.series_id <= series.id)
    return db.session.scalar(query.order_by(ReminderTerms.series_id.desc()).limit(1))


def terms_of(series: Series) -> Terms:
    row = terms_row(series)
    if row is None:
        return Terms()
    return Terms(tuple(row.days), row.quiet_days, row.most_nudges, row.not_before)


def meetings_between(first: date, last: date) -> Sequence[Meeting]:
    """The meetings that are held, and begin on one of these days."""
    query = (
        select(Meeting)
        .join(MeetingDay, MeetingDay.meeting_id == Meeting.id)
        .where(Meeting.is_held, MeetingDay.number == 1, MeetingDay.date.between(first, last))
        .order_by(MeetingDay.date, Meeting.id)
        .options(joinedload(Meeting.days), joinedload(Meeting.cohort).joinedload(Cohort.series))
    )
    return db.session.scalars(query).unique().all()


def owed(meeting: Meeting, turn: Turn, away: ColumnElement[bool]) -> Select[Member]:
    """Whoever is expected at a meeting, and does not know of it as newly as the reminder would say.

    ``away`` is true of those who have said that they cannot come.
    """
    given = select(Substitute.member_id).where(
        Substitute.meeting_id == meeting.id, Substitute.state == ACCEPTED
    )
    query = (
        select(Member)
        .join(Team, Member.team_id == Team.id)
        .join(Registration, Registration.team_id == Team.id)
        .where(
            Team.cohort_id == meeting.cohort_id,
            Registration.state == "approved",
            Member.removed_at.is_(None),
            Member.email != "",
            *unreminded(meeting, turn, Member.email),
        )
        .order_by(Member.id)
        .options(defer(Member.is_elsewhere), defer(Member.past_email))
    )
    return query.where(~away, Member.id.not_in(given))


def owed_substitutes(meeting: Meeting, turn: Turn) -> Select[Substitute]:
    """The same of those who come in another's place."""
    return (
        select(Substitute)
        .join(Team, Substitute.team_id == Team.id)
        .join(Registration, Registration.team_id == Team.id)
        .where(
            Substitute.meeting_id == meeting.id,
            Substitute.state == ACCEPTED,
            Registration.state == "approved",
            *unreminded(meeting, turn, Substitute.email),
        )
        .order_by(Substitute.id)
    )


def unreminded(
    meeting: Meeting, turn: Turn, email: InstrumentedAttribute[str]
) -> list[ColumnElement[bool]]:
    """Nobody has told this address since the reminder fell due, and it wants to be reminded."""
    about = literal("team:") + cast(Team.id, Text)
    told = exists().where(
        Letter.to_email == email,
        or_(Letter.about == about, Letter.about == meeting.cohort.about),
        Letter.kind.in_(TELLING),
        Letter.created_at >= turn.due,
        Letter.state.not_in(GONE),
    )
    reminded = exists().where(
        Reminder.meeting_id == meeting.id,
        Reminder.on == meeting.dates[0],
        Reminder.days == turn.days,
        Reminder.email == email,
        Letter.id == Reminder.letter_id,
        Letter.state != "cancelled",
    )
    stopped = exists().where(Suppression.email == email)
    return [~told, ~reminded, ~stopped]


def reminder_of(meeting: Meeting, days: int, email: str) -> Reminder | None:
    """The row of a reminder whose letter was cancelled, and which is written anew."""
    return db.session.scalar(
        select(Reminder).where(
            Reminder.meeting_id == meeting.id,
            Reminder.on == meeting.dates[0],
            Reminder.days == days,
            Reminder.email == email,
        )
    )


def resting(series: Series, terms: Terms, now: datetime) -> Select[Team]:
    """The teams whose roster is still with the leads, and to which nothing has happened for a while."""
    since, today = quiet_since(now, terms), local_day(now)
    about = literal("team:") + cast(Team.id, Text)
    busy = exists().where(Event.about == about, Event.at > since)
    asked = (
        select(func.count(Nudge.id))
        .where(
            Nudge.team_id == Team.id,
            Nudge.at >= func.coalesce(Registration.since, Team.created_at),
        )
        .correlate(Team, Registration)
        .scalar_subquery()
    )
    is_open = Cohort.is_open & (Cohort.closes_on.is_(None) | (Cohort.closes_on >= today))
    return (
        select(Team)
        .join(Listing, Listing.team_id == Team.id)
        .join(Cohort, Cohort.id == Team.cohort_id)
        .outerjoin(Registration, Registration.team_id == Team.id)
        .where(
            Listing.series_id == series.id,
            or_(Listing.state == "returned", (Listing.state == "draft") & is_open),
            Team.created_at <= since,
            ~busy,
            asked < terms.most_nudges,
        )
        .order_by(Team.id)
    )


def resting_number(series: Series, terms: Terms, now: datetime) -> int:
    found = resting(series, terms, now).with_only_columns(func.count(Team.id)).order_by(None)
    return db.session.scalar(found) or 0


def nudges_of(team: Team) -> int:
    query = select(func.max(Nudge.number)).where(Nudge.team_id == team.id)
    return db.session.scalar(query) or 0
