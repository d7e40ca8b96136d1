"""What staff do about a letter that failed: mend its address, send it again, or set it aside."""

from datetime import datetime
from typing import Protocol

from flask import current_app

from cdef.kernel import audit
from cdef.kernel.access import Someone
from cdef.kernel.db import transaction
from cdef.kernel.emails import fold_email
from cdef.kernel.problems import refusal
from cdef.outbox import rules
from cdef.outbox.actions import deal_with, move, note, post
from cdef.outbox.envelope import Envelope
from cdef.outbox.models import Letter
from cdef.outbox.reading import read

PERSONAL = (
    "This letter holds what is meant for the owner of {email} alone, so it cannot go to another "
    "address. {advice}"
)
ADVICE = "Correct the address where it was given, and a fresh letter is written."
ASK_AGAIN = "Whoever asked for it can ask again, with the right address."


class Mend(Protocol):
    """How a feature that knows a person mends the address; what it did, or nothing."""

    def __call__(self, about: str, old: str, new: str, *, by: Someone, now: datetime) -> str: ...


def send_again(letter: Letter, email: str, *, by: Someone, now: datetime) -> None:
    """Send a letter that failed once more, at its address or at a mended one.

    The same address gets the same bytes. For another one the person's row is mended, which writes
    what they need anew with links of their own; a letter that opens nothing and is in no calendar
    goes there as it was written. ``Refused`` where neither can be, or it is too late.
    """
    new, old = fold_email(email), letter.to_email
    with transaction():
        if not is_open(letter):
            return
        if letter.expires_at and letter.expires_at <= now:
            raise refusal(f"{rules.TOO_LATE} {ASK_AGAIN}")
        # Who knows the person locks their team, and a team is locked before its letters.
        mended = mend(letter, new, by=by, now=now) if new != old and is_for_one(letter) else ""
        with transaction(letter):
            if mended:
                letter.dealt_with_at = now
                note(letter, mended, now=now)
            elif not is_open(letter):
                return
            elif new == old:
                try_anew(letter, by=by, now=now)
            else:
                write_to(letter, new, by=by, now=now)
            write_down(letter, old, new, by=by, now=now)


def is_open(letter: Letter) -> bool:
    """Whether it failed, and nobody has dealt with that."""
    return letter.state == "failed" and letter.dealt_with_at is None


def is_for_one(letter: Letter) -> bool:
    """Whether it would let another reader in, or puts days into its reader's calendar."""
    return bool(letter.secrets or read(letter, show_secrets=True).attachments)


def mend(letter: Letter, new: str, *, by: Someone, now: datetime) -> str:
    """What the feature that knows the person did; ``Refused`` where nobody can mend it here."""
    known: Mend | None = current_app.extensions.get("mend")
    done = known(letter.about, letter.to_email, new, by=by, now=now) if known else ""
    if not done:
        advice = ASK_AGAIN if letter.expires_at else ADVICE
        raise refusal(PERSONAL.format(email=letter.to_email, advice=advice), "email")
    return done


def try_anew(letter: Letter, *, by: Someone, now: datetime) -> None:
    """The same bytes once more, with 96 hours from now."""
    move(letter, "retry", now=now, answer=f"{named(by)} had it sent again.")
    letter.attempts, letter.reason = 0, ""
    letter.due_at = letter.waits_since = now


def write_to(letter: Letter, new: str, *, by: Someone, now: datetime) -> Letter:
    """The same text in another letter, to another address."""
    said = read(letter, show_secrets=True)
    again = Envelope(
        letter.kind, letter.about, new, letter.to_name, letter.subject, said.text, said.html
    )
    posted = post(again, now=now)
    posted.resends_id, posted.expires_at = letter.id, letter.expires_at
    deal_with(letter, f"{named(by)} had it sent to {new}.", now=now)
    return posted


def set_aside(letter: Letter, why: str, *, by: Someone, now: datetime) -> None:
    """Nothing is to be done about a letter that failed; the note says why."""
    with transaction(letter):
        if not is_open(letter):
            return
        deal_with(letter, f"{named(by)} set it aside: {why}", now=now)
        what = f"set aside a letter to {letter.to_email} that failed"
        audit.record(letter.about, what, by=by, now=now, after={"note": why})


def write_down(letter: Letter, old: str, new: str, *, by: Someone, now: datetime) -> None:
    what = f"sent a letter again: {letter.subject}"
    before, after = ({"to": address} for address in (old, new))
    audit.record(letter.about, what, by=by, now=now, before=before, after=after)


def named(person: Someone) -> str:
    return person.name or person.email
