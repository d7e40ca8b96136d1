"""Adding a person to the roster."""

from typing import Any

import pytest

from cdef.kernel import audit
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, OAKLAND, OTHER_LEAD, UNION_LEAD, Cast
from tests.conftest import both_databases
from tests.pages import Browser, Page

PRISCILLA = {
    "name": "Priscilla Vang",
    "email": "priscilla.vang@example.org",
    "position": "principal",
    "site": "Sierra Vista Elementary",
}


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team(members=[])


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    return cast.browser(DISTRICT_LEAD)


def row(page: Page, team: Team, side: str, **fields: Any) -> list[tuple[str, Any]]:
    """The form that adds to one side, filled in as Priscilla unless said otherwise."""
    for element in page.find("form", action=f"/teams/{team.id}/members"):
        held = {
            field.get("name"): field.get("value")
            for field in element.iter()
            if field.get("name") and field.get("type") != "checkbox"
        }
        if held["side"] == side:
            return list((held | PRISCILLA | fields).items())
    raise AssertionError(f"no form adds to the {side} side")


def add(lead: Browser, team: Team, side: str = "district", **fields: Any) -> Page:
    page = lead.get(f"/teams/{team.id}")
    return lead.post(f"/teams/{team.id}/members", row(page, team, side, **fields))


def names(team: Team, side: str) -> list[str]:
    return [member.name for member in team.side(side)]


def kept(page: Page) -> dict[str, str | None]:
    """What the form that has errors holds."""
    for element in page.find("div", class_="row row--new") + page.find(
        "form", class_="row row--new"
    ):
        if any(found.get("aria-invalid") for found in element.iter()):
            return {found.get("name"): found.get("value") for found in element.iter()}
    raise AssertionError("no form has errors")


@both_databases
def test_an_added_person_is_on_the_roster_and_counted(lead: Browser, team: Team) -> None:
    revision = team.revision
    page = add(lead, team)
    assert page.status == 200
    assert names(team, "district") == ["Imogen Castellanos", "Priscilla Vang"]
    text = page.text()
    assert "Priscilla Vang is on the roster." in text
    assert "Principal or site administrator · priscilla.vang@example.org" in text
    assert "Sierra Vista Elementary" in text
    assert "3 people × $60" in text
    assert "$180" in text
    assert team.revision == revision + 1


def test_either_lead_adds_to_either_side(cast: Cast, lead: Browser, team: Team) -> None:
    teacher = {"name": "Marguerite Adeyemi", "email": "m@example.org", "position": "teacher"}
    add(lead, team, "union", **teacher)
    add(cast.browser(UNION_LEAD), team, "district")
    assert names(team, "union") == ["Beatriz Holloway", "Marguerite Adeyemi"]
    assert names(team, "district") == ["Imogen Castellanos", "Priscilla Vang"]


def test_it_is_on_the_timeline_with_who_and_what(lead: Browser, team: Team) -> None:
    add(lead, team)
    event = audit.timeline(team.about)[0]
    assert (event.who, event.what) == ("Imogen Castellanos", "added Priscilla Vang")
    assert event.after == PRISCILLA


def test_an_address_is_kept_in_small_letters(lead: Browser, team: Team) -> None:
    add(lead, team, email=" Priscilla.VANG@Example.org ")
    assert team.side("district")[1].email == "priscilla.vang@example.org"


