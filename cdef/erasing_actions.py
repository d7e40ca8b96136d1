"""Erasing one person: name and address leave every table, and stay away after a restore."""

import hashlib
import os
import secrets
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import delete, func, select, update

from cdef.accounts.models import SignedIn, Try
from cdef.config import CannotStart
from cdef.kernel import audit
from cdef.kernel.db import Base, db, transaction
from cdef.kernel.words import local_day
from cdef.outbox.actions import move
from cdef.outbox.models import Letter
from cdef.outbox.rules import WAITING
from cdef.participants.data_models import ErasureRequest
from cdef.participants.models import Needs
from cdef.scrub import Eraser
from cdef.teams.listing_actions import relist
from cdef.teams.listing_models import TeamWord
from cdef.teams.models import Team
from cdef.traces import ADDRESSES, Traces, all_of

ENDED = ("withdrawn", "declined")
UNSENT = (*WAITING, "sending")
FILE = "erased"  # In the instance folder: marks of addresses, from which no address can be read.
GONE = b"Subject: Erased\r\n\r\nThis letter was erased, because it named somebody who asked for it.\r\n"


class CannotErase(CannotStart):
    """What has to be done before this person can be erased, in a sentence."""


def erase(email: str, folder: Path, *, now: datetime, is_again: bool = False) -> str:
    """Replace a person's name and address wherever they stand; the address that stands there now.

    Needs, sign-ins and the letters that name them go. ``CannotErase`` while they still take part, are
    staff, or letters that name them wait; ``is_again``, after a restore, asks for none of this. The
    mark in the folder comes first: after a crash, who is gone must not come back with a copy.
    """
    known, newest = Traces(email), db.session.scalar(select(func.max(Letter.id))) or 0
    eraser = Eraser(email, known.names(), secrets.token_hex(4))
    letters = naming(known, eraser)  # To read them all takes a while, and nobody need wait for it.
    with transaction():
        found = Traces(email)
        if not is_again:
            check(found, now=now)
        eraser = Eraser(email, found.names(), eraser.key)
        erase_letters(found, {*letters, *naming(found, eraser, after=newest)}, now=now)
        drop(found)
        db.session.flush()
        for table in Base.metadata.sorted_tables:
            eraser.scrub(db.session.connection(), table, found.told_in(table.name))
        make_anew(found, now=now)
        audit.record("erasures", "erased what was kept of a person", by=None, now=now)
        if not is_again:
            remember(folder, email)
    return eraser.address


def check(found: Traces, *, now: datetime) -> None:
    if not (found.person or found.members or found.contacts or found.invitations):
        raise CannotErase(f"Nobody here has the address {found.email}.")
    if found.person and found.person.roles:
        raise CannotErase(f"{found.email} is staff. Take these roles away first.")
    teams = [member.team for member in found.members if not member.removed_at]
    teams += [lead.team for lead in found.leads if not lead.left_at]
    for team in teams:
        if takes_part(team, local_day(now)):
            raise CannotErase(
                f"{found.email} still takes part in {team.district.label}, {team.cohort.name}. "
                "Remove or swap this person first."
            )


def takes_part(team: Team, today: date) -> bool:
    """Whether the team still has something before it: a day that is to come, or is not known."""
    ended = team.registration is not None and team.registration.state in ENDED
    return not ended and any(
        not meeting.days or max(day.date for day in meeting.days) >= today
        for meeting in team.cohort.meetings
    )


def naming(found: Traces, eraser: Eraser, *, after: int = 0) -> list[int]:
    """The letters to the person, and those that name them: by name in their teams, else by address."""
    elsewhere = Eraser(found.email, frozenset(), eraser.key)
    columns = Letter.id, Letter.to_email, Letter.about, Letter.raw
    rows = db.session.execute(select(*columns).where(Letter.id > after).order_by(Letter.id))
    return [
        letter_id
        for letter_id, to, about, raw in rows.yield_per(100)
        if to == found.email or (eraser if about in found.abouts else elsewhere).is_in(raw)
    ]


def erase_letters(found: Traces, ids: set[int], *, now: datetime) -> None:
    """What waits for the person is cancelled; what waits for others is not ours to take from them."""
    for letter in all_of(Letter, Letter.id.in_(ids)):
        if letter.state in UNSENT and (letter.state == "sending" or letter.to_email != found.email):
            raise CannotErase(
                "A letter that names this person waits to go out. Try again after it."
            )
        if letter.state in WAITING:
            move(letter, "cancel", now=now, answer="The person was erased.")
        letter.raw, letter.secrets = GONE, []


def drop(found: Traces) -> None:
    """What is of no use to anybody else."""
    members = [row.id for row in found.members]
    db.session.execute(delete(Needs).where(Needs.member_id.in_(members)))
    db.session.execute(delete(SignedIn).where(SignedIn.person_id == found.person_id))
    db.session.execute(delete(Try).where(Try.email == found.email))
    asked = ErasureRequest.person_id == found.person_id
    db.session.execute(update(ErasureRequest).where(asked).values(words=""))


def make_anew(found: Traces, *, now: datetime) -> None:
    """What is derived from names: how spellings compare, and by what a team is found."""
    db.session.expire_all()
    for member in found.members:
        member.name = str(member.name)
    db.session.execute(delete(TeamWord).where(TeamWord.team_id.in_(found.team_ids)))
    for team in all_of(Team, Team.id.in_(found.team_ids)):
        relist(team, now=now)


def remember(folder: Path, email: str) -> None:
    """Keep a mark of the address beside the database, so that an older copy is erased anew."""
    file = folder / FILE
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(f"{secrets.token_hex(16)}\n")
    salt = file.read_text().split()[0]
    with file.open("a") as marks:
        marks.write(f"{mark(salt, email)}\n")
        marks.flush()
        os.fsync(marks.fileno())


def mark(salt: str, email: str) -> str:
    return hashlib.sha256(f"{salt}{email}".encode()).hexdigest()


def erase_again(folder: Path, *, now: datetime) -> int:
    """Erase from a copy that was brought back whoever has been erased since; how many people."""
    file = folder / FILE
    salt, *marks = file.read_text().split() if file.exists() else [""]
    addresses = {email for column in ADDRESSES for email in db.session.scalars(select(column))}
    db.session.rollback()
    back = sorted(email for email in addresses if mark(salt, email) in marks)
    for email in back:
        erase(email, folder, now=now, is_again=True)
    return len(back)
