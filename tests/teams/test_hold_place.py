"""Holding a place for somebody whose name is to follow."""

from datetime import date

import pytest
from flask import Flask

from cdef.kernel.db import db, transaction
from cdef.series.models import cohort_by_slug
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, FEW, STAFF, Cast, Mailbox, calendars_of
from tests.conftest import both_databases
from tests.pages import Browser, Page
from tests.teams.test_add_member import add

FOLLOWS = {"name": "", "email": "", "to_follow": "y", "site": ""}
CALLED = "Name to follow (Principal or site administrator)"


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team(members=FEW)


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    return cast.browser(DISTRICT_LEAD)


def names_due(day: date | None) -> None:
    with transaction():
        cohort = cohort_by_slug("bay-area")
        assert cohort
        cohort.names_due = day


def lines(page: Page) -> list[str]:
    return [" ".join("".join(line.itertext()).split()) for line in page.find("li")]


@both_databases
def test_a_place_is_on_the_roster_and_counts_in_the_cost(lead: Browser, team: Team) -> None:
    page = add(lead, team, **FOLLOWS)
    assert page.status == 200
    assert CALLED in page.text()
    assert "address to follow" in page.text()
    assert "5 people × $60 $300" in page.text()


@both_databases
def test_many_places_may_be_held(lead: Browser, team: Team) -> None:
    for _ in range(3):
        assert add(lead, team, **FOLLOWS).status == 200
    assert len([member for member in team.members if member.is_placeholder]) == 3


def test_the_tick_asks_for_no_address_and_keeps_a_name_that_is_known(
    lead: Browser, team: Team
) -> None:
    page = add(lead, team, **FOLLOWS | {"name": "Priscilla Vang"})
    assert "Priscilla Vang" in page.text()
    assert team.members[-1].is_placeholder


def test_without_the_tick_name_and_address_are_asked_for(lead: Browser, team: Team) -> None:
    page = add(lead, team, name="", email="")
    assert page.status == 422
    assert "Please give a name." in page.text()
    assert "Please give an e-mail address." in page.text()


def test_a_broken_address_is_no_place_without_one(lead: Browser, team: Team) -> None:
    page = add(lead, team, **FOLLOWS | {"email": "priscilla"})
    assert page.status == 422
    assert "This does not look like an e-mail address." in page.text()


def test_a_place_is_filled_by_editing_it(lead: Browser, team: Team) -> None:
    add(lead, team, **FOLLOWS)
    held = team.members[-1].id
    page = lead.get(f"/teams/{team.id}/members/{held}/edit")
    action = f"/teams/{team.id}/members/{held}"
    assert page.form(action).value("to_follow") == "y"
    fields = {"name": "Priscilla Vang", "email": "p.vang@example.org", "to_follow": None}
    page = lead.submit(action, **fields)
    assert "Priscilla Vang" in page.text()
    assert CALLED not in [line for line in lines(page) if "changed" not in line]


@pytest.mark.parametrize(
    ("due", "said", "may_sign"),
    [
        (None, "Worth a look 1 name to follow.", True),
        (date(2016, 10, 17), "Worth a look 1 name to follow, due by October 17, 2016.", True),
        (date(2016, 10, 16), "Needed 1 name to follow: they were due by October 16, 2016.", False),
    ],
)
def test_a_place_stops_the_signature_only_after_the_day_that_staff_set(
    lead: Browser, team: Team, due: date | None, said: str, may_sign: bool
) -> None:
    names_due(due)
    page = add(lead, team, **FOLLOWS)
    assert any(line.startswith(said) for line in lines(page))
    assert page.has_form(f"/teams/{team.id}/signatures") == may_sign


def test_staff_cannot_approve_a_place_whose_day_has_passed(
    app: Flask, cast: Cast, lead: Browser, team: Team
) -> None:
    add(lead, team, **FOLLOWS)
    cast.sign(team, "district")
    cast.sign(team, "union")
    names_due(date(2016, 10, 16))
    cast.staff()
    staff = cast.browser(STAFF)
    staff.get(f"/staff/teams/{team.id}")
    page = staff.submit(f"/staff/teams/{team.id}/approval")
    assert page.status == 422
    assert "they were due by October 16, 2016" in page.text()


def test_an_approved_place_takes_a_seat_and_gets_no_letter(
    cast: Cast, lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    add(lead, team, **FOLLOWS)
    cast.sign(team, "district")
    cast.sign(team, "union")
    cast.decide(team, "approve")
    db.session.refresh(team.registration)
    assert team.state == "approved"
    letters = mailbox.letters("confirmation")
    assert len(letters) == 4
    assert all(letter.to_email for letter in mailbox.letters())
    assert calendars_of(mailbox.last("confirmation"))
    cast.decide(team, "withdraw")
    assert all(letter.to_email for letter in mailbox.letters())
