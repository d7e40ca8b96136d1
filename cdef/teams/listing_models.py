"""What staff's lists and counters know of each team, kept with every change so that none is counted."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cdef.directory.models import District
from cdef.kernel.db import Base

# PostgreSQL compares by language unless it is told not to, and then a range finds no beginnings.
BYTEWISE = Text().with_variant(Text(collation="C"), "postgresql")


class Listing(Base):
    """A team as lists find and order it; one row for each team, in all its states.

    People are counted once the roster is submitted, and no more while it can be edited.
    """

    __tablename__ = "listing"
    __table_args__ = (
        Index("ix_listing_series", "series_id", "at", "team_id"),
        Index("ix_listing_series_waits", "series_id", "waits", "at", "team_id"),
        Index("ix_listing_series_state", "series_id", "state", "at", "team_id"),
        Index("ix_listing_cohort", "cohort_id", "at", "team_id"),
        Index("ix_listing_cohort_waits", "cohort_id", "waits", "at", "team_id"),
        Index("ix_listing_cohort_state", "cohort_id", "state", "at", "team_id"),
        Index("ix_listing_county", "county", "series_id", "at", "team_id"),
        Index("ix_listing_district", "district_id", "at", "team_id"),
    )

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"))
    county: Mapped[str] = mapped_column(BYTEWISE)
    state: Mapped[str]
    waits: Mapped[bool]  # Staff have something to decide.
    at: Mapped[datetime]  # When it was last submitted, and until then when it was started.
    district_people: Mapped[int] = mapped_column(default=0)
    union_people: Mapped[int] = mapped_column(default=0)

    district: Mapped[District] = relationship(viewonly=True)


class UnmetRule(Base):
    """A rule of the series that a submitted roster does not meet."""

    __tablename__ = "unmet_rule"

    rule_id: Mapped[int] = mapped_column(
        ForeignKey("team_rule.id", ondelete="CASCADE"), primary_key=True
    )
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True, index=True)


class TeamWord(Base):
    """A folded word by which a team is found: of its district and leads, or of one member."""

    __tablename__ = "team_word"
    __table_args__ = (
        Index("ix_team_word_word", "word", "team_id", "whose"),
        {"sqlite_with_rowid": False},
    )

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
    word: Mapped[str] = mapped_column(BYTEWISE, primary_key=True)
    whose: Mapped[int] = mapped_column(primary_key=True)  # The member's id; 0: the team's own.


class Tally(Base):
    """A counter of one cohort: what ``kind`` says, of the teams in one state.

    ``teams`` counts teams; ``people`` people by side; ``county`` teams by county; ``rule`` teams by
    the rule that they do not meet; ``day`` how many teams came into the state on a day in
    California, less those that left it.
    """

    __tablename__ = "tally"

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True, default="")
    state: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
