"""Changing the roster: adding, editing, removing and putting back a member.

They stand beside ``actions.py`` because the roster is the heart of the product, and grows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, astuple, replace
from datetime import datetime
from typing import Any

from cdef.kernel import audit, tokens
from cdef.kernel.access import Someone
from cdef.kernel.audit import Event
from cdef.kernel.db import Vanished, db, hold, keep_loaded, transaction
from cdef.kernel.emails import fold_email
from cdef.kernel.problems import refusal
from cdef.outbox.actions import cancel_waiting, post, waiting
from cdef.outbox.overtaken_rules import CHANGED, EDITED, overtaken_by
from cdef.series.rules import POSITIONS
from cdef.teams import letters, rules
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from cdef.teams.row_rules import FIELDS, Row, merge

COMPARED = ("is_elsewhere", "past_email")  # The database's answers follow from what a row says.


class Clash(Exception):
    """Both leads changed the same fields of a row; ``member`` is the row as it is now."""

    def __init__(self, member: Member, fields: tuple[str, ...]) -> None:
        super().__init__(f"member {member.id}: {', '.join(fields)}")
        self.member = member
        self.fields = fields


@contextmanager
def opened(team_id: int, *, by: Someone) -> Iterator[Team]:
    """The team that this person may see, for a change that reads it once and under the lock.

    One transaction, which the action inside joins; ``Vanished`` for whoever may not see the team.
    """
    with transaction():
        team = hold(Team, team_id)
        if team is None or not team.is_visible_to(by):
            raise Vanished(Team.__name__)
        yield team


def add_member(
    team: Team, side: str, row: Row, *, by: Someone, now: datetime, once: str = ""
) -> None:
    """Add a person to one side; the same form twice adds one person."""
    key = tokens.once_key(once, side, *astuple(row))
    with transaction(team):
        if key and any(row.once == key for row in team.rows):
            return
        check_editable(team)
        put_on(team, side, checked(team, side, row), by=by, now=now, key=key)


def put_on(team: Team, side: str, row: Row, *, by: Someone, now: datetime, key: str = "") -> Member:
    """Put a row that was checked onto the roster, in the caller's transaction."""
    fields = asdict(row)
    member = Member(side=side, created_at=now, once=key, **fields)
    team.rows.append(member)
    db.session.flush()
    changed(team, f"added {member.called}", by=by, now=now, after=fields, subject=member.subject)
    return member


def edit_member(
    member: Member, row: Row, base: Row, *, by: Someone, now: datetime, back: bool = False
) -> None:
    """Change a row that its editor opened as ``base``, and with ``back`` undo its removal first.

    What somebody else changed meanwhile stays, unless it is the same field: then ``Clash``.
    """
    with transaction(member.team):
        check_editable(member.team)
        if member.removed_at and not back:
            raise refusal(f"{member.called} was removed meanwhile. What you typed is still here.")
        before = row_of(member)
        mine = checked(member.team, member.side, row, instead_of=member)
        merged = merge(base, mine, before)
        if merged.clashing:
            raise Clash(member, merged.clashing)
        if member.removed_at:
            check_new(member.team, merged.row.email, member)
            record_return(member, by=by, now=now)
        change(member, merged.row, by=by, now=now)
        member.removed_at = None  # Last: nobody is on the roster with the old address in between.


def change(
    member: Member,
    after: Row,
    *,
    by: Someone,
    now: datetime,
    what: str = "",
    undoes: Event | None = None,
) -> None:
    """Write a row's new fields, in the caller's transaction; equal ones write nothing."""
    before = row_of(member)
    if after == before:
        return
    check_new(member.team, after.email, member)
    rewrite(member, after)
    what = what or f"changed {member.called}"
    values = {"before": asdict(before), "after": asdict(after), "subject": member.subject}
    changed(member.team, what, by=by, now=now, undoes=undoes, **values)


def fill_place(member: Member, row: Row, *, by: Someone, now: datetime) -> None:
    """Give a held place its name, in the caller's transaction; position and side stay."""
    before, called = row_of(member), member.called
    after = checked(member.team, member.side, replace(row, position=before.position), member)
    rewrite(member, after)
    audit.record(
        member.team.about,
        f"named {member.name} for {called}",
        by=by,
        now=now,
        before=asdict(before),
        after=asdict(after),
        subject=member.subject,
    )


