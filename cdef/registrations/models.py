"""A team's request for places, and the decisions on it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, func, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship
from sqlalchemy.orm.attributes import set_committed_value

from cdef.accounts.models import Person
from cdef.kernel.db import Base, db
from cdef.series.models import Cohort
from cdef.teams.listing_models import Tally
from cdef.teams.member_models import Member
from cdef.teams.models import Team


class Registration(Base):
    """Where a team's request stands; ``turn`` rises with each approval and each withdrawal."""

    __tablename__ = "registration"
    __table_args__ = (
        Index("ix_registration_state", "state", "submitted_at"),
        Index(
            "ix_registration_offered_until",
            "offered_until",
            sqlite_where=text("offered_until IS NOT NULL"),
            postgresql_where=text("offered_until IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), unique=True)
    state: Mapped[str]
    since: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    turn: Mapped[int] = mapped_column(default=0)  # Added to each calendar entry's SEQUENCE.
    waits_since: Mapped[datetime | None]  # Its place on the waitlist; who passes goes to the end.
    offered_until: Mapped[datetime | None]  # Until then seats are held for it.
    offered_seats: Mapped[int] = mapped_column(default=0)

    team: Mapped[Team] = relationship(back_populates="registration")
    decisions: Mapped[list["Decision"]] = relationship(
        back_populates="registration", order_by="Decision.id"
    )

    # Whoever comes to one meeting in a member's place.
    substitutes: Mapped[list[Any]] = relationship(
        "Substitute",
        primaryjoin="and_(foreign(Substitute.team_id) == Registration.team_id,"
        " Substitute.state == 'accepted')",
        viewonly=True,
    )

    def is_offered(self, now: datetime) -> bool:
        """Whether seats are held for the team at this moment; an offer lapses by itself."""
        return self.offered_until is not None and now < self.offered_until


class Decision(Base):
    """One verdict on a registration; undoing one adds another."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    verb: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")
    waived: Mapped[str] = mapped_column(default="")  # The problems waived, a line each.
    over: Mapped[str] = mapped_column(default="")  # Why it went over the cohort's seats.
    until: Mapped[datetime | None]  # Of an offer: how long its seats are held.

    registration: Mapped[Registration] = relationship(back_populates="decisions")
    by: Mapped[Person | None] = relationship()
    row_notes: Mapped[list["RowNote"]] = relationship(order_by="RowNote.id")


class RowNote(Base):
    """What staff say about one row of the roster that they return."""

    __tablename__ = "row_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    text: Mapped[str]

    member: Mapped[Member] = relationship()


def seats_taken(cohort: Cohort) -> int:
    return db.session.scalar(people_approved(cohort.id)) or 0


def people_approved(cohort_id: Any) -> Select[int]:
    """The people of a cohort's approved teams, as counted with every change."""
    approved = Tally.kind == "people", Tally.state == "approved"
    return select(func.sum(Tally.count)).where(Tally.cohort_id == cohort_id, *approved)


def read_decisions(registration: Registration) -> None:
    """Every decision with who made it and its notes on rows, in one query however many they are."""
    whole = joinedload(Decision.by), joinedload(Decision.row_notes)
    query = select(Decision).where(Decision.registration_id == registration.id).options(*whole)
    found = db.session.scalars(query.order_by(Decision.id)).unique()
    set_committed_value(registration, "decisions", list(found))
