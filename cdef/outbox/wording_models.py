"""The words of letters that staff have made their own."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from cdef.kernel.db import Base, db
from cdef.outbox.wording_rules import Worded


class Wording(Base):
    """The staff's words for one kind of letter; without a row it has its original ones.

    ``scope`` is the series for which they hold, "series:3"; "" for letters that belong to none.
    """

    __tablename__ = "wording"

    kind: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str]
    opening: Mapped[str]
    closing: Mapped[str]
    by: Mapped[str]  # The name as it was then.
    at: Mapped[datetime]

    @property
    def worded(self) -> Worded:
        return Worded(self.subject, self.opening, self.closing)


def wordings_in(*scopes: str) -> list[Wording]:
    return list(db.session.scalars(select(Wording).where(Wording.scope.in_(scopes))))


def own_wording(kind: str, scope: str) -> Worded | None:
    """The staff's words for a kind; asked once for all letters that one transaction writes."""
    return known_in(scope).get(kind)


def known_in(scope: str) -> dict[str, Worded]:
    session = db.session()
    begun, known = session.info.get("wordings", (None, {}))
    if begun is not None and begun is session.get_transaction() and scope in known:
        found: dict[str, Worded] = known[scope]
        return found
    found = {row.kind: row.worded for row in wordings_in(scope)}
    if begun is not session.get_transaction():
        known = {}
    session.info["wordings"] = session.get_transaction(), known | {scope: found}
    return found
