"""A campaign that invites districts, and each letter's way from the list to an answer."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from cdef.directory.models import District
from cdef.kernel.db import Base, db
from cdef.outbox.models import Letter
from cdef.series.models import Cohort, Series, dates_and_places


class Campaign(Base):
    """One cover letter to the contacts of chosen districts; a reminder is a campaign of its own."""

    __tablename__ = "campaign"

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"))
    reminds_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"), index=True)
    subject: Mapped[str]
    text: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft", index=True)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    # What of a list was left out, each line as it was given, and why.
    left_out: Mapped[list[list[str]]] = mapped_column(JSON, default=list)

    series: Mapped[Series] = relationship()
    cohort: Mapped[Cohort | None] = relationship()

    @property
    def about(self) -> str:
        """How the timeline and the outbox name it."""
        return f"campaign:{self.id}"

    @property
    def seen(self) -> str:
        """What a page that changes its text was drawn with."""
        return f"{self.subject}\n{self.text}"


class Invitation(Base):
    """One recipient of a campaign; the letter is written in the transaction that sets it here."""

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("campaign_id", "email"),
        Index("ix_invitation_campaign_id_letter_id", "campaign_id", "letter_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), index=True)
    side: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    left_out: Mapped[str] = mapped_column(default="")  # Why no letter was written after all.
    opened_at: Mapped[datetime | None]  # Answered on the page behind the link; a visit is nothing.
    declined_at: Mapped[datetime | None]

    campaign: Mapped[Campaign] = relationship()
    district: Mapped[District] = relationship()
    letter: Mapped[Letter | None] = relationship()


def campaigns() -> list[Campaign]:
    query = select(Campaign).options(joinedload(Campaign.cohort)).order_by(Campaign.id.desc())
    return list(db.session.scalars(query.limit(200)))


def campaign_with_dates(campaign_id: int) -> Campaign | None:
    """A campaign with what its letter says of dates and places."""
    cohort = joinedload(Campaign.cohort).options(*dates_and_places())
    series = joinedload(Campaign.series).selectinload(Series.training_sessions)
    return db.session.get(Campaign, campaign_id, options=[cohort, series])


def invitations(campaign: Campaign) -> list[Invitation]:
    """Everybody whom a campaign writes to, by district."""
    query = (
        select(Invitation)
        .join(Invitation.district)
        .where(Invitation.campaign_id == campaign.id)
        .options(joinedload(Invitation.district), joinedload(Invitation.letter))
        .order_by(District.name, District.county, Invitation.side, Invitation.id)
    )
    return list(db.session.scalars(query))


def counts(campaign: Campaign) -> tuple[int, int]:
    """How many there are to write to, and how many of them are done."""
    is_done = Invitation.letter_id.is_not(None) | (Invitation.left_out != "")
    query = select(func.count(), func.count().filter(is_done))
    total, done = db.session.execute(query.where(Invitation.campaign_id == campaign.id)).one()
    return total, done
