"""The rows of generated teams: their people, their decisions, their timeline and their words.

Whatever they are follows from their numbers, so the same numbers give the same database.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

CLIENTS = 64  # members of the staff, and leads, who are signed in
PEOPLE, TWELVE = 8, 12  # on each roster; and on each that is edited
LINES = 30  # of the timeline of such a team: as many as its page shows
DISTRICTS, COUNTIES = 1000, 58  # about as many as there are
# fmt: off
FIRST = (
    "Maria", "Jose", "Ana", "Luis", "Mark", "Mei", "Omar", "Ruth", "Ivan", "Nora", "Hugo",
    "Lena", "Paul", "Tara", "Yuki", "Zoe",
)
ROOTS = (
    "Gar", "Mar", "Lop", "San", "Her", "Ram", "Tor", "Flo", "Riv", "Ng", "Tran", "Lee",
    "Kim", "Cho", "Ort", "Cas", "Vaz", "Men", "Dom", "Var",
)
ENDS = (
    "cia", "tinez", "ez", "chez", "nandez", "irez", "res", "rera", "well", "son", "man",
    "ton", "ley", "ford", "wood", "ner", "ber", "dez", "go", "as",
)
# fmt: on
POSITIONS = (
    ("superintendent", "board", "principal", "business"),
    ("teachers_president", "classified_president", "teacher", "classified"),
)
VERBS = {
    "submitted": "",
    "waitlisted": "waitlist",
    "returned": "return",
    "declined": "decline",
    "withdrawn": "withdraw",
    "approved": "approve",
}
# How a hundred teams are spread over the states.
SHARES = {"draft": 13, "submitted": 12, "waitlisted": 5, "returned": 5, "declined": 4}
SPREAD = [
    state
    for state, share in (SHARES | {"withdrawn": 6, "approved": 55}).items()
    for _ in range(share)
]


def tables(
    teams: int, cohorts: list[int], homes: list[int], now: datetime
) -> Iterator[tuple[str, str, Iterable[tuple[Any, ...]]]]:
    numbers = range(1, teams + 1)
    leads = [(team, side) for team in numbers for side in (0, 1)]
    at = [moment(now, team) for team in range(teams + 1)]
    yield (
        "team",
        "id, cohort_id, district_id, revision, created_at",
        ((n, cohorts[n % len(cohorts)], homes[n * 7 % len(homes)], 1, at[n]) for n in numbers),
    )
    yield (
        "person",
        "id, email, name, roles, created_at",
        ((CLIENTS + n, *reversed(who(*lead)), "", at[0]) for n, lead in enumerate(leads, 1)),
    )
    yield (
        "lead",
        "team_id, person_id, side, name, invited_at, joined_at",
        (
            (team, CLIENTS + n, ("district", "union")[side], who(team, side)[0], at[team], at[team])
            for n, (team, side) in enumerate(leads, 1)
        ),
    )
    yield "member", MEMBER, (row for team in numbers for row in roster(team, at[team]))
    yield (
        "registration",
        "id, team_id, state, since, submitted_at, turn, offered_seats",
        ((n, n, state_of(n), at[n], at[n], 0, 0) for n in numbers if state_of(n) != "draft"),
    )
    yield "decision", DECISION, (row for team in numbers for row in decisions(team, at[team]))
    yield (
        "event",
        "at, about, who, what",
        ((at[n], f"team:{n}", *line) for n in numbers for line in timeline(n)),
    )
    yield (
        "team_word",
        "team_id, word, whose",
        (row for team in numbers for row in words(team, homes)),
    )


MEMBER = "id, team_id, side, name, name_key, email, position, site, created_at, once"
DECISION = "registration_id, verb, by_id, at, note, waived, over"


def moment(now: datetime, team: int) -> str:
    """A minute apart for the first hundred thousand; as SQLAlchemy writes it."""
    at = now - timedelta(days=100) + timedelta(minutes=team)
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


def who(team: int, number: int) -> tuple[str, str]:
    """Somebody's name, one of some thousands, and an address of their own."""
    place = team * TWELVE + number
    first = FIRST[place * 31 % 997 % len(FIRST)]
    last = ROOTS[place * 17 % 991 % len(ROOTS)] + ENDS[place * 13 % 983 % len(ENDS)]
    return f"{first} {last}", f"{first}.{last}{place}@example.org".lower()


def roster(team: int, at: str) -> Iterator[tuple[Any, ...]]:
    """Every fifth team lacks somebody whom a rule asks for."""
    for number in range(size_of(team)):
        name, email = who(team, number)
        side = number % 2
        position = POSITIONS[side][number // 2 % len(POSITIONS[side])]
        if team % 5 == 0 and position == ("board", "classified_president")[team % 2]:
            position = ("principal", "teacher")[side]
        key = " ".join(sorted(name.lower().split()))
        place = team * TWELVE + number
        yield place, team, ("district", "union")[side], name, key, email, position, "", at, ""


def size_of(team: int) -> int:
    return TWELVE if team <= CLIENTS else PEOPLE


def timeline(team: int) -> Iterator[tuple[str, str]]:
    """Who did what; as long as the page shows where it is measured."""
    yield who(team, 0)[0], "started the team"
    yield who(team, 1)[0], "joined the team"
    for number in range(2, LINES if team <= CLIENTS else 3):
        yield who(team, number % 2)[0], f"added {who(team, number % TWELVE)[0]}"


def decisions(team: int, at: str) -> Iterator[tuple[Any, ...]]:
    if state_of(team) != "draft":
        yield team, "submit", None, at, "", "", ""
        if verb := VERBS[state_of(team)]:
            yield team, verb, 1, at, "", "", ""


def words(team: int, homes: list[int]) -> Iterator[tuple[int, str, int]]:
    """By the team, the word, and whose it is, as the table is ordered."""
    home = team * 7 % len(homes)
    found = {(word, 0) for word in ("district", f"{home:04}", "county", f"{home % COUNTIES:02}")}
    for number in range(PEOPLE):
        name, email = who(team, number)
        place = team * TWELVE + number
        first, last = name.lower().split()
        said = (first, last, f"{last}{place}", email, "example.org")
        found |= {(word, 0) for word in said} if number < 2 else set()
        if state_of(team) not in ("draft", "returned"):
            found |= {(word, place) for word in said}
    yield from ((team, word, whose) for word, whose in sorted(found))


def state_of(team: int) -> str:
    """Those of the leads who are signed in are drafts; those that staff decide on are submitted."""
    if team <= 2 * CLIENTS:
        return "draft" if team <= CLIENTS else "submitted"
    return SPREAD[team * 37 % 100]
