"""Thinking better of a handover that nobody has taken yet."""

import pytest
from flask import Flask

from cdef.kernel import audit
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, FEW, OTHER_LEAD, STAFF, SUCCESSOR, UNION_LEAD, Cast, Mailbox
from tests.conftest import both_databases
from tests.pages import Browser
from tests.teams.handing import INVITATION


@pytest.fixture
def team(cast: Cast) -> Team:
    """A team whose district side is offered to Cordelia."""
    team = cast.team(members=FEW)
    cast.ask_successor(team, "district")
    return team


@pytest.fixture
def action(team: Team) -> str:
    return f"/teams/{team.id}/handovers/{team.lead('district').handover.id}/withdrawal"


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    lead = cast.browser(DISTRICT_LEAD)
    lead.get(f"/teams/{team.id}")
    return lead


@both_databases
def test_nobody_is_asked_any_more_and_the_link_dies(
    app: Flask, lead: Browser, team: Team, mailbox: Mailbox, action: str
) -> None:
    link = mailbox.link(INVITATION, SUCCESSOR)
    page = lead.submit(action)
    assert page.path == f"/teams/{team.id}"
    assert "Cordelia Whitcombe is not asked to take over any more." in page.text()
    assert "Asked Cordelia" not in page.text()
    assert Browser(app.test_client()).get(link).status == 410
    assert mailbox.letters(INVITATION)[0].state == "cancelled"
    assert team.lead("district").email == DISTRICT_LEAD


def test_it_is_on_the_timeline(lead: Browser, team: Team, action: str) -> None:
    lead.submit(action)
    what = "withdrew the handover of the district side to Cordelia Whitcombe"
    assert audit.timeline(team.about)[0].what == what


def test_twice_changes_nothing(lead: Browser, team: Team, action: str) -> None:
    page = lead.page
    lead.submit(action)
    events = len(audit.timeline(team.about))
    lead.page = page
    assert lead.submit(action).status == 200
    assert len(audit.timeline(team.about)) == events


def test_staff_can_do_it(cast: Cast, team: Team, action: str) -> None:
    cast.staff()
    staff = cast.browser(STAFF)
    staff.get(f"/staff/teams/{team.id}")
    assert staff.submit(action).path == f"/staff/teams/{team.id}"
    assert team.lead("district").handover is None


def test_by_script_the_sides_head_comes_back(lead: Browser, action: str) -> None:
    answer = lead.htmx(action)
    assert answer.status_code == 200
    assert 'hx-target="#handover-district"' in answer.text
    assert "Asked Cordelia" not in answer.text


def test_the_same_person_can_be_asked_again(
    app: Flask, cast: Cast, lead: Browser, team: Team, mailbox: Mailbox, action: str
) -> None:
    lead.submit(action)
    cast.ask_successor(team, "district")
    link = mailbox.link(INVITATION, SUCCESSOR)
    assert Browser(app.test_client()).get(link).status == 200


@both_databases
@pytest.mark.parametrize(("verb", "said"), [("withdraw", "withdrew"), ("decline", "declined")])
def test_a_team_that_takes_no_part_is_handed_over_to_nobody(
    app: Flask, cast: Cast, mailbox: Mailbox, verb: str, said: str
) -> None:
    team = cast.submitted(members=FEW)
    cast.ask_successor(team, "district")
    link = mailbox.link(INVITATION, SUCCESSOR)
    cast.decide(team, verb, "Because.")
    assert mailbox.letters(INVITATION)[0].state == "cancelled"
    assert Browser(app.test_client()).get(link).status == 410
    cast.decide(team, "reopen", "Seats became free.")
    page = cast.browser(DISTRICT_LEAD).get(f"/teams/{team.id}")
    assert "Asked Cordelia" not in page.text()
    assert [event.what for event in audit.timeline(team.about)][1:3] == [
        "withdrew the handover of the district side to Cordelia Whitcombe",
        f"{said} the registration",
    ]


# Refusals.


def test_the_other_side_sees_it_and_cannot_withdraw_it(
    cast: Cast, team: Team, mailbox: Mailbox, action: str
) -> None:
    beatriz = cast.browser(UNION_LEAD)
    page = beatriz.get(f"/teams/{team.id}")
    assert not page.has_form(action)
    page = beatriz.post(action, [("csrf_token", page.value("csrf_token"))])
    assert page.status == 422
    assert "Only the lead of the district side or the staff can do that." in page.text()
    assert mailbox.letters(INVITATION)[0].state == "held"


def test_what_was_taken_cannot_be_withdrawn(
    app: Flask, cast: Cast, team: Team, mailbox: Mailbox, action: str
) -> None:
    cast.staff()
    staff = cast.browser(STAFF)
    staff.get(f"/staff/teams/{team.id}")
    successor = Browser(app.test_client())
    link = mailbox.link(INVITATION, SUCCESSOR)
    successor.get(link)
    successor.submit(link, attends=None)
    page = staff.submit(action)
    assert page.status == 422
    assert "Cordelia Whitcombe has taken over already." in page.text()


def test_strangers_learn_nothing(cast: Cast, team: Team, action: str) -> None:
    stranger = cast.browser(OTHER_LEAD)
    token = stranger.get("/teams").value("csrf_token")
    assert stranger.post(action, [("csrf_token", token)]).status == 404


def test_a_handover_of_another_team_is_not_reached_through_ones_own(
    cast: Cast, team: Team, lead: Browser, action: str
) -> None:
    other = cast.team(cohort="sacramento")
    number = action.split("/")[4]
    lead.get(f"/teams/{other.id}")
    assert lead.page is not None
    token = lead.page.value("csrf_token")
    page = lead.post(f"/teams/{other.id}/handovers/{number}/withdrawal", [("csrf_token", token)])
    assert page.status == 404
    assert team.lead("district").handover
