"""A person, where they are signed in, and the tries that are counted against misuse."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cdef.kernel.db import Base, db


class Person(Base):
    """Somebody with a proved or invited address; what they may see follows from teams and roles."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)  # lower case
    name: Mapped[str] = mapped_column(default="")
    roles: Mapped[str] = mapped_column(default="", index=True)  # "staff admin", or nothing.
    created_at: Mapped[datetime]

    @property
    def is_staff(self) -> bool:
        """Whether they have any role; every page of theirs asks for the one that it is for."""
        return bool(self.roles)

    def has_role(self, role: str) -> bool:
        return role in self.roles.split()

    @property
    def label(self) -> str:
        return self.name or self.email


class SignedIn(Base):
    """One browser in which a person is signed in; ``is_personal`` when by a participant's link."""

    __tablename__ = "signed_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    is_personal: Mapped[bool]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class Try(Base):
    """Somebody asked for a link, or typed a wrong code; counted per address and per network."""

    __tablename__ = "try"
    __table_args__ = (Index("ix_try_email", "kind", "email", "at"), Index("ix_try_ip", "ip", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # "link" or "wrong code"
    email: Mapped[str]
    ip: Mapped[str]
    at: Mapped[datetime]


def with_roles(person_id: int) -> Person | None:
    """Somebody who is staff; None for any other number."""
    person = db.session.get(Person, person_id)
    return person if person and person.is_staff else None
