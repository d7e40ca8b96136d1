"""Mending the address of somebody on a submitted roster, because a letter could not be delivered."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from cdef.kernel.access import Someone
from cdef.kernel.db import db
from cdef.registrations.change_actions import correct
from cdef.teams.member_models import Member
from cdef.teams.roster_actions import row_of


def mend_row(about: str, old: str, new: str, *, by: Someone, now: datetime) -> str:
    """Correct the address of the row that has it, in the caller's transaction; what was done.

    What an approved team's member needs is written anew to the right address, with a link of its
    own. Nothing where the letter is about no team, or nobody on its roster has this address.
    """
    kind, _, number = about.partition(":")
    if kind != "team" or not number.isdecimal():
        return ""
    here = Member.team_id == int(number), Member.email == old, Member.removed_at.is_(None)
    member = db.session.scalar(select(Member).where(*here))
    if member is None:
        return ""
    base = row_of(member)
    correct(member, replace(base, email=new), base, by=by, now=now)
    return f"{by.name or by.email} corrected the address of {member.called} to {new}."
