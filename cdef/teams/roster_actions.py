"""Changing the roster: adding, editing, removing and putting back a member.

They stand beside ``actions.py`` because the roster is the heart of the product, and grows.
"""

from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from cdef.kernel import audit, tokens
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.emails import fold_email
from cdef.kernel.problems import refusal
from cdef.series.rules import POSITIONS
from cdef.teams import rules
from cdef.teams.models import Member, Team

FIELDS = ("name", "email", "position", "site")


@dataclass(frozen=True)
class Row:
    """What one line of the roster says."""

    name: str
    email: str
    position: str
    site: str


class Stale(Exception):
    """The row was changed by somebody else since it was opened; ``member`` is the row as it is now."""

    def __init__(self, member: Member) -> None:
        super().__init__(f"member {member.id} is at version {member.version}")
        self.member = member


def add_member(
    team: Team, side: str, row: Row, *, by: Someone, now: datetime, once: str = ""
) -> None:
    """Add a person to one side; the same form twice adds one person."""
    key = tokens.once_key(once, side, *astuple(row))
    with transaction(team):
        if tokens.already_done(key):
            return
        check_editable(team)
        fields = checked(team, side, row)
        member = Member(side=side, created_at=now, **fields)
        team.members.append(member)
        team.revision += 1
        tokens.remember(key, team.about, now=now)
        audit.record(team.about, f"added {member.name}", by=by, now=now, after=fields)


def edit_member(member: Member, row: Row, version: int, *, by: Someone, now: datetime) -> None:
    """Change a row that stands as the editor saw it; ``Stale`` when somebody else was faster."""
    with transaction(member.team, member):
        check_editable(member.team)
        if member.removed_at:
            raise refusal(f"{member.name} was removed meanwhile. Undo that, or add them anew.")
        fields = checked(member.team, member.side, row, instead_of=member)
        before = {field: getattr(member, field) for field in FIELDS}
        if fields == before:
            return
        if member.version != version:
            raise Stale(member)
        for field in FIELDS:
            setattr(member, field, fields[field])
        member.version += 1
        member.team.revision += 1
        what = f"changed {member.name}"
        audit.record(member.team.about, what, by=by, now=now, before=before, after=fields)


def remove_member(member: Member, *, by: Someone, now: datetime) -> None:
    """Take a person off the roster; twice changes nothing, and it can be undone."""
    with transaction(member.team, member):
        check_editable(member.team)
        if member.removed_at:
            return
        member.removed_at = now
        member.team.revision += 1
        audit.record(member.team.about, f"removed {member.name}", by=by, now=now)
        db.session.flush()
        db.session.expire(member.team, ["members"])


def restore_member(member: Member, *, by: Someone, now: datetime) -> None:
    """Put a removed person back as they were."""
    with transaction(member.team, member):
        check_editable(member.team)
        if member.removed_at is None:
            return
        check_new(member.team, member.email, None)
        member.removed_at = None
        member.version += 1
        member.team.revision += 1
        audit.record(member.team.about, f"put {member.name} back", by=by, now=now)
        db.session.flush()
        db.session.expire(member.team, ["members"])


def check_editable(team: Team) -> None:
    if not rules.may_edit(team.state):
        raise refusal("The roster is submitted and cannot be changed here now.")


def checked(team: Team, side: str, row: Row, instead_of: Member | None = None) -> dict[str, Any]:
    """The row's fields, or ``Refused`` with what is wrong, on its field."""
    if side not in POSITIONS or row.position not in POSITIONS[side]:
        raise refusal("Please choose a position.", "position")
    email = fold_email(row.email)
    check_new(team, email, instead_of)
    return {"name": row.name, "email": email, "position": row.position, "site": row.site}


def check_new(team: Team, email: str, instead_of: Member | None) -> None:
    """Refuse a person who is on this roster already."""
    for member in team.members:
        if member.email == email and member is not instead_of:
            raise refusal(f"{member.name} is on the roster with this address already.", "email")


def member_of(team: Team, member_id: int, *, removed: bool = False) -> Member | None:
    """A member through the team that one may see; removed ones only when asked for."""
    query = select(Member).where(Member.id == member_id, Member.team_id == team.id)
    if not removed:
        query = query.where(Member.removed_at.is_(None))
    return db.session.scalar(query)
