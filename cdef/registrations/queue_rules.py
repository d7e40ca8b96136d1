"""What the staff's list is asked for, in its address, and the cheapest way to find it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from urllib.parse import urlencode

from cdef.kernel.words import one_line
from cdef.teams.listing_rules import asked_words

WAITING = "waiting-for-staff"
PAGE = 50  # teams on one page
EXACT = 3000  # teams of which the states are counted one by one
LONGEST = 200  # characters that are looked for
LARGEST_ID = 2**31 - 1  # What both databases can compare an id with.
FIELDS = ("series", "state", "cohort", "problem", "county", "district", "q")
MOMENT = "%Y%m%dT%H%M%S%f"


@dataclass(frozen=True)
class Place:
    """Between which rows a page begins or ends: a team, and when it was submitted."""

    at: datetime
    team_id: int

    def __str__(self) -> str:
        return f"{self.at.strftime(MOMENT)}-{self.team_id}"


@dataclass(frozen=True)
class Wanted:
    """A filter as its address says it; what is unknown to the series does not narrow the list."""

    series: str = ""
    state: str = WAITING
    cohort: str = ""
    problem: str = ""
    county: str = ""
    district: str = ""
    q: str = ""
    after: Place | None = None
    before: Place | None = None

    @property
    def words(self) -> list[str]:
        return asked_words(self.q)

    @property
    def is_narrowed(self) -> bool:
        """Whether more than state and cohort is asked for."""
        return any((self.problem, self.county, self.district, self.words))

    def address(self, **instead: object) -> str:
        """The same filter, or another one beginning from it; always the first page unless it says."""
        fields = {name: getattr(self, name) for name in FIELDS} | instead
        if fields["state"] == WAITING:
            del fields["state"]
        said = {name: value for name, value in fields.items() if value}
        return f"?{urlencode(said)}" if said else ""


def wanted_of(fields: Mapping[str, str]) -> Wanted:
    given = {name: one_line(fields[name], LONGEST) for name in FIELDS if name in fields}
    wanted = Wanted(
        **given, after=place_of(fields.get("after", "")), before=place_of(fields.get("before", ""))
    )
    return wanted if wanted.state else replace(wanted, state=WAITING)


def place_of(text: str) -> Place | None:
    at, _, number = text.partition("-")
    try:
        place = Place(datetime.strptime(at, MOMENT).replace(tzinfo=UTC), int(number))
    except ValueError:
        return None
    return place if 0 <= place.team_id <= LARGEST_ID else None


def cheapest(
    every: int,
    ordered: Mapping[str, int],
    sets: Mapping[str, int],
    gathering: Mapping[str, int] = MappingProxyType({}),
) -> str:
    """Which of the conditions to begin with, by how many of ``every`` team each lets through.

    An ``ordered`` one is walked in the list's order until the page is full, which is soon where
    many match; a set must be gathered whole and sorted, out of as many rows as ``gathering`` says.
    """
    matching = float(every)
    for number in (*ordered.values(), *sets.values()):
        matching *= min(number / every, 1) if every else 0
    costs = {name: float(gathering.get(name, number)) for name, number in sets.items()}
    for name, number in ordered.items():
        costs[name] = min(number, PAGE * number / max(matching, 0.01))
    return min(costs, key=lambda name: costs[name])
