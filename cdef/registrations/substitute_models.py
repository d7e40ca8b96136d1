"""Somebody who comes to one meeting in a member's place, once a lead accepts it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from cdef.kernel.db import Base, db
from cdef.registrations.substitute_rules import OPEN, PROPOSED
from cdef.series.models import Meeting
from cdef.teams.member_models import Member
from cdef.teams.models import Team

IS_OPEN = text("state IN ('proposed', 'accepted')")


class Substitute(Base):
    """A member's wish that somebody else comes to one meeting, as it was published then.

    It holds for those dates: once the meeting changes it has ended, and the member is asked anew.
    """

    __tablename__ = "substitute"
    __table_args__ = (
        Index(
            "uq_substitute_member_id_meeting_id",
            "member_id",
            "meeting_id",
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    name: Mapped[str]
    email: Mapped[str]
    words: Mapped[str] = mapped_column(default="")  # Why, for the leads.
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=PROPOSED)
    decided_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")
    turn: Mapped[int] = mapped_column(default=0)  # Added to the SEQUENCE of their entries.
    once: Mapped[str] = mapped_column(default="")  # The key of the form that proposed them.
    letter_ids: Mapped[list[int]] = mapped_column(JSON, default=list)  # What was posted about them.

    team: Mapped[Team] = relationship()
    member: Mapped[Member] = relationship()
    meeting: Mapped[Meeting] = relationship()


def substitutes_of(team: Team) -> list[Substitute]:
    """Those of a team who are proposed or accepted, oldest first."""
    query = select(Substitute).where(Substitute.team_id == team.id, Substitute.state.in_(OPEN))
    whole = query.options(
        joinedload(Substitute.meeting).joinedload(Meeting.training_session),
        joinedload(Substitute.meeting).joinedload(Meeting.days),
    )
    return list(db.session.scalars(whole.order_by(Substitute.id)).unique())


def substitute_of(team: Team, substitute_id: int) -> Substitute | None:
    """One through the team that one may see."""
    query = select(Substitute).where(Substitute.id == substitute_id, Substitute.team_id == team.id)
    return db.session.scalar(query)


def newest_substitutes(member_ids: Collection[int]) -> Sequence[Substitute]:
    """Whoever was proposed by some members, oldest first."""
    query = select(Substitute).where(Substitute.member_id.in_(member_ids))
    return db.session.scalars(query.order_by(Substitute.id)).all()


def accepted_for(meeting_ids: Collection[int]) -> Sequence[Substitute]:
    """Whoever comes to some meetings in another's place, or may yet."""
    query = select(Substitute).where(
        Substitute.meeting_id.in_(meeting_ids), Substitute.state.in_(OPEN)
    )
    return db.session.scalars(query.order_by(Substitute.id)).all()


def given_away(member: Member) -> set[int]:
    """The meetings to which somebody else comes in a member's place."""
    registration = member.team.registration
    found = registration.substitutes if registration else []
    return {each.meeting_id for each in found if each.member_id == member.id}
