"""Approving a registration: seats, waivers, and who is told."""

import pytest

from cdef.kernel import audit, clock
from cdef.kernel.db import transaction
from cdef.registrations.models import seats_taken
from cdef.teams.models import Team
from cdef.teams.roster_actions import remove_member
from tests.cast import (
    DISTRICT_LEAD,
    FEW,
    MEMBERS,
    OAKLAND,
    OTHER_LEAD,
    STAFF,
    UNION_LEAD,
    Cast,
    Mailbox,
    html_of,
    text_of,
)
from tests.conftest import both_databases
from tests.pages import Browser, Page


@pytest.fixture
def staff(cast: Cast) -> Browser:
    cast.staff()
    return cast.browser(STAFF)


@pytest.fixture
def team(staff: Browser, cast: Cast) -> Team:
    return cast.submitted(members=FEW)


def approve(staff: Browser, team: Team, note: str = "", **reasons: str) -> Page:
    staff.get(f"/staff/teams/{team.id}")
    return staff.submit(f"/staff/teams/{team.id}/approval", note=note, **reasons)


def give_seats(team: Team, seats: int) -> None:
    with transaction(team.cohort):
        team.cohort.seats = seats


def another(cast: Cast) -> Team:
    return cast.submitted(
        cd_code=OAKLAND, lead=OTHER_LEAD, partner="second.partner@example.org", members=FEW
    )


