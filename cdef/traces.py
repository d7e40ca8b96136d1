"""Where one address is known, and which rows tell of the person who has it."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, or_, select

from cdef.accounts.models import Person
from cdef.directory.contact_models import Contact
from cdef.flyers.models import Invitation
from cdef.kernel.db import Base, db
from cdef.teams.lead_models import Lead
from cdef.teams.member_models import Member

ADDRESSES = Person.email, Member.email, Contact.email, Invitation.email
Row = TypeVar("Row", bound=Base)


class Traces:
    """Where one address is known."""

    def __init__(self, email: str) -> None:
        self.email = email
        self.person = db.session.scalar(select(Person).where(Person.email == email))
        self.person_id = self.person.id if self.person else 0
        self.members = all_of(Member, Member.email == email)
        self.leads = all_of(Lead, Lead.person_id == self.person_id)
        self.contacts = all_of(Contact, Contact.email == email)
        self.invitations = all_of(Invitation, Invitation.email == email)
        self.team_ids = {row.team_id for row in self.members}
        self.team_ids |= {lead.team_id for lead in self.leads}
        self.abouts = {f"team:{team_id}" for team_id in self.team_ids} | {
            f"person:{self.person_id}"
        }
        self.keys: dict[str, set[int]] = {"team": self.team_ids, "person": {self.person_id}}

    def names(self) -> frozenset[str]:
        """Every name that stands beside the address."""
        names = {row.name for row in self.members} | {lead.name for lead in self.leads}
        names |= {contact.name for contact in self.contacts}
        names |= {invitation.name for invitation in self.invitations}
        return frozenset(filter(None, names | {self.person.name if self.person else ""}))

    def told_in(self, table: str) -> ColumnElement[bool] | None:
        """Which of a table's rows belong to the person or to their teams; parents are asked first."""
        columns = Base.metadata.tables[table].columns
        if "about" in columns:
            return columns["about"].in_(self.abouts)
        if table in ("team", "person"):
            return columns["id"].in_(self.keys[table])
        ways = [
            column.in_(self.keys[foreign.column.table.name])
            for column in columns
            for foreign in column.foreign_keys
            if foreign.column.table.name in self.keys
        ]
        if ways and "id" in columns:
            self.keys[table] = set(db.session.scalars(select(columns["id"]).where(or_(*ways))))
        return or_(*ways) if ways else None


def all_of(kind: type[Row], which: ColumnElement[bool]) -> Sequence[Row]:
    return db.session.scalars(select(kind).where(which)).all()