def test_htmx_gets_the_roster_and_where_the_team_stands(lead: Browser, team: Team) -> None:
    page = lead.get(f"/teams/{team.id}")
    fields = dict(row(page, team, "district"))
    path = f"/teams/{team.id}/members"
    answer = lead.client.post(path, data=fields, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert '<hx-partial hx-target="#roster" hx-swap="outerMorph">' in answer.text
    assert 'id="standing"' in answer.text


# The same form twice.


@both_databases
def test_the_same_form_twice_adds_one_person(lead: Browser, team: Team) -> None:
    fields = row(lead.get(f"/teams/{team.id}"), team, "district")
    for _ in range(2):
        page = lead.post(f"/teams/{team.id}/members", fields)
        assert page.status == 200
        assert "Priscilla Vang is on the roster." in page.text()
    assert names(team, "district") == ["Imogen Castellanos", "Priscilla Vang"]


def test_the_same_form_with_another_person_adds_that_one_too(lead: Browser, team: Team) -> None:
    page = lead.get(f"/teams/{team.id}")
    lead.post(f"/teams/{team.id}/members", row(page, team, "district"))
    other = row(page, team, "district", name="Leopold Marchetti", email="l@example.org")
    lead.post(f"/teams/{team.id}/members", other)
    assert names(team, "district")[1:] == ["Priscilla Vang", "Leopold Marchetti"]


def test_each_page_has_a_key_of_its_own(lead: Browser, team: Team) -> None:
    keys = {lead.get(f"/teams/{team.id}").value("once") for _ in range(2)}
    assert len(keys) == 2


# Refusals.


@both_databases
@pytest.mark.parametrize("side", ["district", "union"])
def test_the_same_person_twice_is_refused(lead: Browser, team: Team, side: str) -> None:
    add(lead, team)
    position = {"district": "board", "union": "teacher"}[side]
    page = add(
        lead, team, side, name="P. Vang", email="PRISCILLA.vang@example.org", position=position
    )
    assert page.status == 422
    assert "Priscilla Vang is on the roster with this address already." in page.text()
    assert kept(page)["name"] == "P. Vang"
    assert kept(page)["side"] == side
    assert len(team.members) == 3


def test_the_same_person_can_be_on_another_team(cast: Cast, lead: Browser, team: Team) -> None:
    other = cast.team(cd_code=OAKLAND, lead=OTHER_LEAD, partner=None, members=[])
    cast.add(other, "district", "Priscilla Vang", "principal")
    add(lead, team)
    assert names(team, "district") == ["Imogen Castellanos", "Priscilla Vang"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Please give a name."),
        ("name", "x" * 121, "Please use at most 120 characters."),
        ("email", "", "Please give an e-mail address."),
        ("email", "priscilla", "This does not look like an e-mail address."),
        ("position", "", "Please choose a position."),
        ("site", "x" * 121, "Please use at most 120 characters."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_kept(
    lead: Browser, team: Team, field: str, value: str, sentence: str
) -> None:
    page = add(lead, team, **{field: value})
    assert page.status == 422
    assert sentence in page.text()
    held = kept(page)
    for name in {"name", "email", "site"} - {field}:
        assert held[name] == PRISCILLA[name]
    assert len(team.members) == 2


@pytest.mark.parametrize("position", ["teacher", "x", "superintendent " * 1000])
def test_a_position_of_another_side_is_refused(lead: Browser, team: Team, position: str) -> None:
    assert add(lead, team, position=position).status == 422
    assert len(team.members) == 2


@pytest.mark.parametrize("side", ["", "both", "district\0", "x" * 10_000])
def test_a_side_that_is_none_is_refused_and_the_text_kept(
    lead: Browser, team: Team, side: str
) -> None:
    page = lead.get(f"/teams/{team.id}")
    fields = dict(row(page, team, "district")) | {"side": side}
    page = lead.post(f"/teams/{team.id}/members", list(fields.items()))
    assert page.status == 422
    assert "Please say for which side" in page.text()
    assert page.value("name") == "Priscilla Vang"
    assert len(team.members) == 2


def test_after_the_submission_the_text_is_kept_and_the_reason_said(
    cast: Cast, lead: Browser
) -> None:
    team = cast.team(cd_code=OAKLAND)
    fields = row(lead.get(f"/teams/{team.id}"), team, "district", email="new@example.org")
    cast.sign(team, "district")
    cast.sign(team, "union")
    for wrong in ({}, {"position": ""}):
        page = lead.post(f"/teams/{team.id}/members", list((dict(fields) | wrong).items()))
        assert page.status == 422
        assert "The roster is submitted and cannot be changed here now." in page.text()
        assert page.value("name") == "Priscilla Vang"
    assert len(team.members) == 8


def test_strangers_learn_nothing(cast: Cast, lead: Browser, team: Team) -> None:
    fields = dict(row(lead.get(f"/teams/{team.id}"), team, "district"))
    stranger = cast.browser(OTHER_LEAD)
    fields["csrf_token"] = stranger.get("/teams").value("csrf_token")
    assert stranger.post(f"/teams/{team.id}/members", list(fields.items())).status == 404
    assert len(team.members) == 2
