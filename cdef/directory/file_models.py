"""The state's file as staff brought it: looked at first, applied once."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cdef.accounts.models import Person
from cdef.directory.rules import Reading, Row, Skipped
from cdef.kernel.db import Base


class DirectoryFile(Base):
    """What was read of one file; once it is applied, what it did."""

    __tablename__ = "directory_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    rows: Mapped[list[list[str]]] = mapped_column(JSON, deferred=True)
    skipped: Mapped[list[list[Any]]] = mapped_column(JSON)  # Line of the file, and why.
    applied_at: Mapped[datetime | None]
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    by: Mapped[Person] = relationship()

    @property
    def reading(self) -> Reading:
        return Reading(
            [Row(*cells) for cells in self.rows],
            [Skipped(line, reason) for line, reason in self.skipped],
        )
