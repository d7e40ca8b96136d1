"""What staff draft for a cohort's meetings and venues, and what they published."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from cdef.accounts.models import Person
from cdef.kernel.db import Base, db
from cdef.series.draft_rules import EMPTY, plan
from cdef.series.meeting_rules import Change, change_from
from cdef.series.models import Cohort, Meeting, TrainingSession, Venue, cohort_by_slug
from cdef.series.place_rules import Place, place_of


class Draft(Base):
    """A cohort's draft after one change of it; the newest is what would be published."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)  # See series.draft_rules.
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    by: Mapped[Person] = relationship()


class Publication(Base):
    """A draft made public: what it changed, and who said so."""

    __tablename__ = "publication"

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), unique=True)
    changed: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    cohort: Mapped[Cohort] = relationship()
    by: Mapped[Person] = relationship()

    @property
    def changes(self) -> list[Change]:
        return [change_from(kept) for kept in self.changed]


def cohort_at(name: str) -> Cohort | None:
    """A cohort by its public name, or by its number where the public pages do not show its series."""
    number = int(name) if name.isascii() and name.isdecimal() and len(name) < 10 else 0
    series = joinedload(Cohort.series)
    found = cohort_by_slug(name, series)
    return found or (db.session.get(Cohort, number, options=[series]) if number else None)


def desk_of(cohort: Cohort) -> str:
    """The address of the staff's pages of a cohort."""
    is_public = cohort_by_slug(cohort.slug) is cohort
    return f"/staff/cohorts/{cohort.slug if is_public else cohort.id}"


def newest_draft(cohort: Cohort) -> Draft | None:
    query = select(Draft).where(Draft.cohort_id == cohort.id).order_by(Draft.id.desc()).limit(1)
    return db.session.scalar(query.options(joinedload(Draft.by)))


def draft_of(cohort: Cohort, draft_id: int) -> Draft | None:
    """An earlier state of a cohort's draft."""
    return db.session.scalar(
        select(Draft).where(Draft.id == draft_id, Draft.cohort_id == cohort.id)
    )


def content_of(draft: Draft | None) -> dict[str, Any]:
    return draft.content if draft else EMPTY


def publications_of(cohort: Cohort) -> Sequence[Publication]:
    """What was published for a cohort, newest first."""
    query = select(Publication).where(Publication.cohort_id == cohort.id)
    newest = query.options(joinedload(Publication.by)).order_by(Publication.id.desc())
    return db.session.scalars(newest.limit(100)).all()


def published_from(draft_id: int) -> Publication | None:
    return db.session.scalar(select(Publication).where(Publication.draft_id == draft_id))


def venues() -> list[Venue]:
    return list(db.session.scalars(select(Venue).order_by(Venue.name, Venue.room, Venue.id)))


def places(found: Sequence[Venue] | None = None) -> dict[int, Place]:
    """Where meetings can be, by the venue's id; a page that has read the venues hands them on."""
    there = venues() if found is None else found
    return {venue.id: place for venue in there if (place := place_of(venue))}


def meetings_at(venue_ids: Sequence[int]) -> list[Meeting]:
    """The published meetings at some venues, of whatever cohort."""
    if not venue_ids:
        return []
    query = select(Meeting).where(Meeting.venue_id.in_(venue_ids), Meeting.is_held)
    named = query.options(joinedload(Meeting.cohort), joinedload(Meeting.training_session))
    return list(db.session.scalars(named.order_by(Meeting.cohort_id, Meeting.number)))


def held_meetings(cohort_ids: Collection[int]) -> list[Meeting]:
    """The published meetings of some cohorts with all that pages say of them, in one query."""
    return list(db.session.scalars(held_in(cohort_ids, select(Meeting))).unique())


def held_in(cohort_ids: Collection[int], query: Any) -> Any:
    """A question about meetings, narrowed to those, with their days, venues and sessions."""
    whole = query.where(Meeting.cohort_id.in_(cohort_ids), Meeting.is_held).options(
        joinedload(Meeting.training_session),
        joinedload(Meeting.venue),
        joinedload(Meeting.days),
    )
    return whole.order_by(Meeting.cohort_id, Meeting.number)


def planned(cohort: Cohort, content: dict[str, Any]) -> list[Change]:
    """What a draft of this cohort would change now."""
    touched = [int(key) for key in content["venues"]]
    return plan(cohort, with_meetings({cohort.id}, touched), places(), content)


def with_meetings(cohort_ids: set[int], venue_ids: Collection[int] = ()) -> Sequence[Cohort]:
    """Cohorts, and those that meet at some venues, with all that a plan compares, in one query."""
    there = select(Meeting.cohort_id).where(Meeting.venue_id.in_(venue_ids), Meeting.is_held)
    wanted = Cohort.id.in_(cohort_ids) | Cohort.id.in_(there)
    meetings = joinedload(Cohort.known_meetings)
    query = select(Cohort).where(wanted).order_by(Cohort.id)
    whole = query.options(
        meetings.joinedload(Meeting.training_session),
        meetings.joinedload(Meeting.venue),
        meetings.joinedload(Meeting.days),
    )
    return db.session.scalars(whole).unique().all()


def training_session_of(cohort: Cohort, training_session_id: int) -> TrainingSession | None:
    """A part of the cohort's series."""
    parts = cohort.series.training_sessions
    return next((part for part in parts if part.id == training_session_id), None)
