"""One decision on several teams: a look at it first, each by itself, and a report."""

import pytest

from cdef.kernel.db import db
from cdef.registrations import several_actions
from cdef.registrations.several_models import DecisionBatch
from cdef.teams.models import Team
from tests.cast import FEW, MEMBERS, STAFF, Cast, Mailbox, text_of
from tests.conftest import both_databases
from tests.pages import Browser, Page
from tests.registrations.deciding import give_seats
from tests.state import DISTRICTS

CONFIRM = "/staff/decisions/confirmation"


@pytest.fixture
def staff(cast: Cast) -> Browser:
    cast.staff()
    return cast.browser(STAFF)


def teams_of(cast: Cast, number: int = 3) -> list[Team]:
    """Teams of four, submitted in this order."""
    teams = []
    for code in DISTRICTS[:number]:
        people = {"lead": f"lead.{code}@example.org", "partner": f"partner.{code}@example.org"}
        teams.append(cast.submitted(cd_code=code, members=FEW, **people))
        cast.later(minutes=1)
    return teams


def choose(staff: Browser, teams: list[Team], decision: str = "approval") -> Page:
    """Tick teams in the queue, and say what to decide."""
    token = staff.get("/staff").value("csrf_token")
    ticked = [("team", str(team.id)) for team in teams]
    return staff.post("/staff/decisions", [("csrf_token", token), ("decision", decision), *ticked])


def confirm(staff: Browser, note: str = "") -> Page:
    """Press the button of the page that shows what would be done."""
    assert staff.page is not None
    form = staff.page.form(CONFIRM)
    fields = [(name, value) for name, value in form.fields if name != "note"]
    return staff.post(CONFIRM, [*fields, ("note", note)])


@both_databases
def test_the_look_changes_nothing_and_says_which_letters_go_out(
    cast: Cast, staff: Browser, mailbox: Mailbox
) -> None:
    teams = teams_of(cast)
    letters = len(mailbox.letters())
    page = choose(staff, teams)
    assert "Approve: 3 teams" in page.text()
    assert "6 letters “Approved, with the amount due”" in page.text()
    assert "12 letters “Confirmation, with the days for the calendar”" in page.text()
    assert {team.state for team in teams} == {"submitted"}
    assert len(mailbox.letters()) == letters


@both_databases
def test_what_was_shown_is_done_and_reported(cast: Cast, staff: Browser, mailbox: Mailbox) -> None:
    teams = teams_of(cast)
    choose(staff, teams)
    page = confirm(staff, "Welcome.")
    assert "Approve: 3 of 3 teams" in page.text()
    assert {team.state for team in teams} == {"approved"}
    assert len(mailbox.letters("confirmation")) == 12
    assert len(mailbox.letters("approved")) == 6
    assert "Welcome." in text_of(mailbox.last("approved"))


@both_databases
def test_who_does_not_fit_is_skipped_with_the_reason_before_and_after(
    cast: Cast, staff: Browser, mailbox: Mailbox
) -> None:
    first, second, third = teams_of(cast)
    give_seats(first, 9)
    page = choose(staff, [third, first, second])
    why = "The team needs 4 seats, and 1 seat is left."
    assert f"Will be skipped {third.district.label} {why}" in page.text()
    page = confirm(staff)
    assert "Approve: 2 of 2 teams" in page.text()
    assert [team.state for team in (first, second, third)] == ["approved", "approved", "submitted"]


def test_seats_taken_meanwhile_are_reported_and_the_rest_is_done(
    cast: Cast, staff: Browser
) -> None:
    teams = teams_of(cast)
    choose(staff, teams)
    give_seats(teams[0], 5)
    page = confirm(staff)
    assert "Approve: 1 of 3 teams" in page.text()
    assert "The team needs 4 seats, and 1 seat is left." in page.text()
    assert [team.state for team in teams] == ["approved", "submitted", "submitted"]


@both_databases
def test_a_team_on_which_a_colleague_decided_meanwhile_is_skipped(
    cast: Cast, staff: Browser, mailbox: Mailbox
) -> None:
    teams = teams_of(cast, 2)
    choose(staff, teams, "waitlisting")
    cast.decide(teams[0], "return", "Please look again.")
    page = confirm(staff)
    assert [team.state for team in teams] == ["returned", "waitlisted"]
    assert "Meanwhile: Rosalind Achterberg returned the registration" in page.text()


@both_databases
def test_the_same_form_twice_is_one_batch(cast: Cast, staff: Browser, mailbox: Mailbox) -> None:
    teams = teams_of(cast, 2)
    page = choose(staff, teams)
    confirm(staff)
    letters = len(mailbox.letters())
    staff.page = page
    assert "Approve: 2 of 2 teams" in confirm(staff).text()
    assert len(mailbox.letters()) == letters
    assert db.session.query(DecisionBatch).count() == 1


def test_a_note_that_is_needed_is_asked_for(cast: Cast, staff: Browser) -> None:
    teams = teams_of(cast, 2)
    choose(staff, teams, "refusal")
    page = confirm(staff)
    assert page.status == 422
    assert "Please write a note: the leads will read it." in page.text()
    assert {team.state for team in teams} == {"submitted"}
    confirm(staff, "The cohort is full.")
    assert {team.state for team in teams} == {"declined"}


def test_a_long_list_goes_on_where_it_was(
    cast: Cast, staff: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(several_actions, "AT_A_TIME", 2)
    teams = teams_of(cast, 3)
    choose(staff, teams)
    page = confirm(staff)
    assert "1 team to go." in page.text()
    assert [team.state for team in teams] == ["approved", "approved", "submitted"]
    page = staff.submit(f"{page.path}/continuation")
    assert "to go" not in page.text()
    assert "Approve: 3 of 3 teams" in page.text()


def test_rules_that_need_a_reason_are_decided_one_by_one(cast: Cast, staff: Browser) -> None:
    team = cast.submitted(members=[row for row in MEMBERS if row[2] != "board"])
    page = choose(staff, [team])
    assert "Say why this is waived: Missing: school board member." in page.text()
    assert not page.has_form(CONFIRM)


@pytest.mark.parametrize("decision", ["", "offer", "celebration"])
def test_what_cannot_be_decided_together_is_refused(
    cast: Cast, staff: Browser, decision: str
) -> None:
    team = cast.submitted(members=FEW)
    assert "Choose at least one team" in choose(staff, [team], decision).text()
    assert team.state == "submitted"


def test_nothing_chosen_is_said(cast: Cast, staff: Browser) -> None:
    assert "Choose at least one team" in choose(staff, []).text()
