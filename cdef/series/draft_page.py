"""What the pages show on which staff draft when and where a cohort meets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cdef.series.draft_forms import MeetingForm, VenueForm, meeting_form
from cdef.series.draft_models import (
    Draft,
    content_of,
    desk_of,
    meetings_at,
    newest_draft,
    places,
    venues,
    with_meetings,
)
from cdef.series.draft_rules import TAKEN_AWAY, drafted, edited
from cdef.series.meeting_rules import Shown, hour_from, shown_of
from cdef.series.models import Cohort, Meeting, TrainingSession, Venue
from cdef.series.place_rules import PLACE_FIELDS, Place, place_of


@dataclass(frozen=True)
class Line:
    """One session of the series in a cohort: as published, and as drafted if that differs."""

    part: TrainingSession
    published: Shown
    drafted: Shown
    reason: str

    @property
    def differs(self) -> bool:
        return self.published != self.drafted


@dataclass(frozen=True)
class VenueLine:
    """A venue with its draft, and the meetings that are held there."""

    venue: Venue
    drafted: Place | None
    used_by: list[str]


def meetings_words(cohort: Cohort) -> dict[str, Any]:
    draft, there = newest_draft(cohort), venues()
    return {
        "cohort": cohort,
        "base": desk_of(cohort),
        "draft": draft,
        "lines": list(lines(cohort, content_of(draft), there)),
        "venue_lines": list(venue_lines(cohort, content_of(draft), there)),
    }


def lines(cohort: Cohort, content: dict[str, Any], there: Sequence[Venue]) -> Iterator[Line]:
    found = edited(places(there), content)
    with_meetings({cohort.id})  # Read with their days and venues at once.
    known = {meeting.training_session_id: meeting for meeting in cohort.known_meetings}
    for part in cohort.series.training_sessions:
        published = shown_of(known.get(part.id))
        kept = content["meetings"].get(str(part.id))
        after = drafted(kept, found) if kept else published
        yield Line(part, published, after, (kept or {}).get("reason", ""))


def venue_lines(
    cohort: Cohort, content: dict[str, Any], there: Sequence[Venue]
) -> Iterator[VenueLine]:
    """The venues of a cohort, published or drafted."""
    wanted = {meeting.venue_id for meeting in cohort.known_meetings if meeting.is_held}
    wanted |= {kept["venue"] for kept in content["meetings"].values()}
    wanted |= {int(key) for key in content["venues"]}
    used = meetings_at([number for number in wanted if number])
    for venue in there:
        if venue.id in wanted:
            yield venue_line(venue, content, used)


def venue_line(venue: Venue, content: dict[str, Any], used: list[Meeting]) -> VenueLine:
    kept = content["venues"].get(str(venue.id))
    used_by = [
        f"{meeting.cohort.name}, {meeting.training_session.name}"
        for meeting in used
        if meeting.venue_id == venue.id
    ]
    return VenueLine(venue, edited({}, content).get(venue.id) if kept else None, used_by)


def meeting_page_words(
    cohort: Cohort, part: TrainingSession, form: MeetingForm | None = None
) -> dict[str, Any]:
    draft = newest_draft(cohort)
    of_all = lines(cohort, content_of(draft), venues())
    line = next(line for line in of_all if line.part.id == part.id)
    return {
        "cohort": cohort,
        "base": desk_of(cohort),
        "part": part,
        "line": line,
        "draft": draft,
        "form": form or filled_form(cohort, part, draft),
    }


def filled_form(cohort: Cohort, part: TrainingSession, draft: Draft | None) -> MeetingForm:
    """The form as the draft has it, or else as it is published."""
    drafted = content_of(draft)["meetings"].get(str(part.id))
    kept = drafted or as_published(cohort, part)
    days = {f"day_{number}": day for number, day in enumerate(days_of(kept), start=1)}
    fields: dict[str, Any] = {
        "seen": draft.id if draft else 0,
        "hint": kept["hint"],
        "reason": kept.get("reason", ""),
    }
    fields |= {name: hour_from(kept[name]) for name in ("starts", "ends")}
    fields |= {"venue": str(kept["venue"] or ""), "formdata": None}
    return empty_form(cohort, part, draft, **days, **fields)


def empty_form(
    cohort: Cohort, part: TrainingSession, draft: Draft | None, **fields: Any
) -> MeetingForm:
    """The form with as many days as it may have to show, and the venues to choose from."""
    kept = content_of(draft)["meetings"].get(str(part.id)) or {}
    shown = max(len(kept.get("days", [])), len(as_published(cohort, part)["days"]))
    choices = [(venue.id, venue.one_line) for venue in venues()]
    return meeting_form(part.days, shown, choices, **fields)


def days_of(kept: dict[str, Any]) -> list[date]:
    return [date.fromisoformat(day) for day in kept["days"]]


def as_published(cohort: Cohort, part: TrainingSession) -> dict[str, Any]:
    for meeting in cohort.known_meetings:
        if meeting.is_held and meeting.training_session_id == part.id:
            return {
                "days": [day.isoformat() for day in meeting.dates],
                "hint": meeting.hint,
                "starts": meeting.starts and meeting.starts.isoformat("minutes"),
                "ends": meeting.ends and meeting.ends.isoformat("minutes"),
                "venue": meeting.venue_id,
            }
    return dict(TAKEN_AWAY)


def venue_page_words(cohort: Cohort, venue: Venue, form: VenueForm | None = None) -> dict[str, Any]:
    draft = newest_draft(cohort)
    line = venue_line(venue, content_of(draft), meetings_at([venue.id]))
    fields = {name: getattr(line.drafted or place_of(venue), name) for name in PLACE_FIELDS}
    if form is None:
        form = VenueForm(formdata=None, seen=draft.id if draft else 0, **fields)
    return {
        "cohort": cohort,
        "base": desk_of(cohort),
        "venue": venue,
        "line": line,
        "draft": draft,
        "form": form,
    }
