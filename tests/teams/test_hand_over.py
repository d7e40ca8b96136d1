"""Asking a successor to take a side over: by its lead, or by staff for one who has left."""

import pytest
from flask import Flask

from cdef.kernel import audit
from cdef.teams.models import Team
from tests.cast import (
    DISTRICT_LEAD,
    FEW,
    STAFF,
    SUCCESSOR,
    UNION_LEAD,
    Cast,
    Mailbox,
    text_of,
)
from tests.conftest import both_databases
from tests.pages import Browser, read_form
from tests.teams.handing import INVITATION, NAME, ask, count


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team(members=FEW)


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    """The district lead, with the team's page open."""
    lead = cast.browser(DISTRICT_LEAD)
    lead.get(f"/teams/{team.id}")
    return lead


@both_databases
def test_the_successor_gets_a_letter_with_the_way_in(
    lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    page = ask(lead, team)
    assert page.path == f"/teams/{team.id}"
    assert (
        f"{NAME} is asked to take over. The letter to {SUCCESSOR} is in the outbox." in page.text()
    )
    letter = mailbox.last(INVITATION, SUCCESSOR)
    assert letter["To"].addresses[0].display_name == NAME
    said = " ".join(text_of(letter).split())
    for words in (
        f"Imogen Castellanos ({DISTRICT_LEAD}) leads the district side of the joint team",
        "Milpitas Unified",
        "asks you to take over",
        "Beatriz Holloway leads the union side.",
        "Until you do, Imogen Castellanos is the lead:",
        "November 29–30, 2016",
    ):
        assert words in said


def test_the_lead_stays_lead_until_it_is_taken(lead: Browser, team: Team) -> None:
    ask(lead, team)
    assert team.lead("district").email == DISTRICT_LEAD
    assert lead.get(f"/teams/{team.id}").status == 200


def test_both_leads_and_staff_see_who_is_asked(cast: Cast, lead: Browser, team: Team) -> None:
    ask(lead, team)
    cast.staff()
    for who, path in (
        (DISTRICT_LEAD, f"/teams/{team.id}"),
        (UNION_LEAD, f"/teams/{team.id}"),
        (STAFF, f"/staff/teams/{team.id}"),
    ):
        text = cast.browser(who).get(path).text()
        assert f"Asked {NAME} ({SUCCESSOR}) to take over, " in text


def test_the_successor_sees_nothing_of_the_team_yet(cast: Cast, lead: Browser, team: Team) -> None:
    ask(lead, team)
    assert cast.browser(SUCCESSOR).get(f"/teams/{team.id}").status == 404


def test_it_is_on_the_timeline(lead: Browser, team: Team) -> None:
    ask(lead, team)
    event = audit.timeline(team.about)[0]
    assert event.what == f"asked {NAME} to take over the district side"
    assert event.who == "Imogen Castellanos"


def test_each_lead_has_the_form_of_their_own_side_alone(cast: Cast, team: Team) -> None:
    for email, side in ((DISTRICT_LEAD, "district"), (UNION_LEAD, "union")):
        page = cast.browser(email).get(f"/teams/{team.id}")
        forms = [
            read_form(found, page.path) for found in page.find("form", class_="handover__form")
        ]
        assert [form.value("side") for form in forms] == [side]


@both_databases
def test_a_newer_handover_takes_the_place_of_the_older(
    app: Flask, lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    ask(lead, team, "jo.lee@example.org", "Jo Lee")
    old = mailbox.link(INVITATION, "jo.lee@example.org")
    page = ask(lead, team)
    assert "Asked Cordelia Whitcombe" in page.text()
    assert "Asked Jo Lee" not in page.text()
    assert Browser(app.test_client()).get(old).status == 410
    assert Browser(app.test_client()).get(mailbox.link(INVITATION, SUCCESSOR)).status == 200
    assert mailbox.letters(INVITATION, "jo.lee@example.org")[0].state == "cancelled"


def test_the_same_form_twice_asks_once(lead: Browser, team: Team, mailbox: Mailbox) -> None:
    page = lead.page
    ask(lead, team)
    lead.page = page
    assert ask(lead, team).status == 200
    assert len(mailbox.letters(INVITATION)) == 1
    assert count() == 1


def test_by_script_the_sides_head_comes_back(lead: Browser, team: Team) -> None:
    answer = lead.htmx(f"/teams/{team.id}/handovers", name=NAME, email=SUCCESSOR)
    assert answer.status_code == 200
    assert 'hx-target="#handover-district"' in answer.text
    assert f"Asked {NAME}" in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_a_lead_hands_over_after_the_team_was_submitted_too(
    cast: Cast, mailbox: Mailbox, state: str
) -> None:
    team = getattr(cast, state)(members=FEW)
    lead = cast.browser(UNION_LEAD)
    lead.get(f"/teams/{team.id}")
    assert ask(lead, team).status == 200
    assert mailbox.letters(INVITATION, SUCCESSOR)
    assert team.state == state


# Staff do it when somebody has left.


@both_databases
@pytest.mark.parametrize(("side", "name"), [("district", "Imogen"), ("union", "Beatriz")])
def test_staff_ask_for_either_side(
    cast: Cast, team: Team, mailbox: Mailbox, side: str, name: str
) -> None:
    cast.staff()
    staff = cast.browser(STAFF)
    page = staff.get(f"/staff/teams/{team.id}")
    assert len(page.find("form", class_="handover__form")) == 2
    page = ask(staff, team, side=side)
    assert page.path == f"/staff/teams/{team.id}"
    assert f"Asked {NAME}" in page.text()
    assert team.lead(side).handover.email == SUCCESSOR
    letter = " ".join(text_of(mailbox.last(INVITATION, SUCCESSOR)).split())
    assert (
        f"The staff of the labor-management collaboration training asks you to take over the {side} side"
        in letter
    )
    assert f"from {name}" in letter
    assert audit.timeline(team.about)[0].who == "Rosalind Achterberg"


def test_what_staff_typed_is_kept_on_the_teams_page(cast: Cast, team: Team) -> None:
    cast.staff()
    staff = cast.browser(STAFF)
    staff.get(f"/staff/teams/{team.id}")
    page = ask(staff, team, "no address", side="union")
    assert page.status == 422
    kept = [read_form(found, page.path) for found in page.find("form", class_="handover__form")]
    assert [form.value("email") for form in kept] == ["", "no address"]
    assert page.find("details", id="handover-union-details")[0].get("open") is not None
    assert page.find("details", id="handover-district-details")[0].get("open") is None
