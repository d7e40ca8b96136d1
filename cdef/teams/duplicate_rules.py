"""Which people of a list can join a roster: ready, to be mended, or there already."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.distance import OSA

from cdef.kernel.emails import LONGEST as LONGEST_EMAIL
from cdef.kernel.emails import fold_email, is_email
from cdef.kernel.names import is_nobody, likely_domain, same_person_key
from cdef.kernel.problems import Kind, Problem, blocker
from cdef.teams.notice_rules import usual_domains
from cdef.teams.sheet_rules import Candidate

READY, MEND, DUPLICATE = "ready", "mend", "duplicate"
LONGEST_NAME = 120  # characters, as in the form of one row
FEW = 20  # people at one address to compare with; more is a school's own address


@dataclass(frozen=True)
class Judged:
    """What becomes of a candidate.

    A duplicate is that of ``member``, who is on the roster, or of the row ``earlier``; a certain one
    shares address and name, another the name alone, or almost the name. ``meant`` is the address
    that was probably meant.
    """

    candidate: Candidate
    verdict: str
    problems: list[Problem] = field(default_factory=list)
    member: Any = None
    earlier: int | None = None
    is_certain: bool = False
    meant: str | None = None


@dataclass(frozen=True)
class Known:
    """Somebody to compare with: a member of the roster, or a row of the list by its number."""

    name: str
    email: str
    key: str
    member: Any = None
    number: int | None = None

    @property
    def is_named(self) -> bool:
        """Whether the name can tell people apart: more than one word, and somebody's."""
        return " " in self.key and not is_nobody(self.name)


def judge(
    candidates: Sequence[Candidate],
    existing_members: Iterable[Any],
    known_domains: Iterable[str] = (),
) -> list[Judged]:
    """What becomes of each candidate, beside the roster and the rows above it.

    One address and one name are one person, a duplicate. One name alone may be. One address and two
    names are two people of whom one needs another address, so both rows are to be mended.
    """
    members = [known(each.name, each.email, member=each) for each in existing_members]
    rows = [known(each.name, each.email, number=each.number) for each in candidates]
    domains = {*known_domains, *usual_domains(each.email for each in members + rows)}
    at_address: dict[str, list[Known]] = defaultdict(list)
    seen: dict[str, list[Known]] = defaultdict(list)
    for somebody in members + rows:
        note(at_address, somebody.email, somebody)
    for member in members:
        remember(seen, member)
    found = []
    for each, row in zip(candidates, rows, strict=True):
        stranger = next(
            (one for one in at_address.get(row.email, []) if not is_same_person(one, row)), None
        )
        found.append(judged(each, row, twin_of(row, seen), stranger, domains))
        remember(seen, row)
    return found


def known(name: str, email: str, member: Any = None, number: int | None = None) -> Known:
    folded = fold_email(email) if is_email(email) else ""
    return Known(name, folded, same_person_key(name), member, number)


def note(groups: dict[str, list[Known]], key: str, somebody: Known) -> None:
    """Put somebody under an address or name, unless there are enough to compare with."""
    if key and len(groups[key]) < FEW:
        groups[key].append(somebody)


def remember(seen: dict[str, list[Known]], somebody: Known) -> None:
    note(seen, somebody.email, somebody)
    if somebody.is_named:
        note(seen, somebody.key, somebody)


def twin_of(row: Known, seen: Mapping[str, list[Known]]) -> Known | None:
    """Whoever before this row is the same person: by the address, else perhaps by the name."""
    by_address = [other for other in seen.get(row.email, []) if is_same_person(other, row)]
    by_name = seen.get(row.key, []) if row.is_named else []
    return next(iter([*by_address, *by_name]), None)


def is_same_person(one: Known, other: Known) -> bool:
    """Whether two names at one address can be one person's."""
    return fits(one.key, other.key) or is_slip(one.key, other.key)


def fits(one: str, other: str) -> bool:
    """Whether two names are the same, as far as both are given: a middle name may be missing."""
    parts, others = set(one.split()), set(other.split())
    return parts <= others or others <= parts


def is_slip(one: str, other: str) -> bool:
    """Whether two names differ by a letter missing or swapped; by another letter, Mario is Maria."""
    is_another_letter = len(one) == len(other) and sorted(one) != sorted(other)
    return not is_another_letter and OSA.distance(one, other, score_cutoff=1) <= 1


def judged(
    each: Candidate, row: Known, twin: Known | None, stranger: Known | None, domains: set[str]
) -> Judged:
    blockers = [*field_problems(each), *shared_address(stranger)]
    meant = likely_domain(row.email, domains)
    is_certain = bool(twin and row.email == twin.email != "" and fits(row.key, twin.key))
    return Judged(
        candidate=each,
        verdict=DUPLICATE if twin else MEND if blockers else READY,
        problems=[*blockers, *notices(meant, twin, is_certain=is_certain)],
        member=twin.member if twin else None,
        earlier=twin.number if twin else None,
        is_certain=is_certain,
        meant=meant,
    )


def field_problems(each: Candidate) -> Iterator[Problem]:
    """What the form of one row would say of this one."""
    if is_nobody(each.name):
        yield blocker(f"“{each.name}” is not a name yet.", "name")
    elif not each.name:
        yield blocker("Please give a name.", "name")
    yield from too_long(each)
    if not each.email:
        yield blocker("Please give an e-mail address.", "email")
    elif len(each.email) <= LONGEST_EMAIL and not is_email(each.email):
        yield blocker("This does not look like an e-mail address.", "email")
    if not each.side:
        yield blocker(f"Please say which side this person is on.{says(each.side_text)}", "side")
    if not each.position:
        yield blocker(f"Please choose a position.{says(each.position_text)}", "position")


def says(text: str) -> str:
    return f" The list says “{text}”." if text else ""


def too_long(each: Candidate) -> Iterator[Problem]:
    for about, text in (("name", each.name), ("site", each.site)):
        if len(text) > LONGEST_NAME:
            yield blocker(f"Please use at most {LONGEST_NAME} characters.", about)
    if len(each.email) > LONGEST_EMAIL:
        yield blocker(f"An e-mail address has at most {LONGEST_EMAIL} characters.", "email")


def shared_address(stranger: Known | None) -> Iterator[Problem]:
    if stranger:
        where = "on the roster" if stranger.member else f"in row {stranger.number}"
        yield blocker(
            f"{stranger.name} {where} has the same address; each person needs their own.", "email"
        )


def notices(meant: str | None, twin: Known | None, *, is_certain: bool) -> Iterator[Problem]:
    if meant:
        yield Problem(Kind.NOTICE, f"Did you mean {meant}?", "email")
    if twin:
        yield Problem(Kind.NOTICE, twin_words(twin, is_certain=is_certain), "name")


def twin_words(twin: Known, *, is_certain: bool) -> str:
    if twin.member:
        there = f"{twin.name} is on the roster already."
    else:
        there = f"{twin.name} is in row {twin.number} already."
    return there if is_certain else f"{there} Is it the same person?"
