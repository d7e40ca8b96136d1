"""What a team must be, what it costs, and what the checklist says of it."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from cdef.kernel.names import same_person_key
from cdef.kernel.problems import Kind, Problem
from cdef.series.rules import DISTRICT, UNION
from cdef.teams import rules

TODAY = date(2016, 10, 17)
RULES = [
    ("Superintendent or designee", ["superintendent"]),
    ("School board member", ["board"]),
    ("Teachers’ union leader", ["teachers_president", "teachers_leader"]),
    ("Classified union leader", ["classified_president", "classified_leader"]),
]
WHOLE = ["superintendent", "board", "teachers_president", "classified_president"]
SIDE = dict.fromkeys(["superintendent", "board", "principal"], DISTRICT)


def person(position: str, number: int = 0, **instead: Any) -> SimpleNamespace:
    name = instead.get("name", f"{position} {number}")
    fields = {
        "id": number,
        "name": name,
        "called": name,
        "email": f"{position}.{number}@example.org",
        "side": SIDE.get(position, UNION),
        "position": position,
        "is_placeholder": False,
        "is_elsewhere": False,
        "past_email": None,
        "name_key": same_person_key(name),
    }
    return SimpleNamespace(**fields | instead)


def lead(side: str, *, has_joined: bool = True) -> SimpleNamespace:
    return SimpleNamespace(side=side, name=f"The {side} lead", joined_at=has_joined or None)


def team(
    positions: list[str],
    leads: Any = None,
    *,
    state: str = "draft",
    smallest: int = 4,
    largest: int = 20,
    names_due: date | None = None,
) -> Any:
    found = {each.side: each for each in leads or [lead(DISTRICT), lead(UNION)]}
    series = SimpleNamespace(
        smallest_team=smallest,
        largest_team=largest,
        team_rules=[
            SimpleNamespace(id=number, text=text, met_by=met_by)
            for number, (text, met_by) in enumerate(RULES, 1)
        ],
    )
    return SimpleNamespace(
        members=[person(position, number) for number, position in enumerate(positions)],
        lead=found.get,
        cohort=SimpleNamespace(series=series, names_due=names_due),
        signatures=[],
        waiver_requests=[],
        revision=1,
        state=state,
    )


def texts(found: list[Problem], kind: Kind) -> list[str]:
    return [problem.text for problem in found if problem.kind is kind]


def blockers(given: Any) -> list[str]:
    return texts(rules.problems(given, TODAY), Kind.BLOCKER)


def waivers(given: Any) -> list[str]:
    return texts(rules.problems(given, TODAY), Kind.WAIVER)


def test_a_whole_team_has_no_problems_and_every_line_is_met() -> None:
    assert rules.problems(team(WHOLE), TODAY) == []
    assert {check.kind for check in rules.checklist(team(WHOLE), TODAY)} == {"met"}


def test_the_checklist_says_everything_that_is_asked() -> None:
    assert [check.text for check in rules.checklist(team(WHOLE), TODAY)] == [
        "District side is on the roster",
        "Union side is on the roster",
        "District lead has joined",
        "Union lead has joined",
        "4 to 20 people",
        *(text for text, _ in RULES),
    ]


def test_both_sides_are_needed() -> None:
    assert blockers(team([])) == [
        "Nobody from the district side is on the roster yet.",
        "Nobody from the union side is on the roster yet.",
        "The team has 0 people; it needs at least 4.",
    ]
    one_sided = team(["superintendent", "board", "principal", "principal"])
    assert blockers(one_sided) == ["Nobody from the union side is on the roster yet."]


def test_both_leads_are_needed() -> None:
    assert blockers(team(WHOLE, [lead(DISTRICT)])) == ["The union lead is not named yet."]
    invited = [lead(DISTRICT), lead(UNION, has_joined=False)]
    assert blockers(team(WHOLE, invited)) == [
        "The union lead is invited as union lead and has not joined yet."
    ]


@pytest.mark.parametrize(
    ("people", "stopped"), [(3, True), (4, False), (20, False), (21, True), (0, True)]
)
def test_the_size_has_limits(people: int, stopped: bool) -> None:
    given = team((WHOLE * 6)[:people])
    assert any("The team has" in text for text in blockers(given)) is stopped


def test_one_person_is_a_person_and_not_a_people() -> None:
    assert "The team has 1 person; it needs at least 4." in blockers(team(["superintendent"]))


@pytest.mark.parametrize("missing", range(4))
def test_each_position_that_is_missing_can_be_waived(missing: int) -> None:
    given = team([*(WHOLE[:missing] + WHOLE[missing + 1 :]), "principal", "teacher"])
    text = RULES[missing][0]
    assert waivers(given) == [f"Missing: {text[0].lower()}{text[1:]}."]
    assert blockers(given) == []


@pytest.mark.parametrize("position", ["teachers_leader", "classified_leader"])
def test_another_position_may_meet_a_rule(position: str) -> None:
    rest = [held for held in WHOLE if held[:5] != position[:5]]
    assert waivers(team([*rest, position])) == []


@pytest.mark.parametrize(
    ("due", "kind", "said"),
    [
        (None, Kind.NOTICE, "1 name to follow."),
        (TODAY, Kind.NOTICE, "1 name to follow, due by October 17, 2016."),
        (
            date(2016, 10, 16),
            Kind.BLOCKER,
            "1 name to follow: they were due by October 16, 2016.",
        ),
    ],
)
def test_a_place_without_a_name_blocks_only_once_its_day_has_passed(
    due: date | None, kind: Kind, said: str
) -> None:
    given = team(WHOLE, names_due=due)
    given.members[1].is_placeholder = True
    assert rules.problems(given, TODAY) == [Problem(kind, said)]


def test_a_place_held_for_a_position_meets_its_rule() -> None:
    given = team(WHOLE)
    given.members[1].is_placeholder = True
    assert waivers(given) == []


def test_the_positions_that_would_meet_an_unmet_rule_are_missing() -> None:
    assert rules.missing_positions(team(["superintendent", "board", "teachers_leader"])) == {
        "classified_president",
        "classified_leader",
    }
    assert rules.missing_positions(team(WHOLE)) == set()


# Signing.


def signed(given: Any, side: str, revision: int) -> None:
    found = SimpleNamespace(lead=SimpleNamespace(side=side, left_at=None), revision=revision)
    given.signatures.append(found)


def test_a_partner_who_has_not_joined_does_not_stop_the_first_signature() -> None:
    assert rules.signing_blockers(rules.problems(team(WHOLE, [lead(DISTRICT)]), TODAY)) == []


def test_a_waiver_does_not_stop_a_signature() -> None:
    assert (
        rules.signing_blockers(
            rules.problems(team(["principal", "principal", "teacher", "teacher"]), TODAY)
        )
        == []
    )


def test_every_other_blocker_stops_a_signature() -> None:
    assert len(rules.signing_blockers(rules.problems(team([]), TODAY))) == 3


def test_a_signature_counts_for_its_revision_only() -> None:
    given = team(WHOLE)
    signed(given, DISTRICT, 1)
    assert rules.current_signature(given, DISTRICT)
    assert rules.current_signature(given, UNION) is None
    given.revision = 2
    assert rules.current_signature(given, DISTRICT) is None


@pytest.mark.parametrize(
    ("state", "counts"), [("draft", False), ("returned", False), ("approved", True)]
)
def test_a_former_leads_signature_counts_for_what_was_submitted_alone(
    state: str, counts: bool
) -> None:
    given = team(WHOLE, state=state)
    signed(given, DISTRICT, 1)
    given.signatures[0].lead.left_at = date(2016, 10, 18)
    assert bool(rules.current_signature(given, DISTRICT)) == counts


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_half_signed_waits_for_the_other_side(state: str) -> None:
    given = team(WHOLE, state=state)
    assert rules.waiting_side(given) is None
    signed(given, UNION, 1)
    assert rules.waiting_side(given) == DISTRICT
    signed(given, DISTRICT, 1)
    assert rules.waiting_side(given) is None


def test_a_withdrawn_team_waits_for_nobody() -> None:
    given = team(WHOLE, state="withdrawn")
    signed(given, UNION, 1)
    assert rules.waiting_side(given) is None


@pytest.mark.parametrize("state", ["submitted", "waitlisted", "approved", "declined", "withdrawn"])
def test_only_drafts_and_returned_rosters_are_edited(state: str) -> None:
    assert not rules.may_edit(state)
    assert rules.may_edit("draft")
    assert rules.may_edit("returned")


# Cost, in cents.


@pytest.mark.parametrize(
    ("people", "price", "cents", "sentence"),
    [
        (8, 6000, 48000, "8 people × $60 = $480"),
        (1, 6000, 6000, "1 person × $60 = $60"),
        (0, 6000, 0, "0 people × $60 = $0"),
        (20, 6050, 121000, "20 people × $60.50 = $1,210"),
    ],
)
def test_the_cost_is_the_price_for_each_person(
    people: int, price: int, cents: int, sentence: str
) -> None:
    assert rules.cost_cents(people, price) == cents
    assert rules.cost_sentence(people, price) == sentence


def test_what_an_approved_team_lacks_is_waived() -> None:
    given = team(["principal", "principal", "teacher", "teacher"], state="approved")
    kinds = {check.text: check.kind for check in rules.checklist(given, TODAY)}
    assert kinds["School board member"] == "waived"