@both_databases
def test_approving_mails_every_participant_once(
    staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    page = approve(staff, team)
    assert page.status == 200
    assert "Milpitas Unified (Santa Clara County): approved." in page.text()
    assert team.state == "approved"
    told = sorted(letter.to_email for letter in mailbox.letters("confirmation"))
    assert told == sorted(member.email for member in team.members)
    assert len(told) == 4


@both_databases
def test_approving_tells_both_leads_what_is_due(
    staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    approve(staff, team)
    for lead in (DISTRICT_LEAD, UNION_LEAD):
        letter = mailbox.last("approved", lead)
        for said in (text_of(letter), html_of(letter)):
            assert "$240" in said
            assert "Dashiell Nakagawa" in said
            assert "November 29–30, 2016" in said


def test_approving_takes_the_seats(staff: Browser, team: Team) -> None:
    assert seats_taken(team.cohort) == 0
    approve(staff, team)
    assert seats_taken(team.cohort) == 4
    assert "4 of 80 seats" in staff.get("/staff").text()


def test_the_decision_is_kept_and_on_the_timeline(staff: Browser, team: Team) -> None:
    approve(staff, team)
    decision = team.registration.decisions[-1]
    assert (decision.verb, decision.by.name, decision.waived) == (
        "approve",
        "Rosalind Achterberg",
        "",
    )
    event = audit.timeline(team.about)[0]
    assert (event.who, event.what) == ("Rosalind Achterberg", "approved the registration")


def test_the_leads_see_it_on_their_page(cast: Cast, staff: Browser, team: Team) -> None:
    approve(staff, team)
    assert "Approved" in cast.browser(UNION_LEAD).get(f"/teams/{team.id}").text()


def test_htmx_gets_the_decision_alone_and_hears_of_it(staff: Browser, team: Team) -> None:
    staff.get(f"/staff/teams/{team.id}")
    answer = staff.htmx(f"/staff/teams/{team.id}/approval")
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert f'id="decision-{team.id}"' in answer.text
    assert "registration-decided" in answer.headers["HX-Trigger"]


def test_approving_twice_is_refused_and_mails_nobody_again(
    cast: Cast, staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    waiting = cast.browser(STAFF)
    waiting.get(f"/staff/teams/{team.id}")
    approve(staff, team)
    letters = len(mailbox.letters())
    page = waiting.submit(f"/staff/teams/{team.id}/approval")
    assert page.status == 200
    assert len(team.registration.decisions) == 2
    assert len(mailbox.letters()) == letters


# Seats.


@both_databases
def test_a_team_that_fits_exactly_is_approved(staff: Browser, team: Team) -> None:
    give_seats(team, 4)
    assert approve(staff, team).status == 200
    assert team.state == "approved"


@both_databases
def test_one_person_too_many_is_refused(staff: Browser, team: Team, mailbox: Mailbox) -> None:
    give_seats(team, 3)
    page = approve(staff, team, "They really should come.")
    assert page.status == 422
    assert "The team needs 4 seats, and 3 seats are left." in page.text()
    assert page.value("note") == "They really should come."
    assert team.state == "submitted"
    assert not mailbox.letters("confirmation")


def test_seats_of_other_teams_are_not_given_twice(cast: Cast, staff: Browser, team: Team) -> None:
    give_seats(team, 7)
    second = another(cast)
    approve(staff, team)
    page = approve(staff, second)
    assert page.status == 422
    assert "The team needs 4 seats, and 3 seats are left." in page.text()


def test_whoever_left_the_roster_takes_no_seat(cast: Cast, staff: Browser, team: Team) -> None:
    draft = cast.team(
        cd_code=OAKLAND, lead=OTHER_LEAD, partner="second.partner@example.org", members=MEMBERS
    )
    for member in draft.members[6:]:
        remove_member(member, by=draft.leads[0].person, now=clock.now())
    cast.sign(draft, "district")
    cast.sign(draft, "union")
    missing = {f"waive_{rule.id}": "They fell ill." for rule in draft.cohort.series.team_rules}
    approve(staff, draft, **missing)
    assert seats_taken(team.cohort) == 6


def test_seats_of_another_cohort_do_not_count(cast: Cast, staff: Browser, team: Team) -> None:
    give_seats(team, 4)
    elsewhere = cast.approved(cohort="sacramento", cd_code=OAKLAND, members=FEW)
    assert seats_taken(elsewhere.cohort) == 4
    assert approve(staff, team).status == 200


def test_a_withdrawal_frees_the_seats_for_the_waitlist(
    cast: Cast, staff: Browser, team: Team
) -> None:
    give_seats(team, 4)
    second = another(cast)
    approve(staff, team)
    cast.decide(second, "waitlist")
    assert approve(staff, second).status == 422
    cast.decide(team, "withdraw")
    assert approve(staff, second).status == 200


def test_a_full_cohort_says_that_no_seat_is_left(staff: Browser, team: Team) -> None:
    give_seats(team, 0)
    assert "The team needs 4 seats, and 0 seats are left." in approve(staff, team).text()


# Waivers and blockers.


def without_board(cast: Cast) -> Team:
    return cast.submitted(cd_code=OAKLAND, members=[row for row in MEMBERS if row[2] != "board"])


@both_databases
def test_a_missing_position_needs_a_reason(cast: Cast, staff: Browser, mailbox: Mailbox) -> None:
    team = without_board(cast)
    page = approve(staff, team)
    assert page.status == 422
    assert "Say why this is waived: Missing: school board member." in page.text()
    assert team.state == "submitted"
    assert not mailbox.letters("confirmation")


def test_the_reason_is_kept_with_what_it_waives(
    cast: Cast, staff: Browser, mailbox: Mailbox
) -> None:
    team = without_board(cast)
    rule = next(each for each in team.cohort.series.team_rules if "board" in each.met_by)
    reason = {f"waive_{rule.id}": "The board votes in November."}
    assert approve(staff, team, **reason).status == 200
    decision = team.registration.decisions[-1]
    assert decision.waived == "Missing: school board member — The board votes in November."
    assert "The board votes in November." in text_of(mailbox.last("approved", DISTRICT_LEAD))


def test_a_blocker_cannot_be_waived(staff: Browser, team: Team) -> None:
    with transaction(team.cohort.series):
        team.cohort.series.smallest_team = 5
    page = approve(staff, team, "Please, all the same.")
    assert page.status == 422
    assert "The team has 4 people; it needs at least 5." in page.text()
    assert team.state == "submitted"


# The roles that must not.


@pytest.mark.parametrize("email", [DISTRICT_LEAD, UNION_LEAD, OTHER_LEAD])
def test_nobody_but_staff_approves(cast: Cast, team: Team, email: str) -> None:
    browser = cast.browser(email)
    token = browser.get("/teams").value("csrf_token")
    page = browser.post(f"/staff/teams/{team.id}/approval", [("csrf_token", token)])
    assert page.status == 403
    assert team.state == "submitted"


def test_whoever_is_not_signed_in_is_asked_to_and_the_note_kept(
    browser: Browser, team: Team
) -> None:
    token = browser.get("/sign-in").value("csrf_token")
    fields = [("csrf_token", token), ("note", "A long note.")]
    page = browser.post(f"/staff/teams/{team.id}/approval", fields)
    assert page.status == 401
    assert page.value("note") == "A long note."
    assert team.state == "submitted"


def test_a_team_that_is_none_is_not_found(staff: Browser) -> None:
    token = staff.get("/staff").value("csrf_token")
    for team_id in ("0", "99999", "9" * 22):
        fields = [("csrf_token", token)]
        assert staff.post(f"/staff/teams/{team_id}/approval", fields).status == 404
