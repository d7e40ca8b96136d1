"""Who of an earlier year's teams was asked back, and the team that came of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload

from cdef.accounts.models import Person
from cdef.kernel.db import Base, db
from cdef.series.models import Cohort, Series
from cdef.teams.lead_models import Lead
from cdef.teams.models import Team

MOST = 500  # teams of a year that one page lists


class AskedBack(Base):
    """One lead of an earlier team, asked to bring it to a later series; nobody is asked twice."""

    __tablename__ = "asked_back"
    __table_args__ = (UniqueConstraint("series_id", "team_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    new_team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))

    cohort: Mapped[Cohort] = relationship()
    team: Mapped[Team] = relationship(foreign_keys=[team_id])
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    new_team: Mapped[Team | None] = relationship(foreign_keys=[new_team_id])


def earlier_series(series: Series) -> Series | None:
    """The year before a series."""
    query = select(Series).where(Series.id < series.id, Series.is_draft.is_(False))
    return db.session.scalar(query.order_by(Series.id.desc()).limit(1))


def teams_of_year(series: Series) -> list[Team]:
    """The teams of a series in the order of its cohorts, with leads and members."""
    query = (
        select(Team)
        .join(Team.cohort)
        .where(Cohort.series_id == series.id)
        .options(
            joinedload(Team.cohort),
            joinedload(Team.district),
            joinedload(Team.registration),
            selectinload(Team.leads).joinedload(Lead.person),
            selectinload(Team.rows),
        )
        .order_by(Cohort.position, Team.id)
    )
    return list(db.session.scalars(query.limit(MOST)))


def earlier_abouts(person: Person, team: Team) -> list[str]:
    """The earlier teams of a district as which somebody was asked to bring this year's team."""
    query = (
        select(AskedBack)
        .join(AskedBack.team)
        .where(
            AskedBack.person_id == person.id,
            AskedBack.series_id == team.cohort.series_id,
            Team.district_id == team.district_id,
        )
    )
    return [row.team.about for row in db.session.scalars(query)]


def asked_for(series: Series) -> dict[int, list[AskedBack]]:
    """Who was asked back for a series, by the earlier team."""
    query = select(AskedBack).where(AskedBack.series_id == series.id).order_by(AskedBack.id)
    found: dict[int, list[AskedBack]] = {}
    for row in db.session.scalars(query.options(joinedload(AskedBack.person))):
        found.setdefault(row.team_id, []).append(row)
    return found
