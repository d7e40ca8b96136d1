"""A letter that still waits when newer dates are published: another one says all that it would have."""

import pytest

from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, FEW, Cast, Mailbox, address_of, parse, text_of
from tests.conftest import both_databases
from tests.pages import Browser
from tests.publishing import at_desk, hand_over, move
from tests.registrations.test_publish import DECEMBER, entries, newest, uids

TO = address_of(FEW[1][1])


@pytest.fixture
def staff(cast: Cast) -> Browser:
    return at_desk(cast)


@pytest.fixture
def team(cast: Cast) -> Team:
    team = cast.approved(members=FEW)
    hand_over()
    return team


def states(mailbox: Mailbox, kind: str = "dates_changed") -> list[str]:
    return [letter.state for letter in mailbox.letters(kind, TO)]


@both_databases
def test_the_newer_letter_says_both_changes_from_what_is_known(
    staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    move(staff, "bay-area", 1, "2016-11-29", "", reason="One long day.")
    move(staff, "bay-area", 2, "2017-02-14", "2017-02-15")
    assert states(mailbox) == ["cancelled", "held"]
    letter = newest(mailbox)
    said = [(method, event["DTSTART"].dt.isoformat()) for method, event in entries(letter)]
    assert said == [
        ("REQUEST", "2016-11-29"),
        ("CANCEL", "2016-11-30"),
        ("REQUEST", "2017-02-14"),
        ("REQUEST", "2017-02-15"),
    ]
    text = text_of(parse(letter.raw))
    assert "before: November 29–30, 2016" in text
    assert "before: February 7–8, 2017" in text


def test_a_meeting_that_moved_twice_is_told_from_where_it_was(
    staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    move(staff, "bay-area", 1, *DECEMBER)
    move(staff, "bay-area", 1, "2016-12-13", "2016-12-14")
    letter = newest(mailbox)
    assert "before: November 29–30, 2016" in text_of(parse(letter.raw))
    assert set(uids(letter, "REQUEST").values()) == {3}


def test_what_was_moved_and_moved_back_unread_is_not_told(
    staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    move(staff, "bay-area", 1, *DECEMBER)
    page = move(staff, "bay-area", 1, "2016-11-29", "2016-11-30")
    assert page.status == 200
    assert states(mailbox) == ["cancelled"]


def test_what_is_on_its_way_may_arrive_so_all_of_it_is_said_again(
    staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    move(staff, "bay-area", 1, *DECEMBER)
    hand_over("sending")
    move(staff, "bay-area", 1, "2016-11-29", "2016-11-30")
    assert states(mailbox) == ["sending", "held"]
    assert len(uids(newest(mailbox), "REQUEST")) == 2


def test_what_was_handed_over_is_known(staff: Browser, team: Team, mailbox: Mailbox) -> None:
    move(staff, "bay-area", 1, *DECEMBER)
    hand_over()
    move(staff, "bay-area", 2, "2017-02-14", "2017-02-15")
    assert "Session 1" not in text_of(parse(newest(mailbox).raw))


def test_what_failed_is_said_by_the_next_one(staff: Browser, team: Team, mailbox: Mailbox) -> None:
    move(staff, "bay-area", 1, *DECEMBER)
    hand_over("failed")
    move(staff, "bay-area", 2, "2017-02-14", "2017-02-15")
    assert states(mailbox) == ["failed", "held"]
    assert len(uids(newest(mailbox), "REQUEST")) == 4


@both_databases
def test_a_confirmation_that_waits_is_written_anew_with_the_new_dates(
    staff: Browser, cast: Cast, mailbox: Mailbox
) -> None:
    cast.approved(members=FEW)
    move(staff, "bay-area", 1, *DECEMBER)
    assert mailbox.letters("dates_changed") == []
    assert states(mailbox, "confirmation") == ["cancelled", "held"]
    letter = newest(mailbox, kind="confirmation")
    assert "December 6–7, 2016" in text_of(parse(letter.raw))
    assert len(uids(letter, "REQUEST")) == 5
    approved = mailbox.letters("approved", DISTRICT_LEAD)
    assert [each.state for each in approved] == ["cancelled", "held"]
    assert "December 6–7, 2016" in text_of(parse(approved[-1].raw))


def test_the_link_of_a_confirmation_that_was_written_anew_opens_the_page(
    staff: Browser, cast: Cast, mailbox: Mailbox, browser: Browser
) -> None:
    cast.approved(members=FEW)
    move(staff, "bay-area", 1, *DECEMBER)
    link = mailbox.link("confirmation", TO)
    browser.get(link)
    assert "December 6–7, 2016" in browser.submit(link).text()


def test_a_team_that_withdraws_takes_its_letters_along(
    staff: Browser, team: Team, cast: Cast, mailbox: Mailbox
) -> None:
    move(staff, "bay-area", 1, "", "")
    cast.decide(team, "withdraw")
    assert states(mailbox) == ["cancelled"]
    gone = {
        event["DTSTART"].dt.isoformat()
        for _, event in entries(newest(mailbox, kind="cancellation"))
    }
    assert {"2016-11-29", "2016-11-30", "2017-03-01"} <= gone


def test_a_team_that_is_approved_anew_is_told_what_the_cancelled_letter_would_have_said(
    staff: Browser, team: Team, cast: Cast, mailbox: Mailbox
) -> None:
    move(staff, "bay-area", 1, "", "")
    cast.decide(team, "withdraw")
    cast.decide(team, "reopen", "Please come after all.")
    for side in ("district", "union"):
        cast.sign(team, side)
    cast.decide(team, "approve")
    letter = newest(mailbox, kind="confirmation")
    assert {event["DTSTART"].dt.day for said, event in entries(letter) if said == "CANCEL"} == {
        29,
        30,
    }


def test_somebody_on_two_teams_of_a_cohort_has_one_letter(
    staff: Browser, team: Team, cast: Cast, mailbox: Mailbox
) -> None:
    cast.approved(cd_code="0161259", lead="a@example.org", partner="b@example.org")
    hand_over()
    move(staff, "bay-area", 1, *DECEMBER)
    assert len(mailbox.letters("dates_changed", TO)) == 1
    assert len(uids(newest(mailbox), "REQUEST")) == 4
    assert "Milpitas Unified" in text_of(parse(newest(mailbox).raw))
    assert "Oakland Unified" in text_of(parse(newest(mailbox).raw))


def test_what_one_of_two_teams_does_leaves_the_letter_of_both(
    staff: Browser, team: Team, cast: Cast, mailbox: Mailbox
) -> None:
    cast.approved(cd_code="0161259", lead="a@example.org", partner="b@example.org")
    hand_over()
    move(staff, "bay-area", 1, *DECEMBER)
    cast.decide(team, "withdraw")
    assert states(mailbox) == ["held"]
    assert states(mailbox, "cancellation") == ["held"]
