"""A district's joint team for one cohort: leads, members, and signatures on a revision."""

from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import ForeignKey, Index, select, text
from sqlalchemy.orm import (
    Mapped,
    column_property,
    joinedload,
    mapped_column,
    relationship,
    selectinload,
    undefer,
)
from sqlalchemy.orm.interfaces import ORMOption

from cdef.accounts.models import Person
from cdef.directory.models import District
from cdef.kernel.access import Someone
from cdef.kernel.audit import Event
from cdef.kernel.db import Base, db
from cdef.outbox.overtaken_rules import EDITED, overtaken_by
from cdef.outbox.rules import UNSENT
from cdef.series.models import Cohort, Series, TeamRule
from cdef.teams import comparisons
from cdef.teams.lead_models import Handover, Lead, Signature
from cdef.teams.member_models import Member
from cdef.teams.undo_rules import UNDO_LASTS


class Team(Base):
    """One joint team; ``revision`` counts the changes that a signature is about."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), index=True)
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    # Asked with the whole team, so that nearly every edit need not look for letters to cancel.
    has_outdated_letters: Mapped[bool] = column_property(
        comparisons.has_letters(id, overtaken_by(EDITED), UNSENT),  # noqa: A003 (the column)
        deferred=True,
        expire_on_flush=False,
    )

    cohort: Mapped[Cohort] = relationship()
    district: Mapped[District] = relationship()
    leads: Mapped[list[Lead]] = relationship(  # The present ones; who handed over is no lead.
        back_populates="team",
        primaryjoin="and_(Lead.team_id == Team.id, Lead.left_at.is_(None))",
        order_by="Lead.side",
    )
    rows: Mapped[list[Member]] = relationship(back_populates="team", order_by="Member.id")
    signatures: Mapped[list[Signature]] = relationship(order_by="Signature.id")
    # Those that are open; what was taken back stays as a row.
    waiver_requests: Mapped[list["WaiverRequest"]] = relationship(
        primaryjoin=lambda: (
            (Team.id == WaiverRequest.team_id) & WaiverRequest.withdrawn_at.is_(None)
        ),
        order_by="WaiverRequest.id",
        viewonly=True,
    )
    # The registration belongs to a later feature; a draft has none yet.
    registration: Mapped[Any] = relationship("Registration", back_populates="team", uselist=False)

    # The line of the change that was just made, while what was loaded for it is what is shown.
    newest = cast(Event | None, None)

    @classmethod
    def decided_with(cls) -> list[ORMOption]:
        return whole_team()

    @property
    def state(self) -> str:
        return self.registration.state if self.registration else "draft"

    @property
    def members(self) -> list[Member]:
        """Everybody on the roster; who was removed stays among the rows."""
        return [row for row in self.rows if row.removed_at is None]

    @property
    def about(self) -> str:
        """How the timeline and the outbox name this team."""
        return f"team:{self.id}"

    def lead(self, side: str) -> Lead | None:
        return next((lead for lead in self.leads if lead.side == side), None)

    def side(self, side: str) -> list[Member]:
        return [member for member in self.members if member.side == side]

    def lead_of(self, person: Someone | None) -> Lead | None:
        """The lead that this person is, or None."""
        return next((lead for lead in self.leads if person and lead.person_id == person.id), None)

    def is_visible_to(self, person: Someone) -> bool:
        return person.has_role("staff") or self.lead_of(person) is not None


class WaiverRequest(Base):
    """A lead's reason why the team should be taken without somebody whom a rule asks for."""

    __tablename__ = "waiver_request"
    __table_args__ = (
        Index(
            "uq_waiver_request_team_id_team_rule_id",
            "team_id",
            "team_rule_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    team_rule_id: Mapped[int] = mapped_column(ForeignKey("team_rule.id"))
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    rule: Mapped[TeamRule] = relationship()
    by: Mapped[Person] = relationship()


def recently_removed(team: Team, *, now: datetime) -> list[Member]:
    """Whoever was taken off the roster within the time in which that can be undone."""
    return [row for row in team.rows if row.removed_at and row.removed_at > now - UNDO_LASTS]


@cache
def whole_team() -> list[ORMOption]:
    """Load everything that a team's page shows, in two queries whatever the team's size.

    Leads, signatures and the series' rules are so few that their rows in one answer, each with each,
    take less time than a query for each of them.
    """
    return [
        joinedload(Team.cohort).joinedload(Cohort.series).joinedload(Series.team_rules),
        joinedload(Team.district),
        joinedload(Team.registration),
        joinedload(Team.waiver_requests).joinedload(WaiverRequest.by),
        joinedload(Team.leads).options(
            joinedload(Lead.person), joinedload(Lead.handover).joinedload(Handover.person)
        ),
        joinedload(Team.signatures).joinedload(Signature.lead),
        selectinload(Team.rows),
        undefer(Team.has_outdated_letters),
    ]


def teams_of(person: Someone) -> list[Team]:
    """The teams that a person leads, newest first."""
    query = select(Team).join(Team.leads).where(Lead.person_id == person.id)
    listed = query.options(*with_state()).order_by(Team.id.desc())
    return list(db.session.scalars(listed).unique())


def teams_from(district: District) -> list[Team]:
    """The teams that a district has sent over the years, newest first."""
    query = select(Team).where(Team.district_id == district.id).order_by(Team.id.desc())
    return list(db.session.scalars(query.options(*with_state())).unique())


def with_state() -> list[ORMOption]:
    """What a list says of a team: where it is from, and where it stands."""
    return [
        joinedload(Team.cohort).joinedload(Cohort.series),
        joinedload(Team.district),
        joinedload(Team.registration),
        joinedload(Team.signatures).joinedload(Signature.lead),
    ]


def visible_team(person: Someone, team_id: int) -> Team | None:
    """A team as its leads and staff may load it; None for everybody else."""
    team = db.session.get(Team, team_id, options=whole_team())
    return team if team and team.is_visible_to(person) else None
