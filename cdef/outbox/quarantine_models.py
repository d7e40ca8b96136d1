"""The time in which a copy that was brought back sends nothing."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from cdef.kernel.db import Base


class Quarantine(Base):
    """From a restore until staff have looked: letters that went out after the copy must not go twice."""

    __tablename__ = "quarantine"

    id: Mapped[int] = mapped_column(primary_key=True)
    copied_at: Mapped[datetime]  # When the copy was made.
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(default="")
