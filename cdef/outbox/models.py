"""A letter with its frozen bytes, and what happened to it."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cdef.kernel.db import Base


class Letter(Base):
    """One mail to one person; bytes, Message-ID and recipient never change once it is written."""

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_due", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    about: Mapped[str] = mapped_column(index=True)  # The thing whose fact it reports, "team:7".
    to_email: Mapped[str] = mapped_column(index=True)
    to_name: Mapped[str]
    subject: Mapped[str]
    message_id: Mapped[str] = mapped_column(unique=True)
    raw: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    secrets: Mapped[list[str]] = mapped_column(JSON, deferred=True)  # Masked wherever it is shown.
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]  # After this it would be worthless, and is not sent.
    attempts: Mapped[int] = mapped_column(default=0)
    lease_key: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    handed_over_at: Mapped[datetime | None]

    history: Mapped[list["LetterEvent"]] = relationship(order_by="LetterEvent.id")


class LetterEvent(Base):
    """One line of a letter's history, with the mail server's own words where it gave any."""

    __tablename__ = "letter_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    at: Mapped[datetime]
    state: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
