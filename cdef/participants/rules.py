"""What caterers and venues are told: how many people need what, and nobody's name."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from cdef.kernel import words

KINDS = {"dietary": "What people cannot or do not eat", "access": "What people need to take part"}


@dataclass(frozen=True)
class Told:
    """One member's needs, without who they are; ``away`` are the meetings that they cannot come to."""

    dietary: str
    access: str
    away: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Line:
    """One need, in the words that most used, and how many have it at each meeting."""

    text: str
    counts: list[int]


@dataclass(frozen=True)
class Summary:
    """The needs of one cohort: who is expected at each meeting, who told nothing, and the lines."""

    expected: list[int]
    silent: list[int]
    lines: dict[str, list[Line]]


def summary(told: Collection[Told], meetings: Iterable[int]) -> Summary:
    """Count each need among those who come to each of the meetings, given by their ids."""
    coming = [[each for each in told if meeting not in each.away] for meeting in meetings]
    silent = [sum(not (each.dietary or each.access) for each in people) for people in coming]
    return Summary([len(people) for people in coming], silent, {k: lines(coming, k) for k in KINDS})


def lines(coming: list[list[Told]], kind: str) -> list[Line]:
    """The needs of one kind, in the order of the alphabet so that their order tells nothing."""
    texts = [[needed(getattr(each, kind)) for each in people] for people in coming]
    spelled = Counter(text for there in texts for text in there if text)
    said: dict[str, str] = {}
    for text, _ in sorted(spelled.items(), key=lambda found: (-found[1], found[0])):
        said.setdefault(key(text), text)
    counted = [Counter(key(text) for text in there) for there in texts]
    return [Line(said[each], [count[each] for count in counted]) for each in sorted(said)]


def needed(text: str) -> str:
    """A need in one line."""
    return words.one_line(text)


def key(text: str) -> str:
    """What two spellings of one need share: "No nuts." is "no nuts"."""
    return words.fold(text).strip(" .;,!")
