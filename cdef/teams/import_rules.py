"""What becomes of each row of a list: ready, to be mended, a duplicate, or left out."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cdef.kernel.emails import fold_email, is_email
from cdef.kernel.names import is_nobody, same_person_key
from cdef.kernel.problems import Kind, Problem
from cdef.kernel.words import listing, plural
from cdef.series.rules import POSITIONS, SIDES, position_label, side_of
from cdef.teams.column_rules import Guess
from cdef.teams.duplicate_rules import DUPLICATE, LONGEST_NAME, MEND, READY, Judged, judge
from cdef.teams.heading_rules import ROLES
from cdef.teams.row_rules import FIELDS, LABELS, Row, shown
from cdef.teams.sheet_rules import Candidate

SKIP, UPDATE, ADD, HOLD, TAKE = "skip", "update", "add", "hold", "take"
CHOICES = {
    SKIP: SKIP,
    UPDATE: UPDATE,
    ADD: ADD,
    HOLD: HOLD,
    TAKE: "",
}  # What is pressed, and what is kept.
UPDATING, LEFT_OUT = "updating", "left-out"
# In the order in which a page shows them: first what somebody has to look at.
STATES = {
    MEND: "Needs mending",
    DUPLICATE: "Duplicate",
    READY: "Ready",
    UPDATING: "Will update",
    LEFT_OUT: "Left out",
}
ORDER = list(STATES)
MOST_OPEN = 5  # lists of one team that wait at a time


@dataclass(frozen=True)
class Change:
    """What an update would write over: the field, and what it says before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Standing:
    """A row of a list and where it stands; ``row`` is what the roster would say."""

    line: Any
    state: str
    judged: Judged | None = None
    may_add: bool = False
    may_hold: bool = False
    changes: tuple[Change, ...] = ()
    last_year: str = ""

    @property
    def problems(self) -> list[Problem]:
        return self.judged.problems if self.judged else []

    @property
    def blockers(self) -> list[Problem]:
        return [each for each in self.problems if each.kind is Kind.BLOCKER]

    @property
    def notices(self) -> list[str]:
        return [each.text for each in self.problems if each.kind is Kind.NOTICE]

    @property
    def member(self) -> Any:
        """Whom of the roster it may repeat."""
        return self.judged.member if self.judged else None

    @property
    def meant(self) -> str | None:
        return self.judged.meant if self.judged else None


def is_asked(guess: Guess) -> bool:
    """Whether somebody has to say what the columns are: one is unsure, or one may be missing."""
    is_spare = any(not column.role for column in guess.columns)
    return bool(guess.unsure) or (bool(guess.missing) and is_spare)


def repeated(roles: Iterable[str]) -> list[str]:
    """The roles that were said of two columns, in words."""
    return [ROLES[role] for role, times in Counter(roles).items() if role and times > 1]


def standings(lines: Sequence[Any], team: Any, last_year: Iterable[Any] = ()) -> list[Standing]:
    """Where each row stands beside the roster as it is now, and beside the rows above it."""
    members = team.members
    domains = {lead.email.rpartition("@")[2] for lead in team.leads}
    known = known_people(last_year)
    taken = [line for line in lines if line.choice != SKIP]
    found = judge([candidate_of(line) for line in taken], members, domains)
    emails = {line.number: folded(line.email) for line in taken}
    on_roster = {member.email for member in members}
    standing = {
        judged.candidate.number: stand(line, judged, on_roster, emails, known)
        for line, judged in zip(taken, found, strict=True)
    }
    return one_update_each(standing.get(line.number) or Standing(line, LEFT_OUT) for line in lines)


def one_update_each(found: Iterable[Standing]) -> list[Standing]:
    """A member is updated by one row, the first that wants to; further ones stay duplicates."""
    updated: set[int] = set()
    kept = []
    for each in found:
        if each.state == UPDATING and each.member.id in updated:
            each = replace(each, state=DUPLICATE)
        if each.state == UPDATING:
            updated.add(each.member.id)
        kept.append(each)
    return kept


def candidate_of(line: Any) -> Candidate:
    return Candidate(
        line.number, line.name, line.email, line.side, line.position, line.site,
        side_text=line.side_text, position_text=line.position_text,
    )  # fmt: skip


def folded(email: str) -> str:
    return fold_email(email) if is_email(email) else ""


def stand(
    line: Any,
    judged: Judged,
    on_roster: Collection[str],
    emails: Mapping[int, str],
    known: Mapping[str, str],
) -> Standing:
    twin = judged.member.email if judged.member else emails.get(judged.earlier or 0, "")
    may_add = judged.verdict == DUPLICATE and twin != emails[line.number] != ""
    changes = changes_of(line, judged.member, on_roster) if judged.member else ()
    is_known = judged.member is None and judged.earlier is None
    return Standing(
        line,
        state_of(line, judged, may_add=may_add),
        judged,
        may_add=may_add,
        may_hold=may_hold(line, judged),
        changes=changes,
        last_year=known.get(same_person_key(line.name), "") if is_known and known else "",
    )


