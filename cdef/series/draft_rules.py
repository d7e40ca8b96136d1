"""What staff draft for a cohort's meetings: whether it can be, and what it would change."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from cdef.kernel.problems import Problem, blocker
from cdef.kernel.words import dates, plural
from cdef.series.meeting_rules import (
    NOT_HELD,
    Change,
    Shown,
    hour_from,
    look,
    part_of,
    shown_of,
    stored_change,
)
from cdef.series.place_rules import Place, place_from

# A draft, as JSON: by training session when and where its meeting is to be held, and by venue what
# is to be said of it.
EMPTY: dict[str, Any] = {"meetings": {}, "venues": {}}
MOST_DAYS = 6
PAST = "past_is_meant"


@dataclass(frozen=True)
class Entry:
    """What a form says of one meeting; a venue is an id here."""

    days: tuple[date | None, ...]
    hint: str = ""
    starts: time | None = None
    ends: time | None = None
    venue_id: int | None = None
    reason: str = ""

    @property
    def dates(self) -> list[date]:
        return [day for day in self.days if day]


def stored_entry(entry: Entry) -> dict[str, Any]:
    return {
        "held": True,
        "days": [day.isoformat() for day in entry.dates],
        "hint": entry.hint,
        "starts": entry.starts and entry.starts.isoformat("minutes"),
        "ends": entry.ends and entry.ends.isoformat("minutes"),
        "venue": entry.venue_id,
        "reason": entry.reason,
    }


TAKEN_AWAY = {"held": False, "days": [], "hint": "", "starts": None, "ends": None, "venue": None}


def entry_problems(
    entry: Entry, wanted: int, published: Sequence[date], today: date, *, past_is_meant: bool
) -> list[Problem]:
    """What is wrong with a meeting's days and hours; ``wanted`` is how many days the session takes."""
    found = list(order_problems(entry.days))
    count = len(entry.dates)
    if count and count != wanted and not entry.reason:
        takes = plural(wanted, "day")
        said = f"The session takes {takes}, and this is {plural(count, 'day')}: please say why."
        found.append(blocker(said, "reason"))
    if entry.starts and entry.ends and entry.ends <= entry.starts:
        found.append(blocker("A meeting ends after it starts.", "ends"))
    past = [day for day in entry.dates if day < today and day not in published]
    if past and not past_is_meant:
        found.append(blocker(f"{dates(past)} is past. Is that meant?", PAST))
    return found


def order_problems(days: Sequence[date | None]) -> Iterator[Problem]:
    """Each day comes after the one before it."""
    newest: date | None = None
    for number, day in enumerate(days, start=1):
        if day and newest and day == newest:
            yield blocker("This day stands here twice.", f"day_{number}")
        elif day and newest and day < newest:
            yield blocker("The days come one after the other.", f"day_{number}")
        newest = day or newest


def drafted(kept: Mapping[str, Any], venues: Mapping[int, Place]) -> Shown:
    """A meeting as a draft has it."""
    if not kept["held"]:
        return NOT_HELD
    return look(
        [date.fromisoformat(day) for day in kept["days"]],
        kept["hint"],
        hour_from(kept["starts"]),
        hour_from(kept["ends"]),
        venues.get(kept["venue"] or 0),
    )


def edited(places: Mapping[int, Place], content: Mapping[str, Any]) -> dict[int, Place]:
    """All venues, with what a draft says of some of them."""
    return dict(places) | {
        int(key): place
        for key, kept in content["venues"].items()
        if (place := place_from(kept)) is not None
    }


def plan(
    cohort: Any, cohorts: Sequence[Any], places: Mapping[int, Place], content: Any
) -> list[Change]:
    """Every meeting that a cohort's draft would change, also in others that share a venue with it."""
    venues = edited(places, content)
    found = []
    for other in [cohort, *(each for each in cohorts if each.id != cohort.id)]:
        for meeting in other.known_meetings:
            kept = content["meetings"].get(str(meeting.training_session_id))
            before = shown_of(meeting)
            is_own = other.id == cohort.id and kept is not None
            after = drafted(kept, venues) if is_own else with_venue(meeting, before, venues)
            if before != after:
                found.append(change_of(meeting, other, before, after))
    return found


def with_venue(meeting: Any, shown: Shown, venues: Mapping[int, Place]) -> Shown:
    """A meeting as it is, at its venue as that is to be."""
    if not shown.is_held or shown.venue is None:
        return shown
    venue = venues[meeting.venue_id]
    return look(shown.dates, shown.hint, shown.starts, shown.ends, venue)


def change_of(meeting: Any, cohort: Any, before: Shown, after: Shown) -> Change:
    part = part_of(meeting.training_session)
    return Change(meeting.id, cohort.id, cohort.name, part, meeting.sequence + 1, before, after)


def plan_problems(cohort: Any, changes: Sequence[Change]) -> list[Problem]:
    """What stops a publication: one day in two meetings of the cohort."""
    after = {change.meeting_id: change.after for change in changes}
    seen: dict[date, str] = {}
    found = []
    for meeting in cohort.known_meetings:
        for day in after.get(meeting.id, shown_of(meeting)).dates:
            name = meeting.training_session.name
            if day in seen:
                found.append(blocker(f"{dates([day])} stands in {seen[day]} and in {name}."))
            seen[day] = name
    return found


def mark(changes: Sequence[Change]) -> str:
    """A short word for what a publication would change; another word once that is another."""
    return hashlib.sha256(repr([stored_change(each) for each in changes]).encode()).hexdigest()[:16]
