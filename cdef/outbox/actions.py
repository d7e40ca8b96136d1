"""Posting letters in the transaction of the fact they report, and what happens to them after."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

from flask import current_app
from sqlalchemy import ColumnElement, select, true

from cdef.kernel.db import db, transaction
from cdef.kernel.emails import ascii_email
from cdef.kernel.words import one_line
from cdef.outbox import rules
from cdef.outbox.envelope import Envelope, sender, to_bytes
from cdef.outbox.models import Letter, LetterEvent

NO_SERVER = "No mail server is set."


def post(envelope: Envelope, *, now: datetime) -> Letter:
    """Freeze a letter's bytes and add it to the outbox in the caller's transaction."""
    letter = freeze(envelope, now=now)
    db.session.add(letter)
    return letter


def freeze(envelope: Envelope, *, now: datetime) -> Letter:
    """A letter with its bytes, not posted yet: many are written before the transaction begins."""
    has_server = bool(current_app.config["MAIL_SERVER"])
    domain = ascii_email(sender()[1]).rpartition("@")[2]
    message_id = f"<{secrets.token_hex(16)}@{domain}>"
    letter = Letter(
        kind=envelope.kind,
        about=envelope.about,
        to_email=envelope.to_email,
        to_name=one_line(envelope.to_name),
        subject=one_line(envelope.subject),
        message_id=message_id,
        raw=to_bytes(envelope, message_id, now),
        secrets=list(envelope.secrets),
        state="queued" if has_server else "held",
        reason="" if has_server else NO_SERVER,
        created_at=now,
        due_at=envelope.not_before or now,
        waits_since=(envelope.not_before or now) if has_server else None,
        expires_at=envelope.expires_at,
    )
    letter.history.append(LetterEvent(at=now, state=letter.state, answer=letter.reason))
    return letter


def waiting(about: str, kind: str) -> set[str]:
    """The addresses for which a letter of a kind about one thing has not been begun."""
    query = select(Letter.to_email).where(
        Letter.about == about, Letter.kind == kind, Letter.state.in_(rules.WAITING)
    )
    return set(db.session.scalars(query))


def move(letter: Letter, verb: str, *, now: datetime, answer: str = "") -> None:
    """Apply one verb to a letter, with a line in its history."""
    letter.state = rules.next_state(letter.state, verb)
    letter.reason = answer
    note(letter, answer, now=now)


def note(letter: Letter, answer: str, *, now: datetime) -> None:
    """Add a line to a letter's history, without reading those that are there."""
    line = LetterEvent(letter_id=letter.id, at=now, state=letter.state, answer=answer)
    db.session.add(line)


def cancel_waiting(
    about: str,
    kinds: tuple[str, ...],
    *,
    reason: str,
    now: datetime,
    to: Collection[str] | None = None,
) -> int:
    """Cancel letters that a newer fact overtook, in the caller's transaction; how many.

    ``to`` names the addresses whose letters are meant; without it all are.
    """
    return overtake(
        [
            Letter.about == about,
            Letter.kind.in_(kinds),
            true() if to is None else Letter.to_email.in_(to),
        ],
        reason=reason,
        now=now,
    )


def cancel_letters(ids: Collection[int], *, reason: str, now: datetime) -> int:
    """Cancel these letters, as far as they have not left; how many."""
    return overtake([Letter.id.in_(ids)], reason=reason, now=now)


def overtake(which: Sequence[ColumnElement[bool]], *, reason: str, now: datetime) -> int:
    """Cancel what waits; how many.

    One that is being sent at this moment may arrive, but is never tried again. One that has failed
    is not to be sent again either, and nobody's task any more.
    """
    query = select(Letter).where(*which, Letter.state.in_(rules.UNSENT))
    overtaken = list(db.session.scalars(query.order_by(Letter.id).with_for_update()))
    for letter in overtaken:
        if letter.state == "sending":
            letter.expires_at = now
            note(letter, reason, now=now)
        elif letter.state == "failed":
            deal_with(letter, reason, now=now)
        else:
            move(letter, "cancel", now=now, answer=reason)
    return sum(letter.state == "cancelled" for letter in overtaken)


def deal_with(letter: Letter, answer: str, *, now: datetime) -> None:
    """A failed letter needs nobody any more, for this reason; once is enough."""
    if letter.dealt_with_at is None:
        letter.dealt_with_at = now
        note(letter, answer, now=now)


def newest_reached(about: str, kinds: tuple[str, ...]) -> dict[str, str]:
    """By address, of which of these kinds the newest letter is that has left, or is leaving now."""
    return newest_reached_of([about], kinds)[about]


def newest_reached_of(abouts: Collection[str], kinds: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """The same for each of several things, in one query."""
    has_left = Letter.state.in_(("sending", "handed_over"))
    query = select(Letter.about, Letter.to_email, Letter.kind).where(
        Letter.about.in_(abouts), Letter.kind.in_(kinds), has_left
    )
    found: dict[str, dict[str, str]] = {about: {} for about in abouts}
    for about, email, kind in db.session.execute(query.order_by(Letter.id)):
        found[about][email] = kind
    return found


def release_unserved(*, now: datetime) -> int:
    """Queue what was held for want of a mail server; call it once there is one."""
    with transaction():
        query = select(Letter).where(Letter.state == "held", Letter.reason == NO_SERVER)
        held = list(db.session.scalars(query.order_by(Letter.id).with_for_update()))
        for letter in held:
            move(letter, "release", now=now)
            letter.due_at = letter.waits_since = max(letter.due_at, now)
        return len(held)


def hurry(letter: Letter, *, now: datetime) -> None:
    """Staff want a deferred letter tried at once."""
    with transaction(letter):
        if letter.state == "deferred":
            letter.due_at = now