def state_of(line: Any, judged: Judged, *, may_add: bool) -> str:
    """A choice counts only where it still fits: a twin may have gone, or come, since."""
    if judged.verdict == MEND and line.choice == HOLD and may_hold(line, judged):
        return READY
    if judged.verdict != DUPLICATE:
        return judged.verdict
    if line.choice == UPDATE and judged.member:
        return UPDATING
    if line.choice != ADD or not may_add:
        return DUPLICATE
    is_blocked = any(each.kind is Kind.BLOCKER for each in judged.problems)
    return MEND if is_blocked else READY


def may_hold(line: Any, judged: Judged) -> bool:
    """Whether a row without an address can hold a place: its side and position are known."""
    missing = {"name", "email"}
    blocked = {each.field for each in judged.problems if each.kind is Kind.BLOCKER}
    return not line.email and blocked <= missing and len(line.name) <= LONGEST_NAME


def name_of(line: Any) -> str:
    """The name that the roster takes; "TBD" is nobody's."""
    return "" if is_nobody(line.name) else str(line.name)


def known_people(members: Iterable[Any]) -> dict[str, str]:
    """Who was on last year's team, by the name as it is compared."""
    return {
        same_person_key(each.name): f"{position_label(each.position)}, {each.email}"
        for each in members
        if each.email
    }


def update_of(line: Any, member: Any, taken: Collection[str]) -> Row:
    """A member's row with whatever the list says and a row can hold; what it leaves open stays.

    ``taken`` are the addresses that are somebody's: even one that is given up by the same list is.
    """
    email = folded(line.email)
    is_taken = email in taken and email != member.email
    fits = line.position in POSITIONS[member.side]
    return Row(
        name=line.name if 0 < len(line.name) <= LONGEST_NAME else member.name,
        email=member.email if is_taken or not email else email,
        position=line.position if fits else member.position,
        site=line.site if 0 < len(line.site) <= LONGEST_NAME else member.site,
    )


def updates_of(found: Iterable[Standing], members: Iterable[Any]) -> list[tuple[Any, Row]]:
    """Each member whom a row updates with their new row, all judged by the roster as it was."""
    found = list(found)
    taken = {each.email for each in members}
    taken |= {folded(each.line.email) for each in found if each.state == READY}
    updates = []
    for each in found:
        if each.state == UPDATING:
            row = update_of(each.line, each.member, taken)
            taken.add(row.email)
            updates.append((each.member, row))
    return updates


def changes_of(line: Any, member: Any, taken: Collection[str]) -> tuple[Change, ...]:
    row = update_of(line, member, taken)
    return tuple(
        Change(LABELS[field].capitalize(), shown(field, was), shown(field, becomes))
        for field in FIELDS
        if (was := getattr(member, field)) != (becomes := getattr(row, field))
    )


def clash_sentence(field: str, now: str) -> str:
    """What a field says whose text somebody else has changed meanwhile."""
    return f"Somebody else has put “{shown(field, now)}” here. Save again to keep yours instead."


def side_meant(position: str, side: str) -> str:
    """A position belongs to one side; without one the side stays what the list said."""
    return side_of(position) if position else side


def counts(found: Iterable[Standing]) -> dict[str, int]:
    """How many rows stand where, in the order of ``STATES``."""
    tally = Counter(each.state for each in found)
    return {state: tally[state] for state in ORDER}


def count_sentence(tally: Mapping[str, int]) -> str:
    """As the page says it: "12 ready, 3 need mending and 2 duplicates"."""
    parts = [
        f"{tally[READY]:,} ready" if tally[READY] else "",
        f"{tally[UPDATING]:,} to update" if tally[UPDATING] else "",
        plural(tally[MEND], "needs mending", "need mending") if tally[MEND] else "",
        plural(tally[DUPLICATE], "duplicate") if tally[DUPLICATE] else "",
        f"{tally[LEFT_OUT]:,} left out" if tally[LEFT_OUT] else "",
    ]
    return listing([part for part in parts if part]) or "nothing left"


def done_sentence(added: int, updated: int) -> str:
    """What the timeline says: "added 14 people and changed 2 from a list"."""
    parts = [
        f"added {plural(added, 'person', 'people')}" if added else "",
        f"changed {plural(updated, 'person', 'people')}" if updated else "",
    ]
    return f"{listing([part for part in parts if part])} from a list"


def button_label(tally: Mapping[str, int]) -> str:
    """What the one button does: "Add 12 people, update 2"; nothing while nothing can be done."""
    adds, updates = tally[READY], tally[UPDATING]
    if not adds and not updates:
        return "" if tally[MEND] or tally[DUPLICATE] else "Close this list"
    add = f"Add {plural(adds, 'person', 'people')}" if adds else ""
    update = f"update {plural(updates, 'person', 'people')}" if updates else ""
    label = ", ".join(filter(None, [add, update]))
    return label[:1].upper() + label[1:]


def side_order(side: str) -> dict[str, str]:
    """The sides for a list of positions, the likelier first."""
    first = [side] if side in SIDES else []
    return {each: SIDES[each] for each in [*first, *SIDES] if each not in first or each == side}
