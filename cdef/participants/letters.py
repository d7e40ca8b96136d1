"""The letters that people ask for on their personal page: its link anew, and about their data."""

from cdef.accounts.models import Person
from cdef.kernel.links import link
from cdef.kernel.tokens import Issued
from cdef.outbox.envelope import Envelope, write
from cdef.participants.data_models import ErasureRequest


def personal_link(person: Person, issued: Issued) -> Envelope:
    """To whoever asked: a fresh link to the own page; earlier ones go on working."""
    return write(
        "personal_link",
        (person.name, person.email),
        about=f"person:{person.id}",
        secrets=[issued.secret, issued.code],
        personal=link("participants.open_link", secret=issued.secret),
    )


def erasure_answered(request: ErasureRequest) -> Envelope:
    """To whoever asked for their data to be erased: what staff did."""
    person = request.person
    return write(
        "erasure_answered",
        (person.name, person.email),
        about=f"person:{person.id}",
        note=request.answer,
    )
