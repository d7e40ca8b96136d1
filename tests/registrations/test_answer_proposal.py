"""Staff accept or refuse what leads proposed, knowing what follows."""

import pytest

from cdef.kernel.db import transaction
from cdef.registrations.models import seats_taken
from cdef.teams.models import Team
from tests.cast import (
    DISTRICT_LEAD,
    MEMBERS,
    OAKLAND,
    STAFF,
    UNION_LEAD,
    Cast,
    Mailbox,
    html_of,
    text_of,
)
from tests.conftest import both_databases
from tests.pages import Browser
from tests.registrations.changing import (
    BOARD,
    CLASSIFIED,
    NEW_EMAIL,
    NEWCOMER,
    WHY,
    answer,
    approved,
    empty_outbox,
    entries,
    last_letter,
    make,
    member_named,
    names,
    newest,
    propose_joining,
    to,
    told,
    verdict_path,
)

DISTRICT_ONLY = [row for row in MEMBERS if row[0] == "district"]
LEADS = [UNION_LEAD, DISTRICT_LEAD]


@pytest.fixture
def team(cast: Cast) -> Team:
    return approved(cast)


@pytest.fixture
def lead(cast: Cast) -> Browser:
    return cast.browser(DISTRICT_LEAD)


@pytest.fixture
def staff(cast: Cast) -> Browser:
    return cast.browser(STAFF)


def set_seats(team: Team, seats: int) -> None:
    with transaction(team.cohort):
        team.cohort.seats = seats


