"""What of the timeline can be undone, and how its lines say what was changed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from cdef.teams.row_rules import FIELDS, LABELS, shown

UNDO_LASTS = timedelta(minutes=10)
DOING = {"came": "adding", "changed": "changing", "left": "removing"}


@dataclass(frozen=True)
class Line:
    """One line of the timeline: the event, what it changed in words, and whether to offer undo."""

    event: Any
    changes: str
    is_undone: bool
    can_undo: bool


@dataclass(frozen=True)
class Part:
    """One row that an event is about, by how the timeline names it."""

    subject: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def kind(event: Any) -> str:
    """Whether somebody came onto the roster, left it or was changed on it; "" for all else."""
    if event.subject is None or not (event.before or event.after) or is_list(event):
        return ""
    if event.before and event.after:
        return "changed"
    return "came" if event.after else "left"


def is_recent(event: Any, now: datetime) -> bool:
    return bool(now - event.at < UNDO_LASTS)


def lines(
    events: Sequence[Any],
    rows: Sequence[Any],
    *,
    now: datetime,
    may_edit: bool,
    only: Collection[int] | None = None,
) -> list[Line]:
    """The timeline, newest first; whatever undid an event of it is on it as well.

    An event is undone once: one that is in force again is set back by the newest line about it.
    ``only`` are the ids of the events whose lines are wanted.
    """
    touched = {event.undoes_id for event in events if event.undoes_id}
    undone = undone_ids(events)
    known = {row.subject: row for row in rows} if may_edit else {}
    return [
        Line(
            event,
            changes(event),
            event.id in undone,
            event.id not in touched and can_undo(event, known, now),
        )
        for event in events
        if only is None or event.id in only
    ]


def affected(events: Sequence[Any], row: Any, *, now: datetime) -> list[Line]:
    """The newest line, which changed a row, and those whose undo it makes possible or pointless."""
    newest, *older = [event for event in events if event.subject == row.subject]
    was = {row.subject: SimpleNamespace(removed_at=None, **newest.before)}
    turned = {
        event.id
        for event in older
        if can_undo(event, was, now) != can_undo(event, {row.subject: row}, now)
    }
    return lines(events, [row], now=now, may_edit=True, only=turned | {newest.id})


def undone_ids(events: Sequence[Any]) -> set[int]:
    """The events that are not in force, as what undid them is: newest first, so judged in order."""
    undone: set[int] = set()
    for event in events:
        if event.undoes_id and event.id not in undone:
            undone.add(event.undoes_id)
    return undone


def parts(event: Any) -> list[Part]:
    """The rows that an event is about, each as it was and as it became; None where it was not there."""
    before, after = event.before or {}, event.after or {}
    if not is_list(event):
        return [Part(event.subject or "", event.before, event.after)]
    was = {person["subject"]: person for person in before.get("people", [])}
    became = {person["subject"]: person for person in after.get("people", [])}
    return [Part(subject, was.get(subject), became.get(subject)) for subject in was | became]


def is_list(event: Any) -> bool:
    return "people" in (event.before or {}) or "people" in (event.after or {})


def can_undo(event: Any, rows: Mapping[str, Any], now: datetime) -> bool:
    """Whether an undo would change something now."""
    return is_recent(event, now) and any(
        would_change(part, rows.get(part.subject)) for part in parts(event)
    )


def would_change(part: Part, row: Any) -> bool:
    """Whether setting a row back would change it; whoever came is taken off only as they came."""
    before, after = part.before, part.after
    if row is None or not (before or after):
        return False
    if after is None:
        return row.removed_at is not None
    if row.removed_at is not None:
        return False
    return differs(before, after, row) if before else is_as_it_came(after, row)


def is_as_it_came(came: Mapping[str, Any], row: Any) -> bool:
    """Whether nobody has written on a row since it came, so that taking it off loses nothing."""
    return all(getattr(row, field) == came[field] for field in FIELDS)


def differs(before: Mapping[str, Any], after: Mapping[str, Any], row: Any) -> bool:
    """Whether a field that was changed still says something else than before it."""
    return any(
        before[field] != after[field] and getattr(row, field) != before[field] for field in FIELDS
    )


def changed_fields(event: Any) -> list[str]:
    if kind(event) != "changed":
        return []
    return [field for field in FIELDS if event.before[field] != event.after[field]]


def changes(event: Any) -> str:
    """What a change changed: "e-mail from a@example.org to b@example.org"."""
    return "; ".join(
        change(field, event.before[field], event.after[field]) for field in changed_fields(event)
    )


def change(field: str, before: str, after: str) -> str:
    was, is_now = shown(field, before), shown(field, after)
    if not before:
        return f"{LABELS[field]} is now {is_now}"
    if not after:
        return f"{LABELS[field]} is no longer {was}"
    return f"{LABELS[field]} from {was} to {is_now}"


def undoing(event: Any, name: str) -> str:
    """What the timeline says of an undo: "undid removing Jo Lee", and of undoing that, "redid …".

    Of a list: "undid “added 12 people from a list”".
    """
    for said, opposite in (("undid ", "redid "), ("redid ", "undid ")):
        if event.what.startswith(said):
            return opposite + str(event.what).removeprefix(said)
    if is_list(event):
        return f"undid “{event.what}”"
    if event.undoes_id:  # Put back by the notice above the roster.
        return f"redid removing {name}"
    return f"undid {DOING[kind(event)]} {name}"
