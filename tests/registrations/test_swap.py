"""Swapping a person for another of the same side, until the day that staff set."""

from datetime import date

import pytest

from cdef.kernel import clock
from cdef.registrations.models import seats_taken
from cdef.series.actions import set_swaps_until
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, OAKLAND, STAFF, UNION_LEAD, Cast, Mailbox, html_of, text_of
from tests.conftest import both_databases
from tests.pages import Browser
from tests.registrations.changing import (
    BOARD,
    NEW_EMAIL,
    NEWCOMER,
    WHY,
    address,
    answer,
    approved,
    entries,
    last_letter,
    make,
    member_named,
    names,
    newest,
    to,
    told,
)


@pytest.fixture
def team(cast: Cast) -> Team:
    return approved(cast)


@pytest.fixture
def lead(cast: Cast) -> Browser:
    return cast.browser(DISTRICT_LEAD)


def close(cast: Cast, team: Team) -> None:
    """The day for swaps was the day before yesterday."""
    set_swaps_until(team.cohort, date(2016, 10, 15), by=cast.staff(), now=clock.now())


@both_databases
def test_it_holds_at_once_and_takes_no_other_seat(lead: Browser, team: Team) -> None:
    revision, taken = team.revision, seats_taken(team.cohort)
    page = make(lead, team, BOARD, "swap", **NEWCOMER)
    assert f"Winifred Abernathy has the place of {BOARD}." in page.text()
    assert BOARD not in names(team)
    newcomer = member_named(team, "Winifred Abernathy")
    assert (newcomer.side, newcomer.email) == ("district", NEW_EMAIL)
    assert (team.state, team.revision, seats_taken(team.cohort)) == ("approved", revision, taken)
    assert f"swapped {BOARD} for Winifred Abernathy" in page.text()
    assert f"e-mail from {to(BOARD)} to {NEW_EMAIL}" in page.text()


@both_databases
def test_both_people_and_both_leads_are_told_and_nobody_else(
    lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    since = last_letter(mailbox)
    first = entries(mailbox.last("confirmation", to(BOARD)))
    make(lead, team, BOARD, "swap", **NEWCOMER)
    assert told(mailbox, "", since=since) == sorted(
        [to(BOARD), NEW_EMAIL, UNION_LEAD, DISTRICT_LEAD]
    )
    gone = mailbox.last("cancellation", to(BOARD))
    assert "Winifred Abernathy takes your place on the team of Milpitas Unified" in text_of(gone)
    assert "Winifred Abernathy takes your place" in html_of(gone)
    for before, after in zip(first, entries(gone), strict=True):
        assert after[:2] == ("CANCEL", before[1])
        assert after[2] > before[2]
    came = mailbox.last("confirmation", NEW_EMAIL)
    assert f"You take the place of {BOARD}." in text_of(came)
    assert len(entries(came)) == len(first)
    assert not {uid for _, uid, _ in entries(came)} & {uid for _, uid, _ in first}
    assert "You swapped a person" in text_of(mailbox.last("swapped", DISTRICT_LEAD))
    said = text_of(mailbox.last("swapped", UNION_LEAD))
    assert "Imogen Castellanos swapped a person on the district side" in said
    assert f"Before: {BOARD}, School board member" in said
    assert f"After: Winifred Abernathy, School board member, {NEW_EMAIL}" in said


def test_whoever_was_not_confirmed_yet_never_hears_of_it(
    cast: Cast, lead: Browser, mailbox: Mailbox
) -> None:
    team = cast.approved(cd_code=OAKLAND)
    make(lead, team, BOARD, "swap", **NEWCOMER)
    assert mailbox.letters("cancellation") == []
    assert to(BOARD) not in told(mailbox, "confirmation")


def test_the_same_form_twice_swaps_once(lead: Browser, team: Team, mailbox: Mailbox) -> None:
    path = address(team, BOARD, "swap")
    page = lead.get(path)
    for _ in range(2):
        lead.page = page
        again = lead.submit(path, **NEWCOMER)
    assert again.status == 200
    assert len(mailbox.letters("confirmation", NEW_EMAIL)) == 1
    assert names(team).count("Winifred Abernathy") == 1


def test_two_leads_who_swap_one_person_are_told_who_was_faster(
    cast: Cast, lead: Browser, team: Team
) -> None:
    partner, path = cast.browser(UNION_LEAD), address(team, BOARD, "swap")
    lead.get(path)
    partner.get(path)
    partner.submit(path, **NEWCOMER)
    page = lead.submit(path, **NEWCOMER | {"name": "Ottoline Brandt", "email": "ob@example.org"})
    assert page.status == 422
    assert f"{BOARD} is not on the roster any more." in page.text()
    assert page.value("name") == "Ottoline Brandt"


def test_a_submitted_teams_swap_tells_the_leads_alone(
    cast: Cast, lead: Browser, mailbox: Mailbox
) -> None:
    team = cast.submitted(cd_code=OAKLAND)
    since = last_letter(mailbox)
    make(lead, team, BOARD, "swap", **NEWCOMER)
    assert told(mailbox, "", since=since) == [UNION_LEAD, DISTRICT_LEAD]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email": UNION_LEAD}, "Beatriz Holloway is on the roster with this address already."),
        ({"name": BOARD, "email": to(BOARD)}, f"This is {BOARD} again: correct their details"),
        ({"position": "teacher"}, "Not a valid choice"),
        ({"name": ""}, "Please give a name."),
    ],
)
def test_what_is_wrong_is_said(
    lead: Browser, team: Team, fields: dict[str, str], sentence: str
) -> None:
    page = make(lead, team, BOARD, "swap", **NEWCOMER | fields)
    assert page.status == 422
    assert sentence in page.text()


