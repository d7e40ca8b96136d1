"""Drafting when and where a cohort meets, and making a draft public."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

from sqlalchemy import select

from cdef.kernel import audit
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.problems import Problem, Refused, blocker
from cdef.series.draft_models import Draft, Publication, content_of, draft_of, newest_draft
from cdef.series.draft_rules import EMPTY, TAKEN_AWAY, Entry, drafted, edited, stored_entry
from cdef.series.meeting_rules import Change, shown_of, stored_change
from cdef.series.models import Cohort, Meeting, MeetingDay, TrainingSession, Venue
from cdef.series.place_rules import PLACE_FIELDS, Place, place_of, stored_place

MEANWHILE = (
    "Somebody has changed this draft since you opened the page. Theirs is shown below; yours is in"
    " the form. Save again, and yours takes its place."
)


class Overtaken(Refused):
    """Somebody else has changed the same part of a draft since the page was opened."""

    def __init__(self, draft: Draft | None) -> None:
        super().__init__(Problem(blocker("").kind, MEANWHILE))
        self.draft = draft


def draft_meeting(
    cohort: Cohort,
    part: TrainingSession,
    entry: Entry,
    place: Place | None,
    *,
    seen: int,
    by: Someone,
    now: datetime,
) -> None:
    """Draft one meeting, at a ``place`` that is new or at the venue that its entry names.

    ``seen`` is the draft that the form was made from. ``Overtaken`` when another has come since that
    says otherwise of this meeting.
    """
    with transaction(cohort):
        key = str(part.id)
        content = fresh(cohort, "meetings", key, seen)
        kept = stored_entry(entry)
        if place:
            kept["venue"] = new_venue(place).id
        known = meeting_of(cohort, part, now=now)
        venues = edited(all_places(), content)
        if drafted(kept, venues) == shown_of(known) and not kept["reason"]:
            content["meetings"].pop(key, None)  # As it is published: nothing of a draft.
        else:
            content["meetings"][key] = kept
        keep(cohort, content, f"drafted {part.name}", by=by, now=now)


def take_meeting_away(
    cohort: Cohort, part: TrainingSession, *, seen: int, by: Someone, now: datetime
) -> None:
    """Draft that a session is not held in this cohort."""
    with transaction(cohort):
        key = str(part.id)
        content = fresh(cohort, "meetings", key, seen)
        if shown_of(meeting_of(cohort, part, now=now)).is_held:
            content["meetings"][key] = dict(TAKEN_AWAY)
        else:
            content["meetings"].pop(key, None)
        keep(cohort, content, f"drafted that {part.name} is not held", by=by, now=now)


def drop(cohort: Cohort, kind: str, key: int, *, seen: int, by: Someone, now: datetime) -> None:
    """Let one meeting or venue stay as it is published."""
    with transaction(cohort):
        content = fresh(cohort, kind, str(key), seen)
        content[kind].pop(str(key), None)
        keep(cohort, content, "dropped a part of the draft", by=by, now=now)


def draft_venue(
    cohort: Cohort, venue: Venue, place: Place, *, seen: int, by: Someone, now: datetime
) -> None:
    """Draft what is said of a venue, wherever it is used."""
    with transaction(cohort):
        content = fresh(cohort, "venues", str(venue.id), seen)
        if place == place_of(venue):
            content["venues"].pop(str(venue.id), None)
        else:
            content["venues"][str(venue.id)] = stored_place(place)
        keep(cohort, content, f"drafted the venue {place.name}", by=by, now=now)


def fresh(cohort: Cohort, kind: str, key: str, seen: int) -> dict[str, Any]:
    """The newest draft, to be changed; refused if somebody else has changed this part of it."""
    newest = newest_draft(cohort)
    known = draft_of(cohort, seen) if seen else None
    if content_of(newest)[kind].get(key) != content_of(known)[kind].get(key):
        raise Overtaken(newest)
    return deepcopy(content_of(newest))


def keep(cohort: Cohort, content: dict[str, Any], what: str, *, by: Someone, now: datetime) -> None:
    """The draft as it is from now on, with a line on the timeline; nothing where it says the same."""
    before = content_of(newest_draft(cohort))
    if content == before:
        return
    db.session.add(Draft(cohort_id=cohort.id, content=content, by_id=by.id, at=now))
    changed = [
        (kind, key)
        for kind in EMPTY
        for key in {*before[kind], *content[kind]}
        if before[kind].get(key) != content[kind].get(key)
    ]
    audit.record(
        f"cohort:{cohort.id}",
        what,
        by=by,
        now=now,
        before={f"{kind} {key}": before[kind].get(key) for kind, key in changed},
        after={f"{kind} {key}": content[kind].get(key) for kind, key in changed},
    )


def new_venue(place: Place) -> Venue:
    venue = Venue(**{name: getattr(place, name) for name in PLACE_FIELDS})
    db.session.add(venue)
    db.session.flush()
    return venue


def all_places() -> dict[int, Place]:
    return {
        each.id: found for each in db.session.scalars(select(Venue)) if (found := place_of(each))
    }


def meeting_of(cohort: Cohort, part: TrainingSession, *, now: datetime) -> Meeting:
    """The cohort's meeting of a session; one that was never held is made, and not public."""
    for meeting in cohort.known_meetings:
        if meeting.training_session_id == part.id:
            return meeting
    meeting = Meeting(
        cohort_id=cohort.id,
        training_session_id=part.id,
        number=part.number,
        is_held=False,
        changed_at=now,
    )
    db.session.add(meeting)
    db.session.flush()
    db.session.expire(cohort, ["known_meetings"])
    return meeting


