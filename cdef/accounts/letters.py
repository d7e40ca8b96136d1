"""The sign-in letter: a link and a code for one address."""

from datetime import datetime

from cdef.accounts import rules
from cdef.accounts.models import Person
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
