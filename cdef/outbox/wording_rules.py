"""What staff may write into a letter: its subject, its beginning and its end, with places to fill."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from cdef.kernel.markdown import PLACE, addresses
from cdef.kernel.problems import Problem, blocker
from cdef.kernel.words import listing


@dataclass(frozen=True)
class Worded:
    """The words of one kind of letter around its facts, which no wording can leave out."""

    subject: str
    opening: str
    closing: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of letter whose words are the staff's: who gets it, and what its places may name."""

    key: str
    title: str
    to: str
    says: tuple[str, ...]
    original: Worded
    every_year: bool = False  # It belongs to no series, so its words hold in all of them.


def problems(typed: Mapping[str, str], kind: Kind) -> Iterator[Problem]:
    """What stands in the way of a wording; nothing in it is ever evaluated."""
    for field, text in typed.items():
        unknown = [name for name in PLACE.findall(text) if name not in kind.says]
        if unknown:
            known = listing([f"{{{name}}}" for name in kind.says]) or "none"
            said = listing([f"{{{name}}}" for name in dict.fromkeys(unknown)])
            yield blocker(f"This letter knows no {said}. What it can fill in: {known}.", field)
        elif field != "subject" and any("%7B" in address for address in addresses(text)):
            yield blocker("The address of a link is not filled in: write it out.", field)


def values_of(wording: Worded) -> dict[str, str]:
    return asdict(wording)
