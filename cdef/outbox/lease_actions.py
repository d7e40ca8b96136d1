"""A letter's way through a worker: leased, taken out, and settled by what the mail server said.

What every letter goes through is written as statements that are built once, and reads no more than it
needs: a thousand letters in a row go by here.
"""

import secrets
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Table,
    bindparam,
    func,
    insert,
    or_,
    select,
    union_all,
    update,
)

from cdef.kernel.db import db, transaction
from cdef.kernel.words import one_line
from cdef.outbox import rules
from cdef.outbox.actions import move
from cdef.outbox.models import Letter, LetterEvent

Lease = tuple[int, str]  # a letter's id, and the key that its worker settles it with
LETTER, EVENT = cast(Table, Letter.__table__), cast(Table, LetterEvent.__table__)

# Letters whose time has come, and those whose worker went away with them.
IN_TIME = LETTER.c.due_at <= bindparam("now")
DUE = (
    (LETTER.c.state == "queued") & IN_TIME,
    (LETTER.c.state == "deferred") & IN_TIME,
    (LETTER.c.state == "sending") & (LETTER.c.lease_until < bindparam("now")),
)
IN_TURN = (LETTER.c.due_at, LETTER.c.id)
OTHERS = 20  # that workers beside this one may hold at this moment, and that are skipped


def first(which: ColumnElement[bool]) -> Select[int]:
    """The first of one state, in the order of its index: behind them may wait any number."""
    some = bindparam("number", type_=Integer) + OTHERS
    return select(LETTER.c.id).where(which).order_by(*IN_TURN).limit(some)


FIRST_OF_EACH = union_all(*(select(first(which).subquery().c.id) for which in DUE)).subquery()
FIRST_DUE = (
    select(LETTER.c.id, LETTER.c.state, LETTER.c.expires_at)
    .join(FIRST_OF_EACH, FIRST_OF_EACH.c.id == LETTER.c.id)
    .where(or_(*DUE))  # Still, on a server where others can have changed it meanwhile.
    .order_by(*IN_TURN)
    .limit(bindparam("number"))
    .with_for_update(skip_locked=True, of=LETTER)
)
IS_ANY_DUE = select(or_(*(select(LETTER.c.id).where(which).exists() for which in DUE)))
# The letter, while its lease is this worker's.
OWN = (
    LETTER.c.id == bindparam("letter"),
    LETTER.c.lease_key == bindparam("key"),
    LETTER.c.state == "sending",
)
CONTENT = select(
    LETTER.c.id,
    LETTER.c.to_email,
    LETTER.c.subject,
    LETTER.c.raw,
    LETTER.c.expires_at,
    LETTER.c.request_id,
).where(*OWN)
LEASE = (
    update(LETTER)
    .where(LETTER.c.id == bindparam("letter"))
    .values(
        state=bindparam("new_state"),
        reason="",
        lease_key=bindparam("key"),
        lease_until=bindparam("until"),
    )
)
HAND_OVER = (
    update(LETTER)
    .where(*OWN)
    .values(
        state=rules.next_state("sending", "hand_over"),
        reason=bindparam("answer"),
        attempts=LETTER.c.attempts + 1,
        handed_over_at=bindparam("now"),
        lease_key=None,
        lease_until=None,
    )
)
LINE = insert(EVENT)


class Content(NamedTuple):
    """What of a letter goes over the wire."""

    id: int
    to_email: str
    subject: str
    raw: bytes
    expires_at: datetime | None
    request_id: str


def execute(statement: Any, **values: Any) -> Any:
    return db.session.connection().execute(statement, values)


def claim(limit: int, *, now: datetime) -> list[Lease]:
    """Lease the letters that are due to this worker, the longest waiting first."""
    with transaction():
        found = execute(FIRST_DUE, now=now, number=limit).all()
        return [
            (letter_id, take(letter_id, state, now))
            for letter_id, state, expires_at in found
            if not is_over(letter_id, expires_at, now)
        ]


def take(letter_id: int, state: str, now: datetime) -> str:
    """Let this worker have a letter; the key to settle it with."""
    key, state = secrets.token_hex(8), rules.next_state(state, "send")
    until = now + rules.LEASE
    execute(LEASE, letter=letter_id, new_state=state, key=key, until=until)
    execute(LINE, letter_id=letter_id, at=now, state=state, answer="")
    return key


def is_over(letter_id: int, expires_at: datetime | None, now: datetime) -> bool:
    """Whether a letter would come too late; then it is cancelled."""
    if not has_expired(expires_at, now):
        return False
    move(db.session.get_one(Letter, letter_id), "cancel", now=now, answer=rules.TOO_LATE)
    return True


def has_expired(expires_at: datetime | None, now: datetime) -> bool:
    return expires_at is not None and expires_at <= now


def is_any_due(*, now: datetime) -> bool:
    """A look without the write lock, for the worker's idle rounds; it leaves no lock behind."""
    found = execute(IS_ANY_DUE, now=now).scalar()
    db.session.rollback()
    return bool(found)


def take_out(letter_id: int, lease_key: str, *, now: datetime) -> Content | None:
    """A leased letter to read outside any transaction, or None if something has overtaken it."""
    row = execute(CONTENT, letter=letter_id, key=lease_key).one_or_none()
    db.session.rollback()
    return None if row is None or has_expired(row.expires_at, now) else Content(*row)


def settle(letter_id: int, lease_key: str, verb: str, answer: str, *, now: datetime) -> None:
    """Record what the mail server said: ``hand_over``, ``defer`` or ``fail``.

    A worker whose lease ran out records nothing once another has the letter.
    """
    answer = one_line(answer, rules.ANSWER_LIMIT)
    with transaction():
        if verb == "hand_over":
            hand_over(letter_id, lease_key, answer, now)
        else:
            put_back(letter_id, lease_key, verb, answer, now)


def hand_over(letter_id: int, lease_key: str, answer: str, now: datetime) -> None:
    """The mail server has it, which is what becomes of nearly every letter."""
    done = execute(HAND_OVER, letter=letter_id, key=lease_key, answer=answer, now=now)
    if done.rowcount:
        state = rules.next_state("sending", "hand_over")
        execute(LINE, letter_id=letter_id, at=now, state=state, answer=answer)


def put_back(letter_id: int, lease_key: str, verb: str, answer: str, now: datetime) -> None:
    own = select(Letter).where(
        Letter.id == letter_id, Letter.lease_key == lease_key, Letter.state == "sending"
    )
    fresh = own.with_for_update().execution_options(populate_existing=True)
    letter = db.session.scalar(fresh)
    if letter is None:
        return
    letter.attempts += 1
    letter.lease_key = letter.lease_until = None
    if verb == "defer":
        verb = postpone(letter, now)
    move(letter, verb, now=now, answer=answer)


def settle_and_claim(
    letter_id: int, lease_key: str, verb: str, answer: str, *, more: int, now: datetime
) -> list[Lease]:
    """Record what became of one letter, and lease so many more, in one transaction."""
    with transaction():
        settle(letter_id, lease_key, verb, answer, now=now)
        return claim(more, now=now) if more else []


def postpone(letter: Letter, now: datetime) -> str:
    """Set when to try again; the verb that follows, which is another where it would be of no use."""
    if has_expired(letter.expires_at, now):
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
