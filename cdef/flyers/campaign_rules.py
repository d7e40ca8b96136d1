"""Campaigns: their states, how a list of contacts is read, and where each district stands."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cdef.kernel.emails import is_email
from cdef.kernel.states import apply
from cdef.kernel.words import fold

LABELS: Final = {
    "draft": "Not sent yet",
    "sending": "Being written",
    "paused": "Paused",
    "sent": "All written",
}
TRANSITIONS: Final = {
    ("draft", "send"): "sending",
    ("sending", "pause"): "paused",
    ("paused", "resume"): "sending",
    ("sending", "finish"): "sent",
}
SIDES: Final = {
    "district": ("district", "management", "administration", "superintendent"),
    "union": ("union", "labor", "association", "local"),
}
DOUBLE, MISTYPED = "stands here twice", "is no e-mail address"
NO_DISTRICT, NO_SIDE = "names no district of the directory", "does not say which side it is on"
STEPS: Final = ("Declined", "Submitted", "Started", "Opened the link", "Handed over", "Waiting")


def next_state(state: str, verb: str) -> str:
    return apply(TRANSITIONS, state, verb)


@dataclass(frozen=True)
class Found:
    """One contact of a list: where, which side, and who."""

    district_id: int
    side: str
    name: str
    email: str


Known = Mapping[str, int | None]  # By what a cell may say of a district; None where two share it.


def names_of(districts: Iterable[Any]) -> dict[str, int | None]:
    """What a cell may say to mean a district: its CD code, its label, or a name nobody shares."""
    found: dict[str, int | None] = {}
    for each in districts:
        spellings = {each.name, each.label, f"{each.name} {each.county}", each.cd_code or ""}
        for key in {fold(text) for text in spellings} - {""}:
            found[key] = None if key in found else each.id
    return found


def read_contacts(
    rows: Iterable[Sequence[str]], known: Known, kept: Mapping[str, Found]
) -> tuple[list[Found], list[list[str]]]:
    """The contacts of a list, and what was left out with its reason.

    The order of the cells does not matter. An address alone is looked for among the ``kept``
    contacts of all districts; a first line without any address is a heading.
    """
    found: dict[str, Found] = {}
    left: list[list[str]] = []
    for number, cells in enumerate(rows):
        read = read_row(cells, known, kept)
        if isinstance(read, Found) and read.email not in found:
            found[read.email] = read
        elif isinstance(read, Found):
            left.append([read.email, DOUBLE])
        elif number or any("@" in cell for cell in cells):
            left.append([", ".join(filter(None, cells))[:200], read])
    return list(found.values()), left


def read_row(cells: Sequence[str], known: Known, kept: Mapping[str, Found]) -> Found | str:
    """One contact, or why it is none."""
    email = next((cell.strip("<> ").lower() for cell in cells if "@" in cell), "")
    if not is_email(email):
        return MISTYPED
    rest = [cell for cell in cells if cell and "@" not in cell]
    side = next((side for cell in rest if (side := side_of(cell))), "")
    place = next((where for where in places(rest) if known.get(fold(where))), "")
    if not place:
        return kept.get(email, NO_DISTRICT)
    if not side:
        return kept.get(email, NO_SIDE)
    others = [cell for cell in rest if fold(cell) not in fold(place) and not side_of(cell)]
    return Found(known[fold(place)] or 0, side, (others or [""])[0][:120], email)


def places(cells: Sequence[str]) -> list[str]:
    """Each cell as a district's name, alone and with each other cell as its county."""
    pairs = [f"{one} {other}" for one in cells for other in cells if one != other]
    return [*cells, *(cell.zfill(7) for cell in cells if cell.isdecimal()), *pairs]


def side_of(cell: str) -> str:
    said = fold(cell)
    return next((side for side, words in SIDES.items() if said in words), "")


@dataclass(frozen=True)
class Standing:
    """Where one district stands towards a campaign."""

    district: Any
    invitations: Sequence[Any]
    team: Any
    step: str

    @property
    def is_silent(self) -> bool:
        """Whether nobody of it has answered or begun a team: who is reminded."""
        return self.step in ("Handed over", "Waiting")


def standings(invitations: Iterable[Any], teams: Mapping[int, Any]) -> list[Standing]:
    """By district, how far it has come; ``teams`` are those of the series, by district."""
    by_district: dict[int, list[Any]] = defaultdict(list)
    for each in invitations:
        by_district[each.district_id].append(each)
    return [
        Standing(rows[0].district, rows, teams.get(number), step_of(rows, teams.get(number)))
        for number, rows in by_district.items()
    ]


def tally(found: Iterable[Standing]) -> list[tuple[str, int]]:
    """How many districts stand at each step that one of them stands at."""
    counted = Counter(each.step for each in found)
    return [(step, counted[step]) for step in STEPS if counted[step]]


def step_of(rows: Sequence[Any], team: Any) -> str:
    """The farthest step: what happened to a team says more than what was pressed before."""
    if team is not None:
        if team.state == "declined":
            return "Declined"
        return "Started" if team.state == "draft" else "Submitted"
    if any(row.opened_at and not row.declined_at for row in rows):
        return "Opened the link"
    if any(row.declined_at for row in rows):
        return "Declined"
    return "Handed over" if any(is_handed_over(row) for row in rows) else "Waiting"


def is_handed_over(row: Any) -> bool:
    return row.letter is not None and row.letter.state == "handed_over"
