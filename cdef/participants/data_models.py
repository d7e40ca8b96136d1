"""What people ask about the data that is kept of them, and all that is kept of one person."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, func, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from cdef.accounts.models import Person
from cdef.kernel.access import Someone
from cdef.kernel.db import Base, db
from cdef.teams.member_models import Member
from cdef.teams.models import Team


class ErasureRequest(Base):
    """Somebody asks for their data to be erased; staff answer once."""

    __tablename__ = "erasure_request"
    __table_args__ = (
        Index(
            "uq_erasure_request_person_id",
            "person_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    words: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]  # Answered, or taken back.
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    closed_by: Mapped[Person | None] = relationship(foreign_keys=[closed_by_id])


def open_erasure(person_id: int) -> ErasureRequest | None:
    """The request that a person has made and staff have not answered."""
    is_open = ErasureRequest.person_id == person_id, ErasureRequest.closed_at.is_(None)
    return db.session.scalar(select(ErasureRequest).where(*is_open))


def erasures() -> Sequence[ErasureRequest]:
    """What waits, the longest wait first, then what was answered, newest first."""
    query = select(ErasureRequest).options(
        joinedload(ErasureRequest.person), joinedload(ErasureRequest.closed_by)
    )
    closed = ErasureRequest.closed_at
    waiting = db.session.scalars(query.where(closed.is_(None)).order_by(ErasureRequest.id))
    answered = query.where(ErasureRequest.closed_by_id != ErasureRequest.person_id)
    return [*waiting, *db.session.scalars(answered.order_by(closed.desc()).limit(20))]


def erasures_waiting() -> int:
    query = select(func.count()).where(ErasureRequest.closed_at.is_(None))
    return db.session.scalar(query.select_from(ErasureRequest)) or 0


def rows_of(emails: Sequence[str]) -> dict[str, list[Member]]:
    """The rows of rosters that some addresses have, also those that were removed, newest first."""
    query = select(Member).where(Member.email.in_(emails)).order_by(Member.id.desc())
    team = joinedload(Member.team)
    with_team = query.options(
        team.joinedload(Team.district),
        team.joinedload(Team.cohort),
        team.joinedload(Team.registration),
    )
    found: dict[str, list[Member]] = {email: [] for email in emails}
    for row in db.session.scalars(with_team):
        found[row.email].append(row)
    return found


def has_been_named(person: Someone) -> bool:
    """Whether a roster has, or had, this address."""
    return (
        db.session.scalar(select(Member.id).where(Member.email == person.email).limit(1))
        is not None
    )
