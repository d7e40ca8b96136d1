"""Charts as numbers: where each bar begins and how long it is, in hundredths of the width.

Lengths are percentages, so that a bar grows with the page and its words keep their size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Named = tuple[
    str, str, int
]  # The kind of a part, which is how it is drawn, its name and its number.
HEIGHT = 100  # of the area under a line; it is stretched to what it stands in


@dataclass(frozen=True)
class Part:
    """One part of a bar."""

    kind: str
    name: str
    number: int
    begins: float
    length: float


@dataclass(frozen=True)
class Bar:
    """One bar with its words: what it is about, and its number in words at the other end."""

    label: str
    said: str
    parts: list[Part]
    mark: float | None = None  # Where a limit lies.


@dataclass(frozen=True)
class Line:
    """What a number was, day by day, as the outline of an area."""

    name: str
    kind: str
    first: int
    last: int
    outline: str


def bar(
    label: str, said: str, named: Iterable[Named], scale: int, *, limit: int | None = None
) -> Bar:
    """The parts one after the other; ``scale`` is the number that would fill the width."""
    parts: list[Part] = []
    begins = 0.0
    for kind, name, number in named:
        length = percent(number, scale)
        parts.append(Part(kind, name, number, begins, length))
        begins = round(begins + length, 2)
    mark = None if limit is None else percent(limit, scale)
    return Bar(label, said, [part for part in parts if part.number > 0], mark)


def facing(label: str, said: str, left: Named, right: Named, scale: int) -> Bar:
    """Two numbers that face each other from the middle."""
    lengths = [percent(number, 2 * scale) for _, _, number in (left, right)]
    begins = [round(50 - lengths[0], 2), 50.0]
    parts = [
        Part(*named, at, length)
        for named, at, length in zip((left, right), begins, lengths, strict=True)
    ]
    return Bar(label, said, [part for part in parts if part.number > 0])


def percent(number: int, scale: int) -> float:
    return round(100 * max(number, 0) / scale, 2) if scale > 0 else 0.0


def line(name: str, kind: str, numbers: Sequence[int], scale: int) -> Line:
    """An area under steps: each number holds until the next one."""
    width = 100 / max(len(numbers), 1)
    points = [(0.0, float(HEIGHT))]
    for at, number in enumerate(numbers):
        y = HEIGHT - percent(number, scale)
        points += [(at * width, y), ((at + 1) * width, y)]
    points.append((100.0, float(HEIGHT)))
    outline = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
    return Line(name, kind, numbers[0] if numbers else 0, numbers[-1] if numbers else 0, outline)