@both_databases
def test_who_joins_has_a_seat_and_a_confirmation_and_the_amount_follows(
    lead: Browser, staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    taken, revision, since = seats_taken(team.cohort), team.revision, last_letter(mailbox)
    propose_joining(lead, team)
    empty_outbox()
    page = answer(staff, team, "acceptance", "Welcome.")
    assert "The change is accepted." in page.text()
    assert member_named(team, "Winifred Abernathy").side == "district"
    assert (seats_taken(team.cohort), team.revision) == (taken + 1, revision)
    assert told(mailbox, "change_decided") == LEADS
    assert told(mailbox, "confirmation", since=since) == [NEW_EMAIL]
    assert "The staff have added you to the team." in text_of(mailbox.last("confirmation"))
    mail = mailbox.last("change_decided", UNION_LEAD)
    for said in (text_of(mail), html_of(mail)):
        assert "Winifred Abernathy joins the district side (School board member)" in said
        assert "none → Winifred Abernathy" in said
        assert "Welcome." in said
        assert "5 people × $60 = $300" in said
    text = page.text()
    assert "added Winifred Abernathy" in text
    assert "accepted the proposal: Winifred Abernathy joins the district side" in text


@both_databases
def test_who_leaves_has_a_cancellation_and_the_seat_is_free(
    lead: Browser, staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    taken, first = seats_taken(team.cohort), entries(mailbox.last("confirmation", to(BOARD)))
    make(lead, team, BOARD, "departure", reason=WHY)
    answer(staff, team, "acceptance")
    assert BOARD not in names(team)
    assert seats_taken(team.cohort) == taken - 1
    gone = mailbox.last("cancellation", to(BOARD))
    assert "You are not on the team of Milpitas Unified" in text_of(gone)
    for before, after in zip(first, entries(gone), strict=True):
        assert after[:2] == ("CANCEL", before[1])
        assert after[2] > before[2]


@both_databases
def test_who_changes_sides_keeps_their_entries_and_hears_nothing(
    lead: Browser, staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    make(lead, team, CLASSIFIED, "side", position="principal", reason=WHY)
    empty_outbox()
    since = last_letter(mailbox)
    answer(staff, team, "acceptance")
    member = member_named(team, CLASSIFIED)
    assert (member.side, member.position) == ("district", "principal")
    assert told(mailbox, "", since=since) == LEADS
    assert "Side: Union → District" in text_of(mailbox.last("change_decided"))


@both_databases
def test_a_refusal_changes_nothing_and_says_why(
    lead: Browser, staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    before = names(team)
    propose_joining(lead, team)
    page = answer(staff, team, "refusal")
    assert page.status == 422
    assert "Please write a note: the leads will read it." in page.text()
    page = staff.submit(verdict_path(team, "refusal"), note="The room is full.")
    assert "The change is refused." in page.text()
    assert names(team) == before
    assert told(mailbox, "change_decided") == LEADS
    assert "The room is full." in text_of(mailbox.last("change_decided"))
    assert "Refused by Rosalind Achterberg" in lead.get(f"/teams/{team.id}").text()
    assert "The room is full." in lead.get(f"/teams/{team.id}").text()


def test_staff_see_before_and_after_what_is_missing_then_and_who_is_told(
    lead: Browser, staff: Browser, team: Team
) -> None:
    make(lead, team, BOARD, "departure", reason=WHY)
    text = staff.get(f"/staff/teams/{team.id}").text()
    assert "1 change waits" in text
    assert "Missing: school board member." in text
    assert "The team has 3 people; it needs at least" in text
    assert "Amount due $240 $180" in text
    assert f"{BOARD}: a cancellation, with the days for the calendar" in text
    for name in ("Imogen Castellanos", "Beatriz Holloway"):
        assert f"{name}: that it is accepted" in text


def test_a_side_that_would_be_empty_is_said(cast: Cast, lead: Browser, staff: Browser) -> None:
    cast.staff()
    team = cast.submitted(cd_code=OAKLAND, members=DISTRICT_ONLY)
    make(lead, team, "Beatriz Holloway", "departure", reason=WHY)
    text = staff.get(f"/staff/teams/{team.id}").text()
    assert "Nobody from the union side is on the roster yet." in text


@both_databases
def test_without_a_seat_a_joining_is_refused_in_words_and_stays_open(
    lead: Browser, staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    propose_joining(lead, team)
    set_seats(team, seats_taken(team.cohort))
    assert "No seat is left in the Bay Area Cohort." in staff.get(f"/staff/teams/{team.id}").text()
    page = answer(staff, team, "acceptance", "Come in.")
    assert page.status == 422
    assert "No seat is left in the Bay Area Cohort." in page.text()
    assert page.form(verdict_path(team, "acceptance")).value("note") == "Come in."
    assert newest(team).state == "open"
    assert told(mailbox, "change_decided") == []
    make(lead, team, BOARD, "swap", **NEWCOMER | {"email": "ob@example.org", "name": "Ottoline B"})
    assert "Ottoline B" in names(team)


def test_a_waitlisted_team_needs_no_seat(cast: Cast, lead: Browser, staff: Browser) -> None:
    team = cast.submitted(cd_code=OAKLAND)
    cast.decide(team, "waitlist", "")
    set_seats(team, 0)
    propose_joining(lead, team, "district")
    answer(staff, team, "acceptance")
    assert "Winifred Abernathy" in names(team)


@both_databases
def test_what_has_changed_meanwhile_cannot_be_accepted(
    lead: Browser, staff: Browser, team: Team
) -> None:
    make(lead, team, BOARD, "departure", reason=WHY)
    staff.get(f"/staff/teams/{team.id}")
    make(lead, team, BOARD, "details", site="Elm")
    page = staff.submit(verdict_path(team, "acceptance"))
    assert page.status == 422
    assert "The row has changed since this was proposed." in page.text()
    assert BOARD in names(team)
    assert "Accept that" not in page.text()


def test_an_address_that_is_taken_by_now_is_refused(
    lead: Browser, staff: Browser, team: Team
) -> None:
    propose_joining(lead, team)
    make(lead, team, BOARD, "details", email=NEWCOMER["email"])
    page = answer(staff, team, "acceptance")
    assert page.status == 422
    assert f"{BOARD} is on the roster with this address already." in page.text()


def test_a_withdrawn_proposal_cannot_be_accepted(lead: Browser, staff: Browser, team: Team) -> None:
    propose_joining(lead, team)
    staff.get(f"/staff/teams/{team.id}")
    lead.get(f"/teams/{team.id}")
    lead.submit(f"/teams/{team.id}/proposals/{newest(team).id}/withdrawal")
    page = staff.submit(verdict_path(team, "acceptance"))
    assert page.status == 422
    assert "This proposal is withdrawn already, by Imogen Castellanos" in page.text()
    assert "Winifred Abernathy" not in names(team)


def test_a_team_that_has_withdrawn_is_not_changed(
    cast: Cast, lead: Browser, staff: Browser, team: Team
) -> None:
    propose_joining(lead, team)
    staff.get(f"/staff/teams/{team.id}")
    cast.decide(team, "withdraw", "")
    page = staff.submit(verdict_path(team, "acceptance"))
    assert page.status == 422
    assert "Winifred Abernathy" not in names(team)


def test_several_wait_in_one_list_and_each_is_answered_alone(
    lead: Browser, staff: Browser, team: Team
) -> None:
    propose_joining(lead, team)
    make(lead, team, BOARD, "departure", reason=WHY)
    assert "2 changes wait" in staff.get(f"/staff/teams/{team.id}").text()
    page = answer(staff, team, "acceptance")
    assert "1 change waits" in page.text()
    assert BOARD not in names(team)
