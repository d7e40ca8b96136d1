"""What lists and counters say of a team, and the words by which it is found."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cdef.kernel.names import name_parts
from cdef.kernel.words import fold
from cdef.series.rules import SIDES
from cdef.teams.rules import may_edit

WAITS_FOR_STAFF = ("submitted", "waitlisted")
LONGEST_WORD = 60  # characters; what is longer is found by its beginning
MOST_WORDS = 6  # of what was typed; more would find nothing else

Entry = tuple[int, str, str, str]  # cohort, kind, key and state of a counter


@dataclass(frozen=True)
class Facts:
    """What of a team is counted."""

    cohort_id: int
    county: str
    state: str
    people: tuple[int, ...]  # by side, in the order of SIDES
    unmet: frozenset[int]  # ids of the series' rules

    @property
    def entries(self) -> Counter[Entry]:
        """The counters to which the team adds, and how much."""
        counted = {("teams", ""): 1, ("county", self.county): 1}
        counted |= {("people", side): n for side, n in zip(SIDES, self.people, strict=True)}
        counted |= {("rule", str(rule_id)): 1 for rule_id in self.unmet}
        return Counter(
            {
                (self.cohort_id, kind, key, self.state): number
                for (kind, key), number in counted.items()
            }
        )


def facts_of(team: Any) -> Facts:
    """A team as it is now; while its roster can be edited, nothing of it is counted yet."""
    is_counted = not may_edit(team.state)
    return Facts(
        team.cohort_id,
        team.district.county,
        team.state,
        tuple(len(team.side(side)) * is_counted for side in SIDES),
        unmet_rules(team) if is_counted else frozenset(),
    )


def unmet_rules(team: Any) -> frozenset[int]:
    held = {member.position for member in team.members}
    rules = team.cohort.series.team_rules
    return frozenset(rule.id for rule in rules if not held & set(rule.met_by))


def differences(before: Counter[Entry], after: Counter[Entry]) -> dict[Entry, int]:
    """By how much each counter has to change."""
    changed = {entry: after[entry] - before[entry] for entry in before.keys() | after.keys()}
    return {entry: number for entry, number in changed.items() if number}


def move_entries(cohort_id: int, before: str, after: str, day: str) -> Counter[Entry]:
    """One team has left a state on a day, and come into another."""
    found = Counter({(cohort_id, "day", day, after): 1})
    found.subtract({(cohort_id, "day", day, before): 1} if before else {})
    return found


def own_words(team: Any) -> set[tuple[int, str]]:
    """Of the district and the leads, who are known from the start."""
    texts = [team.district.name, team.district.county]
    texts += [text for lead in team.leads for text in (lead.name, lead.email)]
    return {(0, word) for text in texts for word in words_of(text)}


def member_words(team: Any) -> set[tuple[int, str]]:
    return {
        (member.id, word)
        for member in team.members
        for text in (member.name, member.email)
        for word in words_of(text)
    }


def words_of(text: str) -> Iterator[str]:
    """A name's words; of an address its parts, itself and its domain."""
    folded = fold(text)
    local, at, domain = folded.rpartition("@")
    found = [*re.findall(r"[^\W_]+", local), folded, domain] if at else name_parts(text)
    yield from (word[:LONGEST_WORD] for word in found)


def asked_words(typed: str) -> list[str]:
    """What somebody looks for, a beginning of a word each; an address stays whole."""
    found: list[str] = []
    for token in fold(typed).split():
        is_address = "@" in token.strip("@") or re.search(r"\w{2}\.\w{2}", token)
        found += [token.strip("@")] if is_address else name_parts(token)
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in found))[:MOST_WORDS]
