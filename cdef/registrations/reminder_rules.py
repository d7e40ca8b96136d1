"""When reminders of a meeting fall due, and when a lead is asked about a roster that rests."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from cdef.kernel.problems import Kind, Problem
from cdef.kernel.words import ZONE, local
from cdef.teams.rules import problems, waiting_side

MORNING = time(9)  # Reminders fall due then, local wall time in California.
MOST_DAYS = 60  # before a meeting
OFFICE = (time(9), time(17))  # Leads are asked about a roster on weekdays between these hours.
SATURDAY = 5
NUDGE_LASTS = timedelta(days=2)  # What a nudge says is old after that.
INCOMPLETE, UNSIGNED, RETURNED = "incomplete", "unsigned", "returned"


@dataclass(frozen=True)
class Terms:
    """What staff set for a series; no days, or no nudges at most, switch them off."""

    days: tuple[int, ...] = (7, 1)
    quiet_days: int = 7  # So long nothing happens to a roster before its leads are asked.
    most_nudges: int = 3  # for one team, while its roster is in one state
    not_before: date | None = None  # Until the day before, no lead is asked.


@dataclass(frozen=True)
class Turn:
    """One reminder of a meeting: how many days before, and from when until when it is of use."""

    days: int
    due: datetime
    ends: datetime


def instant(on: date, at: time) -> datetime:
    """A wall time in California as an instant; instants compare rightly across daylight saving."""
    return datetime.combine(on, at, ZONE).astimezone(UTC)


def begins(on: date, starts: time | None) -> datetime:
    """When a meeting begins, or its day where the hour is not known."""
    return instant(on, starts or time(0))


def turns(on: date, starts: time | None, days: Collection[int]) -> list[Turn]:
    """The reminders of a meeting that begins on a day; each is of use until the next is due."""
    begin = begins(on, starts)
    dues = [(number, instant(on - timedelta(days=number), MORNING)) for number in sorted(set(days))]
    found, ends = [], begin
    for number, due in dues:
        found.append(Turn(number, due, ends))
        ends = due
    return found[::-1]


def turn_at(on: date, starts: time | None, days: Collection[int], now: datetime) -> Turn | None:
    """The reminder that is due now: one alone, and none once the meeting has begun."""
    found = (turn for turn in turns(on, starts, days) if turn.due <= now < turn.ends)
    return next(found, None)


def next_turn(on: date, starts: time | None, days: Collection[int], now: datetime) -> Turn | None:
    """The reminder that is due, or else the one that is due next."""
    return next((turn for turn in turns(on, starts, days) if now < turn.ends), None)


def days_left(on: date, today: date) -> str:
    """How far a day is: "today", "tomorrow", "in 7 days"."""
    left = (on - today).days
    return {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")


def may_nudge(now: datetime, terms: Terms) -> bool:
    """Whether leads may be asked now: on a weekday, in office hours, and not before staff's day."""
    here = local(now)
    is_rest = here.weekday() >= SATURDAY or not OFFICE[0] <= here.time() < OFFICE[1]
    return not is_rest and (terms.not_before is None or here.date() >= terms.not_before)


def next_nudging(now: datetime, terms: Terms) -> datetime:
    """When leads may be asked again, from now on."""
    if may_nudge(now, terms):
        return now
    here = local(now)
    on = max(here.date(), terms.not_before or here.date())
    at = instant(on, OFFICE[0])
    while at < now or not may_nudge(at, terms):
        on += timedelta(days=1)
        at = instant(on, OFFICE[0])
    return at


def quiet_since(now: datetime, terms: Terms) -> datetime:
    """What has happened after this is too recent to ask about the roster."""
    return instant(local(now).date() - timedelta(days=terms.quiet_days - 1), time(0))


def blockers(team: Any, today: date) -> list[Problem]:
    """What stands between a roster and its submission, a lead who has not come in included."""
    return [problem for problem in problems(team, today) if problem.kind is Kind.BLOCKER]


def nudges(team: Any, today: date) -> tuple[str, list[Any]]:
    """Why a roster rests, and which leads can do something about it."""
    joined = [lead for lead in team.leads if lead.joined_at]
    is_blocked, side = bool(blockers(team, today)), waiting_side(team)
    if side and not is_blocked:
        return UNSIGNED, [lead for lead in joined if lead.side == side]
    if team.state == "returned":
        return RETURNED, joined
    return (INCOMPLETE if is_blocked else UNSIGNED), joined
