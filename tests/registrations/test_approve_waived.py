"""Approving a team that lacks somebody: the leads gave the reason, or staff must."""

import pytest

from cdef.kernel import audit
from cdef.teams.models import Team
from tests.cast import STAFF, Cast, Mailbox
from tests.conftest import both_databases
from tests.pages import Browser, Page
from tests.teams.asking import CLASSIFIED, REASON, WITHOUT_TWO, ask

WAIVED = f"Missing: school board member — {REASON}"


@pytest.fixture
def staff(cast: Cast) -> Browser:
    cast.staff()
    return cast.browser(STAFF)


@pytest.fixture
def team(staff: Browser, cast: Cast) -> Team:
    """It lacks two, and the leads have asked for a waiver of one."""
    team = cast.submitted(members=WITHOUT_TWO)
    ask(team)
    return team


def field(team: Team, position: str) -> str:
    """The field in which staff say why the rule that asks for this position is waived."""
    rules = team.cohort.series.team_rules
    return next(f"waive_{rule.id}" for rule in rules if position in rule.met_by)


def approve(staff: Browser, team: Team, reason: str = "") -> Page:
    """Approve, with a reason for the rule about which the leads have said nothing."""
    staff.get(f"/staff/teams/{team.id}")
    reasons = {field(team, "classified_leader"): reason}
    return staff.submit(f"/staff/teams/{team.id}/approval", **reasons)


@both_databases
def test_where_the_leads_gave_every_reason_one_click_approves(
    staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    ask(team, "Their election is next week.", rule=CLASSIFIED, side="union")
    assert approve(staff, team).status == 200
    assert team.state == "approved"
    assert len(mailbox.letters("confirmation")) == 6
    decision = team.registration.decisions[-1]
    assert decision.note == ""
    assert decision.waived.splitlines() == [
        WAIVED,
        "Missing: classified union leader — Their election is next week.",
    ]


def test_staff_read_the_reason_beside_the_problem_and_after_the_decision(
    staff: Browser, team: Team
) -> None:
    page = staff.get(f"/staff/teams/{team.id}")
    said = f"Missing: school board member. Waiver asked for: {REASON} (Imogen Castellanos, "
    assert said in page.text()
    assert page.value("note") == ""
    approve(staff, team, "Fine with us.")
    assert f"Waived. {WAIVED}" in staff.get(f"/staff/teams/{team.id}").text()


def test_what_was_waived_is_on_the_timeline(staff: Browser, team: Team) -> None:
    approve(staff, team, "Fine with us.")
    after = audit.timeline(team.about)[0].after
    assert after is not None
    assert after["waived"].splitlines() == [
        WAIVED,
        "Missing: classified union leader — Fine with us.",
    ]


@both_databases
def test_a_rule_that_nobody_asked_about_still_needs_a_note(staff: Browser, team: Team) -> None:
    page = approve(staff, team)
    assert page.status == 422
    assert "Say why this is waived: Missing: classified union leader." in page.text()
    assert "waived: Missing: school board member" not in page.text()
    assert team.state == "submitted"


def test_a_request_that_was_taken_back_gives_no_reason(
    cast: Cast, staff: Browser, team: Team
) -> None:
    ask(team, "Their election is next week.", rule=CLASSIFIED)
    lead = cast.browser("beatriz.holloway@example.org")
    lead.get(f"/teams/{team.id}")
    lead.submit(f"/teams/{team.id}/waivers/1/withdrawal")
    page = approve(staff, team)
    assert page.status == 422
    assert "Say why this is waived: Missing: school board member." in page.text()


# What the leads say while staff have the page open.

MEANWHILE = "The leads have asked for a waiver meanwhile: look at the reason, then approve."


@both_databases
def test_a_reason_that_staff_have_not_seen_approves_nothing(staff: Browser, team: Team) -> None:
    staff.get(f"/staff/teams/{team.id}")
    ask(team, "Their election is next week.", rule=CLASSIFIED)
    page = staff.submit(f"/staff/teams/{team.id}/approval")
    assert page.status == 422
    assert MEANWHILE in page.text()
    assert "Their election is next week." in page.text()
    assert team.state == "submitted"
    assert staff.submit(f"/staff/teams/{team.id}/approval").status == 200
    assert team.state == "approved"


def test_a_reason_in_the_place_of_the_one_that_staff_saw_is_looked_at_first(
    staff: Browser, team: Team
) -> None:
    number = ask(team, "Their election is next week.", rule=CLASSIFIED)
    staff.get(f"/staff/teams/{team.id}")
    ask(team, "Nobody wants to come.", rule=CLASSIFIED, seen=number)
    page = staff.submit(f"/staff/teams/{team.id}/approval")
    assert (page.status, team.state) == (422, "submitted")
    assert MEANWHILE in page.text()
    assert "Nobody wants to come." in page.text()


def test_a_note_of_staff_stands_beside_no_reason_that_they_have_not_seen(
    staff: Browser, team: Team
) -> None:
    staff.get(f"/staff/teams/{team.id}")
    ask(team, "Their election is next week.", rule=CLASSIFIED)
    page = staff.submit(
        f"/staff/teams/{team.id}/approval", **{field(team, "classified_leader"): "Fine with us."}
    )
    assert page.status == 200
    waived = team.registration.decisions[-1].waived
    assert waived.splitlines() == [WAIVED, "Missing: classified union leader — Fine with us."]


@pytest.mark.parametrize("seen", [None, "", "x", ",,", "9" * 5000, "²"])
def test_a_form_that_lost_what_was_shown_approves_on_no_reason(
    staff: Browser, team: Team, seen: str | None
) -> None:
    ask(team, "Their election is next week.", rule=CLASSIFIED)
    staff.get(f"/staff/teams/{team.id}")
    page = staff.submit(f"/staff/teams/{team.id}/approval", seen=seen)
    assert (page.status, team.state) == (422, "submitted")
