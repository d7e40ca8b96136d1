"""What a file of the state would do to the directory, entry by entry."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from cdef.directory import rules
from cdef.directory.rules import Row

SAID = {"name": "name", "county": "county", "city": "city", "kind": "kind", "cd_code": "CD code"}


@dataclass
class Plan:
    """The entries that would come, change and go, each in words; the others are as the file has them."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.gone)

    @property
    def seen(self) -> str:
        """By which a page says what it showed."""
        return sha256(repr(asdict(self)).encode()).hexdigest()[:32]


def fields_of(row: Row) -> dict[str, Any]:
    """An entry as one row of the file says it."""
    text = rules.search_text(row.name, row.county, row.city, row.kind)
    return asdict(row) | {"is_active": True, "search_text": text}


def plan(rows: Iterable[Row], known: Iterable[Any]) -> Plan:
    """Compare a file's rows with the entries that there are; it changes nothing."""
    known = list(known)
    by_code = {entry.cd_code: entry for entry in known if entry.cd_code}
    by_hand = {identity(entry): entry for entry in known if entry.is_by_hand}
    found, codes = Plan(), set()
    for row in rows:
        codes.add(row.cd_code)
        note(found, row, by_code.get(row.cd_code) or by_hand.pop(identity(row), None))
    found.gone = [
        entry.label for code, entry in by_code.items() if entry.is_active and code not in codes
    ]
    return found


def note(found: Plan, row: Row, entry: Any) -> None:
    label = f"{row.name} ({row.county} County)"
    if entry is None:
        found.added.append(label)
        return
    differing = differences(fields_of(row), entry)
    if not differing:
        found.unchanged += 1
    else:
        found.changed.append(f"{label}: {', '.join(differing)}")


def differences(fields: Mapping[str, Any], entry: Any) -> list[str]:
    """What of an entry would change, in words."""
    said = [
        f"{label} was {getattr(entry, name) or 'empty'}"
        for name, label in SAID.items()
        if getattr(entry, name) != fields[name]
    ]
    if not entry.is_active:
        said.append("is in the file again")
    is_same = all(getattr(entry, name) == value for name, value in fields.items())
    return said or ([] if is_same else ["is found by other words"])


def identity(entry: Any) -> tuple[str, str]:
    return rules.identity(entry.name, entry.county)


def reasons(skipped: Iterable[Any]) -> list[tuple[str, int]]:
    """Why lines were left out, the commonest reason first."""
    return Counter(each.reason for each in skipped).most_common()
