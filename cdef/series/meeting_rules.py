"""A meeting as it is published or drafted, in plain values, and what differs between the two."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from typing import Any, NamedTuple

from cdef.kernel.words import dates, hours
from cdef.series.place_rules import Place, place_from, place_of, stored_place


class Named(NamedTuple):
    name: str


class DayShown(NamedTuple):
    number: int
    date: date


@dataclass(frozen=True)
class Part:
    """The training session that a meeting holds."""

    number: int
    title: str
    days: int

    @property
    def name(self) -> str:
        return f"Session {self.number}"


@dataclass(frozen=True)
class Shown:
    """When and where a meeting is held, as people read it; two of the same look are equal."""

    is_held: bool = True
    dates: tuple[date, ...] = ()
    hint: str = ""
    starts: time | None = None
    ends: time | None = None
    venue: Place | None = None

    @property
    def when(self) -> str:
        if not self.is_held:
            return "Not held"
        return dates(self.dates) + (f" ({self.hint})" if self.hint and not self.dates else "")

    @property
    def hours(self) -> str:
        return hours(self.starts, self.ends)

    @property
    def where(self) -> str:
        return self.venue.one_line if self.venue else "Venue to follow"


NOT_HELD = Shown(is_held=False)


@dataclass(frozen=True)
class Dated:
    """A meeting as calendars and letters read it, whether it is published yet or not."""

    id: int
    sequence: int
    changed_at: datetime
    cohort: Named
    training_session: Part
    shown: Shown

    @property
    def days(self) -> list[DayShown]:
        return [DayShown(number, day) for number, day in enumerate(self.shown.dates, start=1)]

    @property
    def dates(self) -> list[date]:
        return list(self.shown.dates)

    @property
    def starts(self) -> time | None:
        return self.shown.starts

    @property
    def ends(self) -> time | None:
        return self.shown.ends

    @property
    def hint(self) -> str:
        return self.shown.hint

    @property
    def venue(self) -> Place | None:
        return self.shown.venue


@dataclass(frozen=True)
class CohortShown:
    """A cohort as letters read it, whether its meetings are published yet or not."""

    name: str
    meetings: tuple[Dated, ...]

    @property
    def shared_venue(self) -> Place | None:
        found = {meeting.venue for meeting in self.meetings}
        return self.meetings[0].venue if len(found) == 1 else None


@dataclass(frozen=True)
class Change:
    """One meeting as it was and as it will be; ``sequence`` is what its calendar entries get."""

    meeting_id: int
    cohort_id: int
    cohort: str
    part: Part
    sequence: int
    before: Shown = field(default=NOT_HELD)
    after: Shown = field(default=NOT_HELD)

    @property
    def name(self) -> str:
        return self.part.name

    @property
    def moves(self) -> bool:
        """Whether days or hours change, and not only the venue."""
        return (self.before.dates, self.before.starts, self.before.ends) != (
            self.after.dates,
            self.after.starts,
            self.after.ends,
        )

    @property
    def moves_place(self) -> bool:
        return self.before.venue != self.after.venue

    def dated(self, shown: Shown, *, now: datetime) -> Dated:
        cohort = Named(self.cohort)
        return Dated(self.meeting_id, self.sequence, now, cohort, self.part, shown)


def part_of(training_session: Any) -> Part:
    return Part(training_session.number, training_session.title, training_session.days)


def shown_of(meeting: Any) -> Shown:
    """What is published of a meeting; NOT_HELD for none, or for one that was taken away."""
    if meeting is None or not meeting.is_held:
        return NOT_HELD
    return look(meeting.dates, meeting.hint, meeting.starts, meeting.ends, place_of(meeting.venue))


def look(
    days: Any, hint: str, starts: time | None, ends: time | None, venue: Place | None
) -> Shown:
    """A hint is shown while there are no days."""
    return Shown(True, tuple(days), "" if days else hint, starts, ends, venue)


def stored(shown: Shown) -> dict[str, Any]:
    """As JSON keeps it."""
    return {
        "held": shown.is_held,
        "days": [day.isoformat() for day in shown.dates],
        "hint": shown.hint,
        "starts": shown.starts and shown.starts.isoformat("minutes"),
        "ends": shown.ends and shown.ends.isoformat("minutes"),
        "venue": stored_place(shown.venue),
    }


def shown_from(kept: Mapping[str, Any]) -> Shown:
    return Shown(
        is_held=kept["held"],
        dates=tuple(date.fromisoformat(day) for day in kept["days"]),
        hint=kept["hint"],
        starts=hour_from(kept["starts"]),
        ends=hour_from(kept["ends"]),
        venue=place_from(kept["venue"]),
    )


def hour_from(kept: str | None) -> time | None:
    return time.fromisoformat(kept) if kept else None


def stored_change(change: Change) -> dict[str, Any]:
    kept = {"before": stored(change.before), "after": stored(change.after)}
    named = ("meeting_id", "cohort_id", "cohort", "sequence")
    return {name: getattr(change, name) for name in named} | {"part": asdict(change.part)} | kept


def change_from(kept: Mapping[str, Any]) -> Change:
    return Change(
        kept["meeting_id"],
        kept["cohort_id"],
        kept["cohort"],
        Part(**kept["part"]),
        kept["sequence"],
        shown_from(kept["before"]),
        shown_from(kept["after"]),
    )
