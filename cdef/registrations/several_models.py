"""One decision on several teams, and what became of each."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cdef.accounts.models import Person
from cdef.kernel.db import Base


class DecisionBatch(Base):
    """The teams that staff chose with what was shown of each, and a result for each that had its turn."""

    __tablename__ = "decision_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    once: Mapped[str] = mapped_column(unique=True)
    verb: Mapped[str]
    note: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    teams: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # id, label, version, seen
    results: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # is_done, said

    by: Mapped[Person] = relationship()

    @property
    def waits(self) -> int:
        """How many teams have not had their turn."""
        return len(self.teams) - len(self.results)
