"""The oracle of the fault driver catches each planted fault; it needs no server."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.faults.clients import DONE, REFUSED, UNKNOWN, Told
from tests.faults.oracle import faults
from tests.faults.reading import Left, Line, Post, TeamLeft, Verdict

NOW = datetime(2016, 10, 17, 9, tzinfo=UTC)
LEADS = ["imogen@example.org", "beatriz@example.org"]


def row(name: str, site: str = "") -> dict[str, Any]:
    return {"name": name, "email": f"{name}@example.org", "position": "teacher", "site": site}


def line(number: int, what: str, before: Any = None, after: Any = None, team: int = 1) -> Line:
    at = NOW + timedelta(minutes=number)
    return Line(number, f"team:{team}", "Imogen", what, "", at, before or {}, after or {})


def letter(kind: str, to: str, number: int) -> Post:
    at, identity = NOW + timedelta(minutes=number), f"<{kind} {to} {number}>"
    return Post(kind, "team:1", to, identity, "handed_over", at, 1, identity.encode())


STATES = {"before": {"state": "submitted"}, "after": {"state": "approved"}}
LETTERS = [
    *(letter("approved", lead, 3) for lead in LEADS),
    *(letter("confirmation", f"{name}@example.org", 3) for name in ("ada", "bea")),
]
BEFORE = Left(
    seats=3,
    teams=[
        TeamLeft(1, 4, "submitted", LEADS, [row("ada")], []),
        TeamLeft(2, 2, "draft", ["ferdinand@example.org"], [], []),
    ],
)
AFTER = replace(
    BEFORE,
    taken=2,
    teams=[
        TeamLeft(1, 6, "approved", LEADS, [row("ada", "North"), row("bea")], [(LEADS[0], 6)]),
        BEFORE.teams[1],
    ],
    lines=[
        line(1, "added bea", None, row("bea")),
        line(2, "changed ada", row("ada"), row("ada", "North")),
        line(3, "approved the registration", before=STATES["before"], after=STATES["after"]),
    ],
    verdicts=[Verdict(1, "approve", "welcome", NOW + timedelta(minutes=3))],
    letters=LETTERS,
    arrived=Counter(post.identity for post in LETTERS),
    contents={post.raw for post in LETTERS},
)
TOLD = [
    Told("imogen", "add", "bea", DONE),
    Told("imogen", "edit", "North", DONE),
    Told("imogen", "sign", "yes", DONE, about={"team": 1, "revision": 6}),
    Told("rosalind", "approve", "welcome", DONE),
    Told("imogen", "edit", "South", REFUSED),
    Told("imogen", "add", "cal", UNKNOWN),
]


def test_a_run_in_which_all_is_true_is_sound() -> None:
    assert faults(BEFORE, AFTER, TOLD, 0) == []


def test_what_nobody_answered_may_have_been_done() -> None:
    told = [replace(each, outcome=UNKNOWN) for each in TOLD]
    assert faults(BEFORE, AFTER, told, 0) == []


def team(left: Left, **fields: Any) -> Left:
    return replace(left, teams=[replace(left.teams[0], **fields), *left.teams[1:]])


def state(left: Left, **fields: Any) -> Left:
    return replace(left, letters=[replace(left.letters[0], **fields), *left.letters[1:]])


# What is planted, and a part of what is said about it.
PLANTED: list[tuple[Callable[[Left], Left], str]] = [
    (lambda left: replace(left, lines=left.lines[1:]), "bea@example.org is there 0 times"),
    (lambda left: replace(left, lines=[left.lines[0], *left.lines]), "is there 2 times"),
    (lambda left: team(left, rows=[row("ada", "North")]), "its timeline tells"),
    (lambda left: team(left, revision=5), "went from 4 to 5 by 2 changes"),
    (lambda left: team(left, signatures=[]), "lost signature"),
    (lambda left: team(left, signatures=[(LEADS[0], 6)] * 2), "signed 2 times"),
    (lambda left: team(left, state="submitted"), "its timeline ends"),
    (lambda left: replace(left, verdicts=[]), "welcome is there 0 times"),
    (lambda left: replace(left, letters=left.letters[:-1]), "lacks Counter({('confirmation'"),
    (
        lambda left: replace(left, letters=[*left.letters, letter("approved", LEADS[0], 3)]),
        "too many",
    ),
    (lambda left: replace(left, seats=1), "oversold"),
    (lambda left: replace(left, taken=3), "3 seats are counted as taken"),
    (lambda left: replace(left, arrived=Counter()), "came 0 times"),
    (lambda left: replace(left, arrived=left.arrived + left.arrived), "came 2 times"),
    (lambda left: replace(left, arrived=left.arrived + Counter("?")), "nobody wrote ?"),
    (lambda left: replace(left, contents={b"other"}), "other bytes"),
    (lambda left: state(left, state="queued"), "queued, begun 1 times, came 1 times"),
    (lambda left: state(left, state="failed"), "failed, begun 1 times, came 1 times"),
]


@pytest.mark.parametrize(("plant", "said"), PLANTED)
def test_it_catches_what_is_planted(plant: Callable[[Left], Left], said: str) -> None:
    assert any(said in each for each in faults(BEFORE, plant(AFTER), TOLD, 0))


def test_a_letter_that_shows_its_doubt_may_come_twice_only_if_something_broke() -> None:
    twice = state(AFTER, begun=2)
    twice = replace(twice, arrived=twice.arrived + Counter([twice.letters[0].identity]))
    assert faults(BEFORE, twice, TOLD, 1) == []
    assert "1 letters came twice" in faults(BEFORE, twice, TOLD, 0)[0]