def rewrite(member: Member, after: Row) -> None:
    """Write the fields alone; what the database concludes from them is asked anew."""
    for field in FIELDS:
        setattr(member, field, getattr(after, field))
    db.session.expire(member, COMPARED)


def row_of(member: Member) -> Row:
    return Row(**{field: getattr(member, field) for field in FIELDS})


def remove_member(member: Member, *, by: Someone, now: datetime) -> None:
    """Take a person off the roster; twice changes nothing, and it can be undone."""
    with transaction(member.team):
        check_editable(member.team)
        if member.removed_at:
            return
        take_off(member, f"removed {member.called}", by=by, now=now)


def take_off(
    member: Member, what: str, *, by: Someone, now: datetime, undoes: Event | None = None
) -> None:
    """In the caller's transaction; the row stays, so that they can be put back."""
    member.removed_at = now
    values = {"before": asdict(row_of(member)), "subject": member.subject}
    changed(member.team, what, by=by, now=now, undoes=undoes, **values)


def restore_member(member: Member, *, by: Someone, now: datetime) -> None:
    """Put a removed person back as they were; it undoes the newest line about them."""
    with transaction(member.team):
        check_editable(member.team)
        if member.removed_at:
            check_new(member.team, member.email, None)
            member.removed_at = None
            record_return(member, by=by, now=now)


def put_back(member: Member, what: str, *, by: Someone, now: datetime, undoes: Event) -> None:
    """In the caller's transaction; refused where somebody else has the address by now."""
    check_new(member.team, member.email, None)
    member.removed_at = None
    record_return(member, what, by=by, now=now, undoes=undoes)


def record_return(
    member: Member, what: str = "", *, by: Someone, now: datetime, undoes: Event | None = None
) -> None:
    """They are back, which undoes an event, or the newest line about them."""
    what = what or f"put {member.called} back"
    undone = undoes or audit.newest(member.team.about, member.subject)
    values = {"after": asdict(row_of(member)), "subject": member.subject}
    changed(member.team, what, by=by, now=now, undoes=undone, **values)


def changed(team: Team, what: str, *, by: Someone, now: datetime, **values: Any) -> None:
    """A change that matters: a new revision, on the timeline, and signatures on the old one void.

    Whoever else had signed is told in one letter that waits for ten quiet minutes, not in one for
    each edit; in the caller's transaction. The answer shows the team as the change leaves it.
    """
    signed = {lead.email for lead in team.leads if rules.current_signature(team, lead.side)}
    team.revision += 1
    team.newest = audit.record(team.about, what, by=by, now=now, **values)
    if team.has_outdated_letters:
        reason = "Somebody works on the roster again."
        cancel_waiting(team.about, overtaken_by(EDITED), reason=reason, now=now)
    if team.signatures:
        void(team, signed, by=by, now=now)
    keep_loaded()


def void(team: Team, signed: set[str], *, by: Someone, now: datetime) -> None:
    """Tell whoever else had signed that their signature is on an older roster."""
    unsent = waiting(team.about, rules.VOIDED) - {by.email}
    told = (signed | unsent) - {by.email}
    cancel_waiting(team.about, overtaken_by(CHANGED), to=told, reason="More was changed.", now=now)
    for lead in team.leads:
        if lead.email in told:
            post(letters.signature_voided(team, lead, now=now), now=now)


def check_editable(team: Team) -> None:
    if not rules.may_edit(team.state):
        raise refusal("The roster is submitted and cannot be changed here now.")


def checked(team: Team, side: str, row: Row, instead_of: Member | None = None) -> Row:
    """The row as it is kept, or ``Refused`` with what is wrong, on its field; no address holds a place."""
    if side not in POSITIONS or row.position not in POSITIONS[side]:
        raise refusal("Please choose a position.", "position")
    email = fold_email(row.email) if row.email else ""
    check_new(team, email, instead_of)
    return replace(row, email=email)


def check_new(team: Team, email: str, instead_of: Member | None) -> None:
    """Refuse a person who is on this roster already; places without names may be many."""
    for member in team.members:
        if email and member.email == email and member is not instead_of:
            raise refusal(f"{member.called} is on the roster with this address already.", "email")


def member_of(team: Team, member_id: int, *, removed: bool = False) -> Member | None:
    """A member through the team that one may see; removed ones only when asked for."""
    rows = team.rows if removed else team.members
    return next((row for row in rows if row.id == member_id), None)
