"""Two people at one form: what each has changed since the page was drawn, and where both have."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from cdef.kernel import audit
from cdef.kernel.db import Base
from cdef.kernel.problems import Refused, blocker

Values = dict[str, Any]


class Clash(Refused):
    """Somebody has saved other values meanwhile; ``theirs`` has those that were typed over."""

    def __init__(self, now: Values, merged: Values, theirs: Values) -> None:
        super().__init__(
            blocker(
                "Somebody else has saved this since you opened the page. Nothing of yours is saved "
                "yet: both are shown below. Save again to put yours in place of theirs."
            )
        )
        self.now, self.merged, self.theirs = now, merged, theirs


def mark(values: Mapping[str, Any]) -> str:
    """What a form carries along, to know later which of these values have changed."""
    return " ".join(map(mark_of, values.values()))


def mark_of(value: Any) -> str:
    said = json.dumps(value, default=str)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def merge(seen: str, typed: Values, now: Values) -> Values:
    """What was typed, and what others changed where this form changed nothing; else ``Clash``.

    ``seen`` is the mark of the values as they were when the page was drawn, in the same order.
    """
    marks = dict(zip(now, seen.split(), strict=False))
    merged, theirs = dict(typed), {}
    for name, value in typed.items():
        if mark_of(value) == marks.get(name):
            merged[name] = now[name]
        elif value != now[name] and mark_of(now[name]) != marks.get(name):
            theirs[name] = now[name]
    if theirs:
        raise Clash(now, merged, theirs)
    return merged


def save(
    row: Base, typed: Values, seen: str, *, about: str, what: str, by: object, now: datetime
) -> Values:
    """Write what was typed in the caller's transaction, with a line on the timeline.

    What was changed; ``Clash`` where somebody else has changed the same since it was ``seen``.
    """
    stored = {name: getattr(row, name) for name in typed}
    merged = merge(seen, typed, stored)
    changed = {name: value for name, value in merged.items() if value != stored[name]}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        before = told({name: stored[name] for name in changed})
        audit.record(about, what, by=by, now=now, before=before, after=told(changed))
    return changed


def told(values: Values) -> Values:
    """Values as the timeline keeps them: a day in its international form."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }
