"""What is worth a look on a roster, and stops nothing."""

from types import SimpleNamespace
from typing import Any

import pytest

from cdef.kernel.names import same_person_key
from cdef.series.rules import DISTRICT, UNION
from cdef.teams.notice_rules import notices


def person(name: str = "Jo Lee", email: str = "jo@example.org", **instead: Any) -> SimpleNamespace:
    fields = {
        "id": 1,
        "name": name,
        "called": name or "Name to follow (Teacher)",
        "email": email,
        "side": DISTRICT,
        "is_elsewhere": False,
        "past_email": None,
        "name_key": same_person_key(name),
    }
    return SimpleNamespace(**fields | instead)


def said(*members: Any) -> list[str]:
    return [check.text for check in notices(SimpleNamespace(members=members))]


@pytest.mark.parametrize(
    ("district", "union", "is_said"),
    [(2, 4, False), (2, 5, True), (5, 2, True), (1, 2, False), (1, 3, True), (0, 5, False)],
)
def test_uneven_sides_are_worth_a_look(district: int, union: int, is_said: bool) -> None:
    sides = [DISTRICT] * district + [UNION] * union
    members = [person("", f"{n}@example.org", side=side) for n, side in enumerate(sides)]
    text = f"The sides are uneven: {district} from the district, {union} from the union."
    assert said(*members) == ([text] if is_said else [])


@pytest.mark.parametrize(
    ("email", "meant"),
    [
        ("a@gmial.com", "a@gmail.com"),
        ("a.b@gmail.con", "a.b@gmail.com"),
        ("a@yaho.com", "a@yahoo.com"),
        ("a@hotmial.com", "a@hotmail.com"),
    ],
)
def test_a_mistyped_domain_is_worth_a_look(email: str, meant: str) -> None:
    assert said(person(email=email)) == [
        f"The address of Jo Lee looks mistyped: did you mean {meant}?"
    ]


@pytest.mark.parametrize("email", ["a@gmail.com", "a@example.org", ""])
def test_a_domain_that_may_be_right_is_not_mentioned(email: str) -> None:
    assert said(person(email=email)) == []


def test_the_domain_that_most_of_the_team_has_is_taken_for_right() -> None:
    three = [person(name, f"{name[0]}@musd.example") for name in ("Al Ro", "Bo Li", "Cy Do")]
    assert said(*three, person(email="jo@musd.exmaple")) == [
        "The address of Jo Lee looks mistyped: did you mean jo@musd.example?"
    ]


def test_two_spellings_of_one_name_may_be_one_person() -> None:
    one, other = person("María García", "a@b.example"), person("Garcia, Maria", "c@d.example", id=7)
    found = notices(SimpleNamespace(members=[one, other]))
    assert [(check.text, check.mend) for check in found] == [
        (
            "María García and Garcia, Maria look like one person, with two addresses.",
            "/members/7/edit",
        )
    ]


def test_places_held_are_not_one_person_twice() -> None:
    assert said(person("", ""), person("", ""), person("TBD", ""), person("TBD", "")) == []


def test_whoever_is_on_another_roster_is_named_and_the_other_team_is_not() -> None:
    assert said(person(is_elsewhere=True)) == ["Jo Lee is on the roster of another team too."]


def test_another_address_of_an_earlier_series_is_shown() -> None:
    assert said(person(past_email="old@example.org")) == [
        "Jo Lee had another address in an earlier series: old@example.org."
    ]


def test_each_notice_leads_to_the_row_that_it_is_about() -> None:
    found = notices(SimpleNamespace(members=[person(email="a@gmial.com", id=9)]))
    assert [check.mend for check in found] == ["/members/9/edit"]
