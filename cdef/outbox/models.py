"""A letter with its frozen bytes, and what happened to it."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cdef.kernel import trace
from cdef.kernel.db import Base


class Letter(Base):
    """One mail to one person; bytes, Message-ID and recipient never change once it is written."""

    __tablename__ = "letter"
    __table_args__ = (
        Index("ix_letter_due", "state", "due_at"),
        Index("ix_letter_waiting", "state", "waits_since"),
        Index("ix_letter_failed", "state", "dealt_with_at", "expires_at"),
        Index("ix_letter_newest", "state", "id"),
        Index("ix_letter_about", "about", "id"),
        Index("ix_letter_found", "to_email", "to_name", "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    about: Mapped[str]  # The thing whose fact it reports, "team:7".
    to_email: Mapped[str]
    to_name: Mapped[str]
    subject: Mapped[str]
    message_id: Mapped[str] = mapped_column(unique=True)
    raw: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    secrets: Mapped[list[str]] = mapped_column(JSON, deferred=True)  # Masked wherever it is shown.
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    request_id: Mapped[str] = mapped_column(default=trace.current)  # In which it was written.
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    waits_since: Mapped[
        datetime | None
    ]  # From when on it could have left; a retry changes nothing.
    expires_at: Mapped[datetime | None]  # After this it would be worthless, and is not sent.
    attempts: Mapped[int] = mapped_column(default=0)
    lease_key: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    handed_over_at: Mapped[datetime | None] = mapped_column(index=True)
    # When staff dealt with a letter that failed, or a newer fact took its place.
    dealt_with_at: Mapped[datetime | None]
    # The failed letter that this one says again, to a mended address.
    resends_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))

    history: Mapped[list["LetterEvent"]] = relationship(order_by="LetterEvent.id")


class LetterEvent(Base):
    """One line of a letter's history, with the mail server's own words where it gave any."""

    __tablename__ = "letter_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    at: Mapped[datetime]
    state: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
