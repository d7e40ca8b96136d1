"""A district's joint team for one cohort: leads, members, and signatures on a revision."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import ForeignKey, Index, UniqueConstraint, select, text
from sqlalchemy.orm import (
    Mapped,
    column_property,
    joinedload,
    mapped_column,
    relationship,
    selectinload,
    validates,
)
from sqlalchemy.orm.interfaces import ORMOption

from cdef.accounts.models import Person
from cdef.directory.models import District
from cdef.kernel.access import Someone
from cdef.kernel.audit import Event
from cdef.kernel.db import Base, db
from cdef.kernel.names import same_person_key
from cdef.series.models import Cohort, Series, TeamRule
from cdef.series.rules import SIDES, position_label
from cdef.teams import comparisons
from cdef.teams.undo_rules import UNDO_LASTS


class Team(Base):
    """One joint team; ``revision`` counts the changes that a signature is about."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), index=True)
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    cohort: Mapped[Cohort] = relationship()
    district: Mapped[District] = relationship()
    leads: Mapped[list["Lead"]] = relationship(  # The present ones; who handed over is no lead.
        back_populates="team",
        primaryjoin="and_(Lead.team_id == Team.id, Lead.left_at.is_(None))",
        order_by="Lead.side",
    )
    rows: Mapped[list["Member"]] = relationship(back_populates="team", order_by="Member.id")
    signatures: Mapped[list["Signature"]] = relationship(order_by="Signature.id")
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
    def members(self) -> list["Member"]:
        """Everybody on the roster; who was removed stays among the rows."""
        return [row for row in self.rows if row.removed_at is None]

    @property
    def about(self) -> str:
        """How the timeline and the outbox name this team."""
        return f"team:{self.id}"

    def lead(self, side: str) -> "Lead | None":
        return next((lead for lead in self.leads if lead.side == side), None)

    def side(self, side: str) -> list["Member"]:
        return [member for member in self.members if member.side == side]

    def lead_of(self, person: Someone | None) -> "Lead | None":
        """The lead that this person is, or None."""
        return next((lead for lead in self.leads if person and lead.person_id == person.id), None)

    def is_visible_to(self, person: Someone) -> bool:
        return person.is_staff or self.lead_of(person) is not None


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

    team: Mapped[Team] = relationship(back_populates="leads")
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

    team: Mapped[Team] = relationship()
    lead: Mapped[Lead] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])

    @property
    def email(self) -> str:
        return self.person.email

    @property
    def is_open(self) -> bool:
        return self.taken_at is None and self.withdrawn_at is None


class Member(Base):
    """A row of the roster; one that was removed stays for as long as that can be undone, and after.

    Without an address it is a placeholder: it holds a place for somebody whose name is to follow.
    """

    __tablename__ = "member"
    __table_args__ = (
        Index(
            "uq_member_team_id_email",
            "team_id",
            "email",
            unique=True,
            sqlite_where=text("removed_at IS NULL AND email <> ''"),
            postgresql_where=text("removed_at IS NULL AND email <> ''"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    side: Mapped[str]
    name: Mapped[str]  # May be empty on a placeholder.
    name_key: Mapped[str] = mapped_column(index=True)  # As spellings of it are compared.
    email: Mapped[str] = mapped_column(index=True)
    position: Mapped[str]  # A key of series.rules.POSITIONS
    site: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    once: Mapped[str] = mapped_column(default="")  # The key of the form that added this row.

    is_elsewhere: Mapped[bool] = column_property(comparisons.is_elsewhere(team_id, email))
    past_email: Mapped[str | None] = column_property(
        comparisons.past_email(team_id, name_key, email)
    )
    team: Mapped[Team] = relationship(back_populates="rows")

    @validates("name")
    def keep_name_key(self, _field: str, name: str) -> str:
        self.name_key = same_person_key(name)
        return name

    @property
    def is_placeholder(self) -> bool:
        return not self.email

    @property
    def called(self) -> str:
        """What to call this row: "Jo Lee", or "Name to follow (School board member)"."""
        return self.name or f"Name to follow ({self.position_label})"

    @property
    def position_label(self) -> str:
        return position_label(self.position)

    @property
    def subject(self) -> str:
        """How the team's timeline names this row."""
        return f"member:{self.id}"

    @property
    def side_label(self) -> str:
        return SIDES[self.side]


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
    ]


def teams_of(person: Someone) -> list[Team]:
    """The teams that a person leads, newest first."""
    query = select(Team).join(Team.leads).where(Lead.person_id == person.id)
    return list(db.session.scalars(query.order_by(Team.id.desc())))


def visible_team(person: Someone, team_id: int) -> Team | None:
    """A team as its leads and staff may load it; None for everybody else."""
    team = db.session.get(Team, team_id, options=whole_team())
    return team if team and team.is_visible_to(person) else None
