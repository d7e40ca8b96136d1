"""What the overview says, from the counters of the cohorts: numbers, and nobody's name."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from cdef.kernel import words
from cdef.registrations.rules import STATES
from cdef.reports.chart_rules import Bar, Line, bar, facing, line
from cdef.series.rules import DISTRICT, SIDES, UNION

WAITING = ("submitted", "waitlisted")
COUNTED = ("approved", *WAITING)  # Whose people and rosters are known, and may come.
SHOWN_STATES = [state for state in STATES if state != "waiting"]
MOST_DAYS, MOST_ROWS = 120, 12  # points of a line, and of its table
INFINITE = float("inf")
MOST_COUNTIES = 15  # with a bar; the table has all


@dataclass(frozen=True)
class Table:
    """The numbers of a chart: a heading for each column, and rows that begin with their own."""

    headings: list[str]
    rows: list[list[str | int]]


@dataclass(frozen=True)
class Chart:
    """A chart, what it shows in a sentence, and its numbers."""

    said: str
    bars: list[Bar]
    table: Table


@dataclass(frozen=True)
class History:
    """How many teams were in each state, day by day."""

    said: str
    lines: list[Line]
    first: date
    last: date
    table: Table


class Counts:
    """The counters of some cohorts, added up by whatever is asked.

    They are gone through once, and put where they are looked for: by kind, key and state.
    """

    def __init__(self, tallies: Iterable[Any]) -> None:
        self.found: dict[str, dict[str, dict[str, dict[int, int]]]] = {}
        for cohort_id, kind, key, state, count in tallies:
            if count:
                of_key = self.found.setdefault(kind, {}).setdefault(key, {})
                of_key.setdefault(state, {})[cohort_id] = count

    def of(
        self,
        kind: str,
        *,
        states: Iterable[str],
        key: str | None = None,
        cohort_id: int | None = None,
    ) -> int:
        """The sum of one kind in some states, of one key or all, and of one cohort or all."""
        of_kind = self.found.get(kind, {})
        keys = of_kind.values() if key is None else [of_kind.get(key, {})]
        found = [of_key[state] for of_key in keys for state in states if state in of_key]
        wanted = (
            each.values() if cohort_id is None else [each.get(cohort_id, 0)] for each in found
        )
        return sum(map(sum, wanted))

    def keys(self, kind: str) -> list[str]:
        return sorted(self.found.get(kind, ()))

    def moved(self, state: str) -> list[tuple[str, int]]:
        """How many teams came into a state on each day, less those that left it."""
        days = self.found.get("day", {}).items()
        return sorted((day, sum(states[state].values())) for day, states in days if state in states)


def people(number: int) -> str:
    return words.plural(number, "person", "people")


def seats(cohorts: Sequence[Any], counts: Counts, held: Mapping[int, int]) -> Chart:
    """Seats by cohort: approved, held by an offer, asked for by those who wait, and free."""
    rows = [seat_row(cohort, counts, held.get(cohort.id, 0)) for cohort in cohorts]
    scale = max((max(row[1], row[2] + row[3] + row[4]) for row in rows), default=0)
    bars = []
    for name, there, approved, offered, waiting, free in rows:
        named = [("approved", "approved", approved), ("held", "held", offered)]
        named += [("asked", "waiting", waiting)]
        said = f"{approved:,} of {there:,} approved, {free:,} free"
        bars.append(bar(name, said, named, scale, limit=there))
    headings = ["Cohort", "Seats", "Approved", "Held by offers", "Waiting", "Free"]
    return Chart(sentence(rows), bars, Table(headings, [list(row) for row in rows]))


def seat_row(cohort: Any, counts: Counts, held: int) -> tuple[str, int, int, int, int, int]:
    """Name, seats, and the people who are approved, offered a place, waiting; then what is left."""
    approved = counts.of("people", cohort_id=cohort.id, states=["approved"])
    waiting = counts.of("people", cohort_id=cohort.id, states=WAITING) - held
    free = max(cohort.seats - approved - held, 0)
    return cohort.name, cohort.seats, approved, held, max(waiting, 0), free


def sentence(rows: Sequence[tuple[str, int, int, int, int, int]]) -> str:
    total, approved = sum(row[1] for row in rows), sum(row[2] for row in rows)
    waiting, free = sum(row[4] for row in rows), sum(row[5] for row in rows)
    return (
        f"{approved:,} of {words.plural(total, 'seat')} are approved and {free:,} are free; "
        f"{people(waiting)} wait."
    )


def balance(cohorts: Sequence[Any], counts: Counts) -> Chart:
    """People of the district sides and of the union sides, by cohort."""
    rows = [
        (each.name, *(counts.of("people", cohort_id=each.id, key=s, states=COUNTED) for s in SIDES))
        for each in cohorts
    ]
    scale = max((max(row[1:]) for row in rows), default=0)
    bars = [
        facing(
            name,
            f"{district:,} district, {union:,} union",
            (DISTRICT, "district", district),
            (UNION, "union", union),
            scale,
        )
        for name, district, union in rows
    ]
    totals = [sum(row[at] for row in rows) for at in (1, 2)]
    said = f"{people(totals[0])} of the district sides, and {people(totals[1])} of the union sides."
    table = Table(["Cohort", *SIDES.values()], [list(row) for row in rows])
    return Chart(said, bars, table)


def missing(cohorts: Sequence[Any], rules: Sequence[Any], counts: Counts) -> Chart:
    """How many submitted teams do not meet each rule, and in which cohort."""
    rows: list[list[str | int]] = []
    for rule in rules:
        by_cohort = [
            counts.of("rule", key=str(rule.id), cohort_id=cohort.id, states=COUNTED)
            for cohort in cohorts
        ]
        rows.append([rule.text, *by_cohort, sum(by_cohort)])
    scale = max((int(row[-1]) for row in rows), default=0)
    bars = [
        bar(
            words.one_line(str(row[0]), 40),
            words.plural(int(row[-1]), "team"),
            [("missing", "teams", int(row[-1]))],
            scale,
        )
        for row in rows
    ]
    teams = counts.of("teams", states=COUNTED)
    said = f"Of {words.plural(teams, 'team')} approved or waiting, so many lack each position."
    return Chart(said, bars, Table(["Rule", *(each.name for each in cohorts), "Teams"], rows))


def counties(counts: Counts) -> Chart:
    """The counties from which teams come, most teams first."""
    rows: list[list[str | int]] = []
    for county in counts.keys("county"):
        coming, drafts = (
            counts.of("county", key=county, states=states)
            for states in (COUNTED, ("draft", "returned"))
        )
        if coming or drafts:
            rows.append([county or "Not known", coming, drafts])
    rows.sort(key=lambda row: (-int(row[1]), -int(row[2]), row[0]))
    scale = max((int(row[1]) + int(row[2]) for row in rows), default=0)
    bars = [
        bar(
            str(county),
            words.plural(int(coming) + int(drafts), "team"),
            [("approved", "approved or waiting", int(coming)), ("free", "drafts", int(drafts))],
            scale,
        )
        for county, coming, drafts in rows[:MOST_COUNTIES]
    ]
    reached = sum(bool(row[1]) for row in rows)
    said = f"{words.plural(reached, 'county', 'counties')} reached by teams approved or waiting."
    return Chart(said, bars, Table(["County", "Approved or waiting", "Drafts"], rows))


def history(counts: Counts, today: date) -> History | None:
    """How many teams were in each state, from the first day on which anything was until today."""
    days = [date.fromisoformat(day) for day in counts.keys("day")]
    if not days:
        return None
    last = max(days[-1], today)
    shown = spread(days[0], last, MOST_DAYS)
    numbers = {state: cumulative(counts, state, shown) for state in SHOWN_STATES}
    scale = max(max(each) for each in numbers.values())
    lines = [line(STATES[state][0], state, numbers[state], scale) for state in SHOWN_STATES]
    at = {day: index for index, day in enumerate(shown)}
    rows: list[list[str | int]] = [
        [words.dates([day]), *(numbers[state][at[day]] for state in SHOWN_STATES)]
        for day in reversed(thinned(shown, MOST_ROWS))
    ]
    said = f"From {words.dates([days[0]])} to {words.dates([last])}."
    headings = ["Day", *(STATES[state][0] for state in SHOWN_STATES)]
    return History(said, lines, shown[0], shown[-1], Table(headings, rows))


def spread(first: date, last: date, most: int) -> list[date]:
    """Days at even distances that end with the last."""
    length = (last - first).days + 1
    step = -(-length // most)
    return [last - timedelta(days=step * at) for at in reversed(range(-(-length // step)))]


def thinned(days: Sequence[date], most: int) -> list[date]:
    step = -(-len(days) // most)
    return list(reversed(days[::-1][::step]))


def cumulative(counts: Counts, state: str, days: Sequence[date]) -> list[int]:
    """How many teams were in a state at the end of each day."""
    moved = counts.moved(state)
    totals = list(accumulate((number for _, number in moved), initial=0))
    return [totals[bisect_right(moved, (day.isoformat(), INFINITE))] for day in days]
