"""What a line of the timeline says was before and after, in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cdef.kernel import words
from cdef.registrations.rules import STATES
from cdef.series.rules import SIDES, position_label

LABELS = {
    "email": "E-mail",
    "site": "School or office",
    "names_due": "Names are due by",
    "closes_on": "Registration closes after",
    "is_open": "Open for registration",
    "starts": "From",
    "ends": "Until",
    "met_by": "Met by",
}
# Nothing that is recorded has such a name; should anything ever have one, it is not shown.
PRIVATE = re.compile(r"(.*_)?(needs|dietary|access|token|secret|password|hash)(_.*)?")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")


@dataclass(frozen=True)
class Change:
    """One thing that a line says: what it is, and what it was before and after; "" for nothing."""

    label: str
    before: str
    after: str


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Change]:
    """Whatever differs between before and after, in the order in which it was recorded."""
    was, is_now = dict(before or {}), dict(after or {})
    names = [name for name in (was | is_now) if not PRIVATE.fullmatch(name)]
    said = [
        Change(label(name), value(name, was.get(name)), value(name, is_now.get(name)))
        for name in names
        if was.get(name) != is_now.get(name)
    ]
    return [change for change in said if change.before or change.after]


def label(name: str) -> str:
    bare = name.removesuffix("_cents").removesuffix("_id").replace("_", " ")
    return LABELS.get(name) or bare[:1].upper() + bare[1:]


def value(name: str, said: Any) -> str:
    """A recorded value as people read it."""
    if said is None or said == "":
        return ""
    if isinstance(said, bool):
        return "yes" if said else "no"
    if isinstance(said, Mapping):
        parts = [(label(key), value(key, each)) for key, each in said.items()]
        return "; ".join(f"{key}: {each}" for key, each in parts if each)
    if isinstance(said, list):
        return words.listing([each for each in (value(name, one) for one in said) if each])
    if isinstance(said, int) and name.endswith("_cents"):
        return words.money(said)
    return text(name, str(said))


def text(name: str, said: str) -> str:
    """A text that may stand for something: a state, a side, a position, a day."""
    if name == "state" and said in STATES:
        return STATES[said][0]
    if name == "side" and said in SIDES:
        return SIDES[said]
    if name in ("position", "met_by"):
        return position_label(said) or said
    return moment(said)


def moment(said: str) -> str:
    try:
        if DAY.fullmatch(said):
            return words.dates([date.fromisoformat(said)])
        if MOMENT.fullmatch(said):
            return words.moment(words.local(datetime.fromisoformat(said)))
    except ValueError:
        return said
    return said
