"""What an open page learns of the other lead, and how little it costs to ask."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from werkzeug.test import TestResponse

from cdef.kernel import clock
from cdef.kernel.db import db
from cdef.teams import roster_actions
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, OAKLAND, OTHER_LEAD, UNION_LEAD, Cast
from tests.conftest import both_databases
from tests.pages import Browser

HTMX = {"HX-Request": "true"}


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team()


@pytest.fixture
def imogen(cast: Cast, team: Team) -> Browser:
    """The district lead, with the team's page open."""
    browser = cast.browser(DISTRICT_LEAD)
    browser.get(f"/teams/{team.id}")
    return browser


@pytest.fixture
def beatriz(cast: Cast, team: Team) -> Browser:
    browser = cast.browser(UNION_LEAD)
    browser.get(f"/teams/{team.id}")
    return browser


def mark_of(browser: Browser) -> str:
    """Where the page in front asks whether anything is new."""
    assert browser.page is not None
    address = browser.page.find("div", id="live")[0].get("hx-get")
    assert address is not None
    return address


def ask(browser: Browser, address: str) -> TestResponse:
    return browser.client.get(address, headers=HTMX)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that the database was sent."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@both_databases
def test_while_nothing_is_new_the_answer_is_empty(imogen: Browser) -> None:
    assert ask(imogen, mark_of(imogen)).status_code == 204


def test_asking_costs_two_queries_and_few_bytes(imogen: Browser) -> None:
    address = mark_of(imogen)
    with counted() as statements:
        answer = ask(imogen, address)
    assert len(statements) <= 2
    assert len(answer.data) == 0


def test_a_roster_of_twelve_takes_eight_queries(cast: Cast, team: Team, imogen: Browser) -> None:
    for number in range(4):
        cast.add(
            team, "union", f"Wilhelmina Cho {number}", "teacher", email=f"w{number}@example.org"
        )
    address = f"/teams/{team.id}"
    db.session.remove()
    with counted() as statements:
        imogen.get(address)
    assert len(statements) <= 8


@both_databases
def test_what_the_other_lead_adds_arrives(cast: Cast, imogen: Browser, beatriz: Browser) -> None:
    address = mark_of(imogen)
    assert beatriz.page is not None
    action = f"{beatriz.page.path}/members"
    form = beatriz.page.find("form", id="add-union")[0]
    once = next(field.get("value") for field in form.iter() if field.get("name") == "once")
    beatriz.post(
        action,
        [
            ("csrf_token", beatriz.page.value("csrf_token")),
            ("once", once),
            ("side", "union"),
            ("name", "Wilhelmina Cho"),
            ("email", "wilhelmina.cho@example.org"),
            ("position", "teacher"),
        ],
    )
    answer = ask(imogen, address)
    assert answer.status_code == 200
    assert "Wilhelmina Cho" in answer.text
    assert "Beatriz Holloway added Wilhelmina Cho" in answer.headers["HX-Trigger"]
    assert 'hx-swap="outerMorph"' in answer.text


def test_ones_own_doings_are_no_news(cast: Cast, team: Team, imogen: Browser) -> None:
    address = mark_of(imogen)
    member = team.side("district")[1]
    roster_actions.remove_member(member, by=team.lead("district").person, now=clock.now())  # type: ignore[union-attr]
    answer = ask(imogen, address)
    assert answer.status_code == 200
    assert "HX-Trigger" not in answer.headers


@both_databases
def test_each_lead_sees_that_the_other_is_here_and_gone(
    cast: Cast, team: Team, imogen: Browser, beatriz: Browser
) -> None:
    token = [("csrf_token", beatriz.page.value("csrf_token"))]  # type: ignore[union-attr]
    assert beatriz.post(f"/teams/{team.id}/presence", token).status == 204
    answer = ask(imogen, mark_of(imogen))
    assert "Beatriz Holloway is here" in answer.text
    cast.later(minutes=2)
    assert "is here" not in imogen.get(f"/teams/{team.id}").text()


def test_staff_who_look_on_are_not_announced(cast: Cast, team: Team, imogen: Browser) -> None:
    staff = cast.browser(cast.staff().email)
    staff.get(f"/teams/{team.id}")
    token = [("csrf_token", staff.page.value("csrf_token"))]  # type: ignore[union-attr]
    assert staff.post(f"/teams/{team.id}/presence", token).status == 204
    assert "is here" not in imogen.get(f"/teams/{team.id}").text()


def test_the_text_of_a_row_that_the_other_removed_keeps_its_place(
    cast: Cast, team: Team, imogen: Browser
) -> None:
    member = team.side("union")[1]
    roster_actions.remove_member(member, by=team.lead("union").person, now=clock.now())  # type: ignore[union-attr]
    answer = ask(imogen, f"{mark_of(imogen)}&editing={member.id}")
    assert f'id="member-{member.id}"' in answer.text
    answer = ask(imogen, mark_of(imogen))
    assert f'id="member-{member.id}"' not in answer.text


@pytest.mark.parametrize("since", ["", "x", "9" * 400, "-1", "²"])
def test_an_odd_mark_gets_everything(imogen: Browser, team: Team, since: str) -> None:
    answer = imogen.client.get(
        f"/teams/{team.id}/changes", query_string={"since": since}, headers=HTMX
    )
    assert answer.status_code == 200


def test_the_lead_of_another_team_learns_nothing(cast: Cast, team: Team) -> None:
    cast.team(cd_code=OAKLAND, lead=OTHER_LEAD, partner=None, members=[])
    stranger = cast.browser(OTHER_LEAD)
    assert stranger.get(f"/teams/{team.id}/changes").status == 404
