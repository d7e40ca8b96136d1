"""Editing a row of the roster, also when somebody else was faster."""

from dataclasses import replace
from typing import Any

import pytest

from cdef.kernel import audit, clock
from cdef.teams import roster_actions
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, OAKLAND, OTHER_LEAD, UNION_LEAD, Cast
from tests.conftest import both_databases
from tests.pages import Browser, Page

EMAIL = "priscilla.vang@example.org"


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team(members=[("district", "Priscilla Vang", "principal")])


@pytest.fixture
def member(team: Team) -> Member:
    return team.side("district")[1]


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    return cast.browser(DISTRICT_LEAD)


def address(member: Member) -> str:
    return f"/teams/{member.team_id}/members/{member.id}"


def open_row(browser: Browser, member: Member) -> Page:
    return browser.get(f"{address(member)}/edit")


def save(browser: Browser, member: Member, **fields: Any) -> Page:
    return browser.submit(address(member), **fields)


def meanwhile(member: Member, **fields: str) -> None:
    """The union lead changes the row at the same time."""
    union = member.team.lead("union")
    assert union is not None
    base = roster_actions.row_of(member)
    now = clock.now()
    roster_actions.edit_member(member, replace(base, **fields), base, by=union.person, now=now)


@both_databases
def test_a_row_is_changed_in_place(lead: Browser, team: Team, member: Member) -> None:
    page = open_row(lead, member)
    held = page.form(address(member))
    assert held.value("name") == "Priscilla Vang"
    assert held.value("email") == EMAIL
    assert held.value("position") == "principal"
    revision = team.revision
    page = save(lead, member, name="Priscilla Vang-Ortiz", position="board", site="Alder")
    assert page.path == f"/teams/{team.id}"
    assert "Priscilla Vang-Ortiz is saved." in page.text()
    assert (member.name, member.position, member.site) == ("Priscilla Vang-Ortiz", "board", "Alder")
    assert team.revision == revision + 1


def test_before_and_after_are_on_the_timeline(lead: Browser, team: Team, member: Member) -> None:
    open_row(lead, member)
    save(lead, member, site="Alder Middle School")
    event = audit.timeline(team.about)[0]
    assert event.what == "changed Priscilla Vang"
    assert event.before is not None
    assert event.after is not None
    assert (event.before["site"], event.after["site"]) == ("", "Alder Middle School")


def test_saving_without_a_change_changes_nothing(lead: Browser, team: Team, member: Member) -> None:
    revision = team.revision
    open_row(lead, member)
    assert save(lead, member).status == 200
    assert team.revision == revision


def test_only_positions_of_the_members_side_are_offered(lead: Browser, member: Member) -> None:
    page = open_row(lead, member)
    form = next(page.find("form", action=address(member))[0].iter())
    offered = {option.get("value") for option in form.iter() if option.get("value")}
    assert "principal" in offered
    assert "teacher" not in offered


# Somebody else was faster.


@both_databases
def test_both_values_are_shown_and_none_is_lost(lead: Browser, team: Team, member: Member) -> None:
    open_row(lead, member)
    meanwhile(member, name="P. Vang", position="board")
    page = save(lead, member, name="Priscilla Vang-Ortiz", site="Alder")
    assert page.status == 409
    text = page.text()
    assert "was changed by somebody else while you were editing" in text
    assert "Name, as it is now P. Vang" in text
    held = page.form(address(member))
    assert held.value("name") == "Priscilla Vang-Ortiz"
    assert held.value("site") == "Alder"
    assert held.value("position") == "board"
    assert member.name == "P. Vang"


@both_databases
def test_edits_of_different_fields_come_together(lead: Browser, team: Team, member: Member) -> None:
    open_row(lead, member)
    meanwhile(member, position="board")
    page = save(lead, member, site="Alder")
    assert page.path == f"/teams/{team.id}"
    assert (member.position, member.site) == ("board", "Alder")


def test_after_seeing_both_mine_can_be_saved_over_it(lead: Browser, member: Member) -> None:
    open_row(lead, member)
    meanwhile(member, name="P. Vang")
    save(lead, member, name="Priscilla Vang-Ortiz")
    page = save(lead, member)
    assert page.status == 200
    assert member.name == "Priscilla Vang-Ortiz"


def test_a_third_change_is_shown_again(lead: Browser, member: Member) -> None:
    open_row(lead, member)
    meanwhile(member, name="P. Vang")
    save(lead, member, name="Priscilla Vang-Ortiz")
    meanwhile(member, name="Pris Vang")
    page = save(lead, member)
    assert page.status == 409
    assert "Pris Vang" in page.text()


def test_the_same_change_by_both_is_no_conflict(lead: Browser, team: Team, member: Member) -> None:
    open_row(lead, member)
    meanwhile(member, name="Priscilla Vang-Ortiz")
    revision = team.revision
    assert save(lead, member, name="Priscilla Vang-Ortiz").status == 200
    assert team.revision == revision


def test_keeping_what_is_there_leads_back_to_the_roster(lead: Browser, member: Member) -> None:
    open_row(lead, member)
    meanwhile(member, name="P. Vang")
    page = save(lead, member, name="Priscilla Vang-Ortiz")
    back = [link for link in page.find("a") if "".join(link.itertext()) == "Keep what is there"]
    assert lead.get(back[0].get("href", "")).path == f"/teams/{member.team_id}"
    assert member.name == "P. Vang"