def make_public(
    cohort: Cohort, draft: Draft, changes: Sequence[Change], *, by: Someone, now: datetime
) -> Publication:
    """Carry a draft out, in the caller's transaction: public pages and calendars show it from now on."""
    edit_venues(draft.content["venues"])
    for change in changes:
        meeting = db.session.get_one(Meeting, change.meeting_id)
        kept = draft.content["meetings"].get(str(meeting.training_session_id))
        if change.cohort_id == cohort.id and kept is not None:
            move_meeting(meeting, change, kept)
        meeting.sequence, meeting.changed_at = change.sequence, now
    changed = [stored_change(change) for change in changes]
    publication = Publication(
        cohort_id=cohort.id, draft_id=draft.id, changed=changed, by_id=by.id, at=now
    )
    db.session.add(publication)
    db.session.add(Draft(cohort_id=cohort.id, content=deepcopy(EMPTY), by_id=by.id, at=now))
    db.session.flush()
    db.session.expire_all()
    tell_timeline(changes, by=by, now=now)
    return publication


def move_meeting(meeting: Meeting, change: Change, kept: dict[str, Any]) -> None:
    after = change.after
    meeting.is_held, meeting.hint = after.is_held, kept["hint"]
    meeting.starts, meeting.ends, meeting.venue_id = after.starts, after.ends, kept["venue"]
    for day, moved_to in zip(meeting.days, after.dates, strict=False):
        day.date = moved_to
    for number in range(len(meeting.days) + 1, len(after.dates) + 1):
        meeting.days.append(MeetingDay(number=number, date=after.dates[number - 1]))
    del meeting.days[len(after.dates) :]


def edit_venues(kept: dict[str, dict[str, str]]) -> None:
    for key, fields in kept.items():
        venue = db.session.get_one(Venue, int(key))
        for name in PLACE_FIELDS:
            setattr(venue, name, fields[name])


def tell_timeline(changes: Sequence[Change], *, by: Someone, now: datetime) -> None:
    """A line for each cohort that is concerned."""
    for cohort_id in sorted({change.cohort_id for change in changes}):
        own = [change for change in changes if change.cohort_id == cohort_id]
        kept = {change.name: stored_change(change) for change in own}
        audit.record(
            f"cohort:{cohort_id}",
            "published dates and venues",
            by=by,
            now=now,
            before={name: each["before"] for name, each in kept.items()},
            after={name: each["after"] for name, each in kept.items()},
        )
