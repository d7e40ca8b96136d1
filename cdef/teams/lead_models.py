"""The people who own a team, those who take over from them, and what they signed."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cdef.accounts.models import Person
from cdef.kernel.db import Base

if TYPE_CHECKING:
    from cdef.teams.models import Team


class Lead(Base):
    """One of the two people who own the team; invited until they have joined.

    Who handed over to a successor stays as a row, so that signatures keep saying who gave them.
    """

    __tablename__ = "lead"
    __table_args__ = (
        Index(
            "uq_lead_team_id_side",
            "team_id",
            "side",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    side: Mapped[str]
    name: Mapped[str]
    invited_at: Mapped[datetime]
    joined_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]  # When the team's page was last open before this lead.
    left_at: Mapped[datetime | None]  # When a successor took over.

    team: Mapped["Team"] = relationship(back_populates="leads")
    person: Mapped[Person] = relationship()
    handover: Mapped["Handover | None"] = relationship(  # The open one: asked, and nothing more.
        primaryjoin=(
            "and_(Handover.lead_id == Lead.id, Handover.taken_at.is_(None),"
            " Handover.withdrawn_at.is_(None))"
        ),
        viewonly=True,
    )

    @property
    def email(self) -> str:
        return self.person.email


class Handover(Base):
    """A lead's side offered to a successor; until they take it, the lead stays."""

    __tablename__ = "handover"
    __table_args__ = (
        Index(
            "uq_handover_lead_id",
            "lead_id",
            unique=True,
            sqlite_where=text("taken_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=text("taken_at IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    asked_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    taken_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    team: Mapped["Team"] = relationship()
    lead: Mapped[Lead] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])

    @property
    def email(self) -> str:
        return self.person.email

    @property
    def is_open(self) -> bool:
        return self.taken_at is None and self.withdrawn_at is None


class Signature(Base):
    """A lead's yes to one revision of the roster: so many people at such a cost."""

    __tablename__ = "signature"
    __table_args__ = (UniqueConstraint("lead_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"))
    revision: Mapped[int]
    people: Mapped[int]
    cost_cents: Mapped[int]
    at: Mapped[datetime]

    lead: Mapped[Lead] = relationship()