def test_htmx_gets_the_conflict_as_the_roster_alone(lead: Browser, member: Member) -> None:
    open_row(lead, member)
    meanwhile(member, name="P. Vang")
    answer = lead.htmx(address(member), name="Priscilla Vang-Ortiz")
    assert answer.status_code == 409
    assert "<html" not in answer.text
    assert "P. Vang" in answer.text


@pytest.mark.parametrize("base", [None, "", "x", "9" * 5000, "²"])
def test_a_form_that_lost_what_the_row_said_overwrites_nothing(
    lead: Browser, member: Member, base: str | None
) -> None:
    open_row(lead, member)
    assert save(lead, member, name="Somebody", base_name=base).status == 409
    assert member.name == "Priscilla Vang"


def test_whoever_was_removed_meanwhile_can_be_put_back_with_what_was_typed(
    cast: Cast, lead: Browser, team: Team, member: Member
) -> None:
    open_row(lead, member)
    roster_actions.remove_member(member, by=team.leads[1].person, now=clock.now())
    page = save(lead, member, name="Priscilla Vang-Ortiz")
    assert page.status == 409
    assert "Priscilla Vang was removed meanwhile." in page.text()
    assert page.value("name") == "Priscilla Vang-Ortiz"
    assert save(lead, member).status == 409
    page = save(lead, member, press="Put back and save")
    assert page.status == 200
    assert [event.what for event in audit.timeline(team.about)][:2] == [
        "changed Priscilla Vang-Ortiz",
        "put Priscilla Vang back",
    ]
    assert [found.name for found in team.side("district")][1:] == ["Priscilla Vang-Ortiz"]


def test_nobody_is_put_back_beside_somebody_with_their_address(
    cast: Cast, lead: Browser, team: Team, member: Member
) -> None:
    open_row(lead, member)
    roster_actions.remove_member(member, by=team.leads[1].person, now=clock.now())
    save(lead, member, site="Alder")
    cast.add(team, "district", "Priscilla V.", "board", email=EMAIL)
    page = save(lead, member, press="Put back and save")
    assert page.status == 409
    assert "Priscilla V. is on the roster with this address already." in page.text()
    assert page.form(address(member)).value("site") == "Alder"
    assert member.removed_at


@both_databases
def test_with_another_address_they_are_put_back_beside_who_has_the_old_one(
    cast: Cast, lead: Browser, team: Team, member: Member
) -> None:
    open_row(lead, member)
    roster_actions.remove_member(member, by=team.leads[1].person, now=clock.now())
    save(lead, member, email="pris@example.org")
    cast.add(team, "district", "Priscilla V.", "board", email=EMAIL)
    cast.add(team, "union", "Dashiell Nakagawa", "classified_president")
    cast.sign(team, "union")  # What is written is flushed where its lead is told.
    assert save(lead, member, press="Put back and save").status == 200
    assert [found.email for found in team.side("district")][1:] == ["pris@example.org", EMAIL]


def test_nothing_stays_of_a_removed_row_that_its_editor_leaves(
    lead: Browser, team: Team, member: Member
) -> None:
    roster_actions.remove_member(member, by=team.leads[1].person, now=clock.now())
    answer = lead.client.get(f"{address(member)}/row", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.data) == (200, b"")


# Refusals.


@both_databases
def test_the_address_of_another_member_is_refused(lead: Browser, member: Member) -> None:
    open_row(lead, member)
    page = save(lead, member, email=UNION_LEAD.upper())
    assert page.status == 422
    assert "Beatriz Holloway is on the roster with this address already." in page.text()
    assert page.form(address(member)).value("email") == UNION_LEAD.upper()
    assert member.email == EMAIL


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("email", "x"), ("position", "teacher"), ("site", "x" * 121)],
)
def test_what_is_wrong_is_refused_and_the_rest_kept(
    lead: Browser, member: Member, field: str, value: str
) -> None:
    open_row(lead, member)
    typed = {"name": "Typed Name", "email": "typed@example.org", "site": "Typed"} | {field: value}
    page = save(lead, member, **typed)
    assert page.status == 422
    held = page.form(address(member))
    for name in {"name", "email", "site"} - {field}:
        assert held.value(name) == typed[name]
    assert (member.name, member.email, member.site) == ("Priscilla Vang", EMAIL, "")


def test_after_the_submission_the_text_is_kept_and_the_reason_said(
    cast: Cast, lead: Browser
) -> None:
    team = cast.team(cd_code=OAKLAND)
    member = team.side("district")[1]
    open_row(lead, member)
    cast.sign(team, "district")
    cast.sign(team, "union")
    page = save(lead, member, name="Thaddeus O. Reyes")
    assert page.status == 422
    assert "The roster is submitted" in page.text()
    assert page.value("name") == "Thaddeus O. Reyes"
    assert member.name == "Thaddeus Okonkwo-Reyes"


def test_a_member_of_another_team_is_not_found(cast: Cast, team: Team, member: Member) -> None:
    other = cast.team(cd_code=OAKLAND, lead=OTHER_LEAD, partner=None, members=[])
    stranger = cast.browser(OTHER_LEAD)
    assert stranger.get(f"/teams/{other.id}/members/{member.id}/edit").status == 404
    assert stranger.get(f"/teams/{team.id}/members/{member.id}/edit").status == 404
    token = stranger.get(f"/teams/{other.id}").value("csrf_token")
    fields = [("csrf_token", token), ("name", "X"), ("email", "x@example.org")]
    assert stranger.post(f"/teams/{other.id}/members/{member.id}", fields).status == 404
    assert member.name == "Priscilla Vang"
