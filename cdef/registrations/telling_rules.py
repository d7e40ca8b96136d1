"""Whom a publication concerns, and what each of them is told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from cdef.kernel.words import listing
from cdef.series.meeting_rules import Change, CohortShown, Shown

DATES, SUMMARY, CONFIRMATION, APPROVED = (
    "dates_changed",
    "dates_summary",
    "confirmation",
    "approved",
)
CHANGES = (DATES, SUMMARY)  # The letters that a publication writes of its own.


@dataclass(frozen=True)
class Seat:
    """Somebody's place in an approved team, or the team that they lead without being on it."""

    team_id: int
    about: str
    team: str
    member_id: int  # 0: leads the team, and is not on it.
    turn: int
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Telling:
    """One letter to be written: to whom, of which kind, about which of their seats."""

    kind: str
    cohort_id: int
    email: str
    name: str
    seats: tuple[Seat, ...]

    @property
    def about(self) -> str:
        """The team, if it is one; what happens to one of several teams overtakes no letter of all."""
        return self.seats[0].about if len(self.seats) == 1 else f"cohort:{self.cohort_id}"

    @property
    def changes(self) -> list[Change]:
        """Each change once, however many seats it concerns."""
        found = {change.meeting_id: change for seat in self.seats for change in seat.changes}
        return sorted(found.values(), key=lambda change: change.part.number)


@dataclass
class Untold:
    """What letters would have said that have not been handed over: how each meeting was before."""

    before: dict[int, Shown] = field(default_factory=dict)
    letters: list[int] = field(default_factory=list)
    may_arrive: bool = False  # One of them is on its way at this moment.


@dataclass(frozen=True)
class Reader:
    """Somebody with a seat, as the database has them; a lead may be named on the roster as well."""

    email: str
    name: str
    cohort_id: int
    seat: Seat
    is_named: bool = True


@dataclass(frozen=True)
class Waiting:
    """A letter that brings all dates itself, and has not been handed over."""

    letter_id: int
    is_leaving: bool


def tellings(
    readers: Iterable[Reader],
    changes: Mapping[int, Change],
    standing: Mapping[int, Change],
    untold: Mapping[tuple[int, str], Untold],
    waiting: Mapping[tuple[str, str, str], Waiting],
) -> list[Telling]:
    """One letter for each person of a cohort; ``changes`` and ``standing`` are by meeting.

    ``waiting`` are confirmations and approvals, by kind, team and address: such a letter is written
    anew, and its reader is told nothing besides.
    """
    grouped: dict[tuple[str, int, str], list[Reader]] = {}
    for reader in readers:
        anew = waiting.get((anew_of(reader), reader.seat.about, reader.email))
        kind = anew_of(reader) if anew else DATES if reader.seat.member_id else SUMMARY
        known = untold.get((reader.seat.team_id, reader.email))
        told = told_to(reader.cohort_id, changes, standing, known)
        if anew is None and (not told or (kind == SUMMARY and reader.is_named)):
            continue
        shown = () if anew and not anew.is_leaving else told
        one = replace(reader, seat=replace(reader.seat, changes=shown))
        grouped.setdefault((kind, reader.cohort_id, reader.email), []).append(one)
    return [telling_of(*key, found) for key, found in grouped.items() if not is_told(key, grouped)]


def anew_of(reader: Reader) -> str:
    return CONFIRMATION if reader.seat.member_id else APPROVED


def is_told(key: tuple[str, int, str], grouped: Mapping[tuple[str, int, str], object]) -> bool:
    """Whoever hears of the dates as a member needs no summary of them besides."""
    kind, cohort_id, email = key
    return kind == SUMMARY and (DATES, cohort_id, email) in grouped


def telling_of(kind: str, cohort_id: int, email: str, found: list[Reader]) -> Telling:
    seats = tuple(reader.seat for reader in found)
    return Telling(kind, cohort_id, email, found[0].name, seats)


def told_to(
    cohort_id: int,
    changes: Mapping[int, Change],
    standing: Mapping[int, Change],
    untold: Untold | None,
) -> tuple[Change, ...]:
    """What somebody does not know yet, from what they were last told to what holds now."""
    befores = untold.before if untold else {}
    found = []
    for meeting_id, now in merged(standing, changes):
        if now.cohort_id != cohort_id or (meeting_id not in changes and meeting_id not in befores):
            continue
        before = befores.get(meeting_id, now.before)
        may_differ = untold is not None and untold.may_arrive and meeting_id in befores
        if before != now.after or may_differ:
            found.append(replace(now, before=before))
    return tuple(sorted(found, key=lambda change: change.part.number))


def merged(
    standing: Mapping[int, Change], changes: Mapping[int, Change]
) -> Iterator[tuple[int, Change]]:
    """Every meeting, as it will be."""
    yield from (dict(standing) | dict(changes)).items()


def cohorts_shown(
    standing: Mapping[int, Change], changes: Mapping[int, Change], *, now: datetime
) -> dict[int, CohortShown]:
    """The cohorts as they will be once everything is public."""
    found: dict[int, list[Change]] = {}
    for _, change in merged(standing, changes):
        found.setdefault(change.cohort_id, []).append(change)
    return {
        cohort_id: CohortShown(
            held[0].cohort,
            tuple(
                change.dated(change.after, now=now)
                for change in sorted(held, key=lambda change: change.part.number)
                if change.after.is_held
            ),
        )
        for cohort_id, held in found.items()
    }


def headline(changes: Iterable[Change]) -> str:
    """What is new, in two words: "New dates", "New venue", "New dates and venue"."""
    listed = list(changes)
    moves = any(change.moves for change in listed)
    places = any(change.moves_place and change.after.is_held for change in listed)
    parts = ["dates"] * moves + ["venue"] * places
    return f"New {listing(parts)}" if parts else "News"
