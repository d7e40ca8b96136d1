"""The letters about signing in: a link and a code for one address, and the first to new staff."""

from datetime import datetime

from cdef.accounts import rules
from cdef.accounts.models import Person
from cdef.accounts.rules import ROLES
from cdef.kernel.links import link
from cdef.kernel.tokens import Issued
from cdef.outbox.envelope import Envelope, write


def sign_in(person: Person, issued: Issued, *, now: datetime) -> Envelope:
    return write(
        "sign_in",
        (person.name, person.email),
        about=f"person:{person.id}",
        secrets=[issued.secret, issued.code],
        expires_at=now + rules.LINK_LASTS,
        address=link("accounts.confirm", secret=issued.secret),
        code=issued.code,
    )


def staff_added(person: Person, by: Person) -> Envelope:
    """Its link only leads to where one signs in: nobody else can use it."""
    return write(
        "staff_added",
        (person.name, person.email),
        about=f"person:{person.id}",
        by=by.label,
        email=person.email,
        duties=[(role, ROLES[role]) for role in person.roles.split()],
        address=link("accounts.sign_in") + "?next=/staff",
    )
