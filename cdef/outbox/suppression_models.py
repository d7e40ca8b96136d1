"""Addresses that get no invitations and reminders: what is asked for is sent to them all the same."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from cdef.kernel.db import Base, db

REASONS = {
    "unsubscribed": "Asked for no more letters",
    "returned": "Mail came back",
    "staff": "Entered by staff",
}


class Suppression(Base):
    """One address, and why nothing unasked-for is sent there."""

    __tablename__ = "suppression"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    reason: Mapped[str]  # a key of REASONS
    note: Mapped[str] = mapped_column(default="")  # Where mail came back: the server's own words.
    at: Mapped[datetime]


def suppressed(emails: Collection[str]) -> dict[str, str]:
    """The reason by address, for those of these addresses that are on the list."""
    query = select(Suppression.email, Suppression.reason).where(Suppression.email.in_(emails))
    return dict(db.session.execute(query).all()) if emails else {}
