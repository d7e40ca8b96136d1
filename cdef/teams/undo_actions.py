"""Undoing what the timeline says of a member, within ten minutes, by either lead."""

from datetime import datetime

from cdef.kernel import audit
from cdef.kernel.access import Someone
from cdef.kernel.audit import Event
from cdef.kernel.db import transaction
from cdef.kernel.problems import Kind, Problem, Refused, refusal
from cdef.teams import undo_rules
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from cdef.teams.roster_actions import change, check_editable, put_back, row_of, take_off
from cdef.teams.row_rules import LABELS, Row, merge, shown

TOO_LATE = (
    "This was more than ten minutes ago and is not undone here any more. Change the row itself."
)


def undo(team: Team, event: Event, *, by: Someone, now: datetime) -> None:
    """Set a member back to what they were before an event; twice is once.

    Like every change it asks for new signatures and can be undone itself. What somebody changed
    since stays: an undo that would overwrite it is ``Refused``, and so is one after ten minutes.
    """
    with transaction(team, event):
        if audit.is_undone(event):
            return
        check_editable(team)
        member = member_in(team, event)
        if not undo_rules.is_recent(event, now):
            raise refusal(TOO_LATE)
        set_back(member, event, by=by, now=now)


def member_in(team: Team, event: Event) -> Member:
    found = (row for row in team.rows if row.subject == event.subject)
    member = next(found, None)
    if member is None or not undo_rules.kind(event):
        raise refusal("This cannot be undone.")
    return member


def set_back(member: Member, event: Event, *, by: Someone, now: datetime) -> None:
    """The opposite of what happened, in the caller's transaction; nothing where it is so already."""
    kind, on_roster = undo_rules.kind(event), member.removed_at is None
    if kind == "changed":
        change_back(member, event, by=by, now=now)
    elif kind == "came" and on_roster:
        if not undo_rules.is_as_it_came(event, member):
            raise refusal(f"{member.called} was changed since, and stays. Remove the row itself.")
        take_off(member, undo_rules.undoing(event, member.called), by=by, now=now, undoes=event)
    elif kind == "left" and not on_roster:
        put_back(member, undo_rules.undoing(event, member.called), by=by, now=now, undoes=event)


def change_back(member: Member, event: Event, *, by: Someone, now: datetime) -> None:
    if member.removed_at:
        raise refusal(f"{member.called} was removed meanwhile. Undo that first.")
    was, became, is_now = Row(**event.before or {}), Row(**event.after or {}), row_of(member)
    merged = merge(became, was, is_now)
    if merged.clashing:
        raise Refused(*(clash(member, field) for field in merged.clashing))
    what = undo_rules.undoing(event, member.called)
    change(member, merged.row, by=by, now=now, what=what, undoes=event)


def clash(member: Member, field: str) -> Problem:
    """What stands in the way of an undo: the field that somebody changed since, as it is now."""
    label, is_now = LABELS[field], shown(field, getattr(member, field))
    text = f"The {label} of {member.called} was changed again since, and is now {is_now}."
    return Problem(Kind.BLOCKER, text, field)
