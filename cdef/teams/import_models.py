"""A list that was pasted or uploaded for a roster: its rows wait here until they are on it."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, bindparam, exists, func, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.interfaces import ORMOption

from cdef.kernel.access import Someone
from cdef.kernel.db import Base, db
from cdef.kernel.sheets import Table
from cdef.series.models import Cohort
from cdef.series.rules import position_label
from cdef.teams.import_rules import SKIP
from cdef.teams.lead_models import Lead
from cdef.teams.models import Team

KEPT_FOR = timedelta(days=30)


class RosterImport(Base):
    """One list; what was read stays for as long as a row of it is open, and no longer."""

    __tablename__ = "roster_import"
    # An old page must never reach a newer list or row under the number of one that is gone.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 (SQLAlchemy's own idiom)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    label: Mapped[str]  # "Pasted cells", or the file's name.
    who: Mapped[str]
    side: Mapped[str] = mapped_column(default="")  # Where the list says none.
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    is_settled: Mapped[bool] = mapped_column(default=False)  # What its columns are is known.
    # The table as it was read; large, so a page that does not ask about columns leaves it there.
    cells: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), deferred=True)
    has_columns: Mapped[bool] = mapped_column(default=False)
    added: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[int] = mapped_column(default=0)

    team: Mapped[Team] = relationship()

    @property
    def subject(self) -> str:
        """How the team's timeline names this list."""
        return f"roster_import:{self.id}"

    @property
    def table(self) -> Table | None:
        return Table(self.cells["rows"], self.cells["numbers"]) if self.cells else None


class ImportLine(Base):
    """One row of a list as it stands after mending; a row that is on the roster is gone from here."""

    __tablename__ = "import_line"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("roster_import.id"), index=True)
    number: Mapped[int]  # The row's own, in the sheet that it comes from.
    name: Mapped[str]
    email: Mapped[str]
    side: Mapped[str]
    position: Mapped[str]
    site: Mapped[str]
    side_text: Mapped[str] = mapped_column(default="")  # What the list says of it.
    position_text: Mapped[str] = mapped_column(default="")
    rest: Mapped[list[list[str]]] = mapped_column(JSON)  # Headings and cells that have no place.
    choice: Mapped[str] = mapped_column(default="")  # A value of import_rules.CHOICES
    is_touched: Mapped[bool] = mapped_column(default=False)

    @property
    def position_label(self) -> str:
        return position_label(self.position)


def oldest_kept(now: datetime) -> datetime:
    """A list from before is shown no more, and deleted when anybody brings the next."""
    return now - KEPT_FOR


def import_of(team: Team, import_id: int, now: datetime) -> RosterImport | None:
    """A list through the team that one may see, which it holds as it was read."""
    is_kept = RosterImport.created_at >= oldest_kept(now)
    wanted = RosterImport.id == import_id, RosterImport.team_id == team.id, is_kept
    found = db.session.scalar(select(RosterImport).where(*wanted))
    if found:
        set_committed_value(found, "team", team)
    return found


def lines_of(held: RosterImport) -> list[ImportLine]:
    query = select(ImportLine).where(ImportLine.import_id == held.id)
    return list(db.session.scalars(query.order_by(ImportLine.number, ImportLine.id)))


def open_imports(team: Team, now: datetime) -> list[tuple[RosterImport, int]]:
    """The lists of a team that wait, newest first, each with its rows that nobody left out."""
    asked = {"team_id": team.id, "oldest": oldest_kept(now)}
    return [(held, count) for held, count in db.session.execute(OPEN, asked)]


# Asked with every team's page, and made once: putting them together takes longer than the database.
OPEN = (
    select(RosterImport, func.count(ImportLine.id))
    .outerjoin(ImportLine, (ImportLine.import_id == RosterImport.id) & (ImportLine.choice != SKIP))
    .where(RosterImport.team_id == bindparam("team_id"), RosterImport.closed_at.is_(None))
    .where(RosterImport.created_at >= bindparam("oldest"))
    .group_by(RosterImport.id)
    .order_by(RosterImport.id.desc())
)
EARLIER = (
    select(Team.id)
    .join(Cohort, Cohort.id == Team.cohort_id)
    .where(Team.district_id == bindparam("district_id"), Cohort.series_id < bindparam("series_id"))
    .where(
        or_(
            bindparam("is_staff", type_=Boolean),
            exists().where(
                Lead.team_id == Team.id,
                Lead.left_at.is_(None),
                Lead.person_id == bindparam("person_id"),
            ),
        )
    )
    .order_by(Cohort.series_id.desc(), Team.id.desc())
    .limit(1)
)


def earlier_team(team: Team, person: Someone) -> Team | None:
    """The district's newest team of an earlier series, for whoever led it, and for staff.

    Anybody may start a team for a district; that alone must not show them people's addresses.
    """
    asked = {
        "district_id": team.district_id,
        "series_id": team.cohort.series_id,
        "is_staff": person.has_role("staff"),
        "person_id": person.id,
    }
    found = db.session.scalar(EARLIER, asked)
    return db.session.get(Team, found, options=for_its_roster()) if found else None


@cache
def for_its_roster() -> list[ORMOption]:
    return [joinedload(Team.cohort).joinedload(Cohort.series), selectinload(Team.rows)]
