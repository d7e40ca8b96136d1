"""A row of a team's roster."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship, validates

from cdef.kernel.db import Base
from cdef.kernel.names import same_person_key
from cdef.series.rules import SIDES, position_label
from cdef.teams import comparisons

if TYPE_CHECKING:
    from cdef.teams.models import Team


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
    turn: Mapped[int] = mapped_column(default=0)  # Added to the SEQUENCE of their calendar entries.

    is_elsewhere: Mapped[bool] = column_property(comparisons.is_elsewhere(team_id, email))
    past_email: Mapped[str | None] = column_property(
        comparisons.past_email(team_id, name_key, email)
    )
    team: Mapped["Team"] = relationship(back_populates="rows")

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
