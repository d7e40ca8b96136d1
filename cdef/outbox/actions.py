"""Posting letters in the transaction of the fact they report, and what happens to them after."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Select, func, insert, or_, select, true, update
from sqlalchemy.orm import undefer

from cdef.kernel.db import db, transaction
from cdef.kernel.emails import ascii_email
from cdef.kernel.words import one_line
from cdef.outbox import rules
from cdef.outbox.envelope import Envelope, sender, to_bytes
from cdef.outbox.models import Letter, LetterEvent

NO_SERVER = "No mail server is set."
UNREAD = {"synchronize_session": False}  # Nothing of the letter is kept in memory.
Lease = tuple[int, str]  # a letter's id, and the key that its worker settles it with


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
        to_name=envelope.to_name,
        subject=envelope.subject,
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
    query = select(Letter).where(*which, Letter.state.in_((*rules.WAITING, "sending", "failed")))
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


def claim(limit: int, *, now: datetime) -> list[Lease]:
    """Lease the letters that are due to this worker, the longest waiting first."""
    with transaction():
        wanted = due(now).with_only_columns(Letter.id, Letter.state, Letter.expires_at)
        locked = wanted.limit(limit).with_for_update(skip_locked=True)
        return [
            (letter_id, take(letter_id, state, now))
            for letter_id, state, expires_at in db.session.execute(locked).all()
            if not is_over(letter_id, expires_at, now)
        ]


def take(letter_id: int, state: str, now: datetime) -> str:
    """Let this worker have a letter; the key to settle it with."""
    key, until = secrets.token_hex(8), now + rules.LEASE
    change(letter_id, rules.next_state(state, "send"), "", now, lease_key=key, lease_until=until)
    return key


def is_over(letter_id: int, expires_at: datetime | None, now: datetime) -> bool:
    """Whether a letter would come too late; then it is cancelled."""
    if expires_at is None or expires_at > now:
        return False
    move(db.session.get_one(Letter, letter_id), "cancel", now=now, answer=rules.TOO_LATE)
    return True


def change(letter_id: int, state: str, answer: str, now: datetime, **values: Any) -> None:
    """What ``move`` does, without reading the letter first: a thousand in a row go by here."""
    changed = update(Letter).where(Letter.id == letter_id).values(state=state, reason=answer)
    db.session.execute(changed.values(**values), execution_options=UNREAD)
    line = {"letter_id": letter_id, "at": now, "state": state, "answer": answer}
    db.session.execute(insert(LetterEvent), line)


def has_expired(letter: Letter, now: datetime) -> bool:
    return letter.expires_at is not None and letter.expires_at <= now


def is_any_due(*, now: datetime) -> bool:
    """A look without the write lock, for the worker's idle rounds; it leaves no lock behind."""
    found = db.session.scalar(select(due(now).exists()))
    db.session.rollback()
    return bool(found)


def due(now: datetime) -> Select[Letter]:
    """Letters whose time has come, and those whose worker went away with them."""
    waiting = Letter.state.in_(("queued", "deferred")) & (Letter.due_at <= now)
    orphaned = (Letter.state == "sending") & (Letter.lease_until < now)
    return select(Letter).where(or_(waiting, orphaned)).order_by(Letter.due_at, Letter.id)


def leased(letter_id: int, lease_key: str) -> Select[Letter]:
    """The letter, while its lease is this worker's."""
    return (
        select(Letter)
        .where(Letter.id == letter_id, Letter.lease_key == lease_key, Letter.state == "sending")
        .execution_options(populate_existing=True)
    )


def take_out(letter_id: int, lease_key: str, *, now: datetime) -> Letter | None:
    """A leased letter to read outside any transaction, or None if something has overtaken it."""
    letter = db.session.scalar(leased(letter_id, lease_key).options(undefer(Letter.raw)))
    if letter:
        db.session.expunge(letter)
    db.session.rollback()
    return None if letter is None or has_expired(letter, now) else letter


def settle(letter_id: int, lease_key: str, verb: str, answer: str, *, now: datetime) -> None:
    """Record what the mail server said: ``hand_over``, ``defer`` or ``fail``.

    A worker whose lease ran out records nothing once another has the letter.
    """
    answer = one_line(answer, rules.ANSWER_LIMIT)
    with transaction():
        if verb == "hand_over":
            hand_over(letter_id, lease_key, answer, now)
            return
        letter = db.session.scalar(leased(letter_id, lease_key).with_for_update())
        if letter is None:
            return
        letter.attempts += 1
        letter.lease_key = letter.lease_until = None
        if verb == "defer":
            verb = postpone(letter, now)
        move(letter, verb, now=now, answer=answer)


def hand_over(letter_id: int, lease_key: str, answer: str, now: datetime) -> None:
    """The mail server has it, which is what becomes of nearly every letter."""
    query = leased(letter_id, lease_key).with_only_columns(Letter.attempts).with_for_update()
    attempts = db.session.scalar(query)
    if attempts is not None:
        state = rules.next_state("sending", "hand_over")
        done = {"attempts": attempts + 1, "handed_over_at": now}
        change(letter_id, state, answer, now, lease_key=None, lease_until=None, **done)


def settle_and_claim(
    letter_id: int, lease_key: str, verb: str, answer: str, *, more: int, now: datetime
) -> list[Lease]:
    """Record what became of one letter, and lease so many more, in one transaction."""
    with transaction():
        settle(letter_id, lease_key, verb, answer, now=now)
        return claim(more, now=now) if more else []


def postpone(letter: Letter, now: datetime) -> str:
    """Set when to try again; the verb that follows, which is another where it would be of no use."""
    if has_expired(letter, now):
        return "cancel"
    retry = rules.retry_at(letter.attempts, first_tried(letter) or now, now)
    if retry is None:
        return "fail"
    letter.due_at = retry
    return "defer"


def first_tried(letter: Letter) -> datetime | None:
    """When it was first sent, counted from when it was last queued."""
    of_letter = LetterEvent.letter_id == letter.id
    queued = select(func.max(LetterEvent.id)).where(of_letter, LetterEvent.state == "queued")
    tried = of_letter & (LetterEvent.state == "sending")
    since = func.coalesce(queued.scalar_subquery(), 0)
    return db.session.scalar(select(func.min(LetterEvent.at)).where(tried, LetterEvent.id > since))


def hurry(letter: Letter, *, now: datetime) -> None:
    """Staff want a deferred letter tried at once."""
    with transaction(letter):
        if letter.state == "deferred":
            letter.due_at = now
