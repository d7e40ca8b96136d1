"""One row of the roster: what it says, and how two edits of it come together."""

from dataclasses import asdict, dataclass

from cdef.series.rules import position_label

LABELS = {"name": "name", "email": "e-mail", "position": "position", "site": "school or office"}
FIELDS = tuple(LABELS)


@dataclass(frozen=True)
class Row:
    """What one line of the roster says."""

    name: str
    email: str
    position: str
    site: str


@dataclass(frozen=True)
class Edit:
    """What was typed into a row, and what the row said when the page was drawn."""

    base: Row
    typed: Row


@dataclass(frozen=True)
class Merged:
    """A row in which both edits stand, and the fields that both changed differently."""

    row: Row
    clashing: tuple[str, ...]


def merge(base: Row, mine: Row, theirs: Row) -> Merged:
    """Bring an edit of ``base`` together with the row as it is now.

    A field that only one side changed takes that side's value; where both wrote the same there is
    nothing to choose; where they differ the field clashes, and the merged row keeps theirs.
    """
    fields, clashing = asdict(theirs), []
    for field in FIELDS:
        was, wanted, now = (getattr(row, field) for row in (base, mine, theirs))
        if wanted in (was, now):
            continue
        if now == was:
            fields[field] = wanted
        else:
            clashing.append(field)
    return Merged(Row(**fields), tuple(clashing))


def shown(field: str, value: str) -> str:
    """A field as people read it."""
    return (position_label(value) if field == "position" else value) or "empty"
