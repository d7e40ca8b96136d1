"""A change of a submitted roster that leads propose and staff decide on."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from cdef.accounts.models import Person
from cdef.kernel.db import Base, db
from cdef.series.models import Cohort, Series
from cdef.teams.member_models import Member
from cdef.teams.models import Team

MOST_WAITING = 20  # teams that are named at once


class Proposal(Base):
    """Somebody joins, leaves, is swapped or changes sides, once staff accept it.

    ``before`` is the row as it was when the change was proposed, ``after`` what it asks for; a
    joining has no row before, a leaving none after.
    """

    __tablename__ = "proposal"
    __table_args__ = (Index("ix_proposal_team_id", "team_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str]  # A key of change_rules.KINDS
    before: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="open")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")
    once: Mapped[str] = mapped_column(default="")  # The key of the form that proposed it.

    team: Mapped[Team] = relationship()
    member: Mapped[Member | None] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])


def proposals_of(team: Team) -> list[Proposal]:
    """Every proposal for a team, oldest first."""
    who = joinedload(Proposal.by), joinedload(Proposal.decided_by)
    query = select(Proposal).where(Proposal.team_id == team.id).options(*who)
    return list(db.session.scalars(query.order_by(Proposal.id)))


def proposal_of(team: Team, proposal_id: int) -> Proposal | None:
    """A proposal through the team that one may see."""
    query = select(Proposal).where(Proposal.id == proposal_id, Proposal.team_id == team.id)
    return db.session.scalar(query)


def open_proposals(team: Team) -> list[Proposal]:
    return [proposal for proposal in proposals_of(team) if proposal.state == "open"]


def changes_waiting(series: Series) -> list[tuple[Team, int]]:
    """The teams for which leads propose something, with how much, the longest wait first."""
    number, first = func.count().label("number"), func.min(Proposal.id).label("first")
    is_open = select(Proposal.team_id, number, first).where(Proposal.state == "open")
    waiting = is_open.group_by(Proposal.team_id).subquery()
    query = (
        select(Team, waiting.c.number)
        .join(waiting, waiting.c.team_id == Team.id)
        .join(Team.cohort)
        .where(Cohort.series_id == series.id)
        .order_by(waiting.c.first)
        .limit(MOST_WAITING)
        .options(joinedload(Team.district))
    )
    return [(team, found) for team, found in db.session.execute(query)]
