"""Undoing what the timeline says of a member, within ten minutes, by either lead."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cdef.kernel import audit
from cdef.kernel.access import Someone
from cdef.kernel.audit import Event
from cdef.kernel.db import transaction
from cdef.kernel.problems import Kind, Problem, Refused, refusal
from cdef.kernel.words import plural
from cdef.teams import undo_rules
from cdef.teams.addition_actions import person
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from cdef.teams.roster_actions import (
    change,
    changed,
    check_editable,
    put_back,
    rewrite,
    row_of,
    take_off,
)
from cdef.teams.row_rules import FIELDS, LABELS, Row, merge, shown
from cdef.teams.undo_rules import Part

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
        is_list = undo_rules.is_list(event)
        member = None if is_list else member_in(team, event)
        if not undo_rules.is_recent(event, now):
            raise refusal(TOO_LATE)
        if member is None:
            set_list_back(team, event, by=by, now=now)
        else:
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
        if not undo_rules.is_as_it_came(event.after or {}, member):
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


def set_list_back(team: Team, event: Event, *, by: Someone, now: datetime) -> None:
    """Set everybody of a list back who is as the list left them, in one change; the others stay."""
    rows = {row.subject: row for row in team.rows}
    was, became, stay = [], [], 0
    for part in undo_rules.parts(event):
        member = rows[part.subject]
        before = None if member.removed_at else person(member)
        if put_part_back(member, part, now=now):
            was.append(before)
            became.append(None if member.removed_at else person(member))
        else:
            stay += 1
    if not was:
        raise refusal("Nobody of this list is as it left them. Change the rows themselves.")
    what = undo_rules.undoing(event, "")
    what += f", except for {plural(stay, 'person', 'people')} who changed since" if stay else ""
    values = {"before": people(was), "after": people(became), "subject": event.subject}
    changed(team, what, by=by, now=now, undoes=event, **values)


def put_part_back(member: Member, part: Part, *, now: datetime) -> bool:
    """The opposite of what a list did to one row; False where somebody changed it since."""
    if not undo_rules.would_change(part, member):
        return False
    if part.before is None:
        member.removed_at = now
        return True
    wanted = row_from(part.before)
    if part.after:
        merged = merge(row_from(part.after), wanted, row_of(member))
        if merged.clashing:
            return False
        wanted = merged.row
    if any(each.email == wanted.email != "" for each in member.team.members if each is not member):
        return False
    if part.after:
        rewrite(member, wanted)
    member.removed_at = None
    return True


def row_from(fields: Mapping[str, Any]) -> Row:
    return Row(**{field: fields[field] for field in FIELDS})


def people(found: list[dict[str, str] | None]) -> dict[str, Any] | None:
    """As the timeline keeps them; None where nobody is left."""
    there = [each for each in found if each]
    return {"people": there} if there else None


def clash(member: Member, field: str) -> Problem:
    """What stands in the way of an undo: the field that somebody changed since, as it is now."""
    label, is_now = LABELS[field], shown(field, getattr(member, field))
    text = f"The {label} of {member.called} was changed again since, and is now {is_now}."
    return Problem(Kind.BLOCKER, text, field)
