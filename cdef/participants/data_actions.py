"""What participants do about their own data: correct it, and ask for it to be erased."""

from datetime import datetime

from cdef.accounts.actions import person_for
from cdef.accounts.models import Person
from cdef.kernel import audit
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.edits import Values, merge
from cdef.kernel.emails import fold_email
from cdef.kernel.names import is_respelled
from cdef.kernel.problems import refusal
from cdef.outbox.actions import post
from cdef.participants import letters
from cdef.participants.data_models import ErasureRequest, open_erasure
from cdef.registrations import change_actions
from cdef.teams.member_models import Member
from cdef.teams.roster_actions import row_of
from cdef.teams.row_rules import Row

DETAILS = ("name", "email")
SOMEBODY_ELSE = (
    "This looks like another person. If somebody else takes your place for good, ask one of your "
    "team’s leads to swap you for them."
)


def details_of(member: Member) -> Values:
    return {name: getattr(member, name) for name in DETAILS}


def correct_own(member: Member, typed: Values, seen: str, *, by: Someone, now: datetime) -> None:
    """Correct how one's name or address is spelled; the leads are told, as of any correction.

    A new address gets the confirmation and its link, and the old one loses its entries. ``Clash``
    where somebody else corrected the same since; ``Refused`` where it would be another person.
    """
    team = member.team
    with transaction(team.cohort, team):
        if member.removed_at:
            raise refusal("You are not on this roster any more.")
        row = row_of(member)
        merged = merge(seen, typed | {"email": fold_email(typed["email"])}, details_of(member))
        if not is_respelled(row.name, merged["name"]):
            raise refusal(SOMEBODY_ELSE, "name")
        after = Row(merged["name"], merged["email"], row.position, row.site)
        change_actions.correct(member, after, row, by=by, now=now)
        person_for(member.email, now=now).name = member.name


def ask_erasure(person: Person, words: str, *, now: datetime) -> ErasureRequest:
    """Ask staff to erase what is kept of oneself; while one waits, asking again says it anew."""
    with transaction(person):
        request = open_erasure(person.id)
        if request is None:
            request = ErasureRequest(person_id=person.id, words=words, asked_at=now)
            db.session.add(request)
            record(person, "asked for their data to be erased", by=person, now=now)
        request.words = words
        return request


def keep_data(person: Person, *, now: datetime) -> None:
    """Take the request back; nothing happens where none waits."""
    with transaction(person):
        request = open_erasure(person.id)
        if request:
            request.closed_at, request.closed_by_id = now, person.id
            record(person, "took back that their data be erased", by=person, now=now)


def answer_erasure(request: ErasureRequest, answer: str, *, by: Someone, now: datetime) -> None:
    """Tell the person what was done; the task is closed. ``Refused`` where it is already."""
    with transaction(request.person, request):
        if request.closed_at:
            raise refusal("This request is closed already.")
        request.closed_at, request.closed_by_id, request.answer = now, by.id, answer
        record(request.person, "answered the request to erase data", by=by, now=now)
        post(letters.erasure_answered(request), now=now)


def record(person: Person, what: str, *, by: Someone, now: datetime) -> None:
    """A line of the timeline; the words themselves may be private, and are not in it."""
    audit.record(f"person:{person.id}", what, by=by, now=now)