# After the day for swaps.


def test_after_the_day_it_is_a_proposal_with_a_reason(
    cast: Cast, lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    close(cast, team)
    page = make(lead, team, BOARD, "swap", **NEWCOMER)
    assert page.status == 422
    assert "Please give a reason" in page.text()
    page = lead.submit(address(team, BOARD, "swap"), reason=WHY)
    assert "It waits for the staff now." in page.text()
    assert BOARD in names(team)
    assert told(mailbox, "change_proposed") == [UNION_LEAD, STAFF]
    answer(cast.browser(STAFF), team, "acceptance")
    assert "Winifred Abernathy" in names(team)
    assert BOARD not in names(team)
    assert {method for method, *_ in entries(mailbox.last("cancellation", to(BOARD)))} == {"CANCEL"}
    assert f"You take the place of {BOARD}." in text_of(mailbox.last("confirmation", NEW_EMAIL))


def test_a_form_that_was_open_when_the_day_passed_asks_for_the_reason(
    cast: Cast, lead: Browser, team: Team
) -> None:
    path = address(team, BOARD, "swap")
    lead.get(path)
    close(cast, team)
    page = lead.submit(path, **NEWCOMER)
    assert page.status == 422
    assert page.value("email") == NEWCOMER["email"]
    lead.submit(path, reason=WHY)
    assert newest(team).kind == "swap"


# The day itself.


def set_day(staff: Browser, day: str) -> str:
    path = "/staff/cohorts/bay-area/swaps-until"
    staff.get("/staff/cohorts/bay-area")
    page = staff.submit(path, swaps_until=day)
    return page.text()


def test_staff_set_the_day_and_take_it_away(cast: Cast, team: Team, lead: Browser) -> None:
    staff = cast.browser(STAFF)
    said = set_day(staff, "2016-10-17")
    assert "Leads swap people by themselves until October 17, 2016." in said
    assert "until October 17, 2016" in lead.get(f"/teams/{team.id}").text()
    assert make(lead, team, BOARD, "swap", **NEWCOMER).status == 200
    assert "Leads swap people by themselves at any time." in set_day(staff, "")
    assert "Please give a day like" in set_day(staff, "soon")
