"""Correcting details once the roster is submitted: at once, and told to whom it concerns."""

import pytest

from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, OAKLAND, OTHER_LEAD, STAFF, UNION_LEAD, Cast, Mailbox, text_of
from tests.conftest import both_databases
from tests.pages import Browser
from tests.registrations.changing import (
    BOARD,
    CLASSIFIED,
    address,
    approved,
    empty_outbox,
    entries,
    last_letter,
    make,
    member_named,
    names,
    to,
    told,
)

NEW = "thaddeus.new@example.org"


@pytest.fixture
def team(cast: Cast) -> Team:
    return approved(cast)


@pytest.fixture
def lead(cast: Cast) -> Browser:
    return cast.browser(DISTRICT_LEAD)


@both_databases
def test_a_name_is_corrected_at_once_and_nobody_signs_again(lead: Browser, team: Team) -> None:
    revision = team.revision
    page = make(lead, team, BOARD, "details", name="Thaddeus Okonkwo")
    assert "Thaddeus Okonkwo is corrected." in page.text()
    assert "Thaddeus Okonkwo" in names(team)
    assert (team.state, team.revision) == ("approved", revision)
    assert "name from Thaddeus Okonkwo-Reyes to Thaddeus Okonkwo" in page.text()


def test_only_the_other_lead_hears_of_it_in_one_letter(
    lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    since = last_letter(mailbox)
    make(lead, team, BOARD, "details", site="Elm")
    make(lead, team, CLASSIFIED, "details", site="Oak")
    assert told(mailbox, since=since, kind="") == [UNION_LEAD]
    said = text_of(mailbox.last("roster_corrected", UNION_LEAD))
    assert f"corrected {BOARD}: school or office is now Elm." in said
    assert f"corrected {CLASSIFIED}: school or office is now Oak." in said
    empty_outbox()
    make(lead, team, CLASSIFIED, "details", site="Ash")
    said = text_of(mailbox.last("roster_corrected", UNION_LEAD))
    assert "from Oak to Ash" in said
    assert "Elm" not in said


@both_databases
def test_a_new_address_gets_the_entries_that_the_old_one_loses(
    lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    first = entries(mailbox.last("confirmation", to(BOARD)))
    make(lead, team, BOARD, "details", email=NEW)
    gone = mailbox.last("cancellation", to(BOARD))
    came = mailbox.last("confirmation", NEW)
    assert [uid for _, uid, _ in entries(gone)] == [uid for _, uid, _ in first]
    assert [uid for _, uid, _ in entries(came)] == [uid for _, uid, _ in first]
    assert {method for method, _, _ in entries(gone)} == {"CANCEL"}
    assert {method for method, _, _ in entries(came)} == {"REQUEST"}
    for before, cancelled, again in zip(first, entries(gone), entries(came), strict=True):
        assert before[2] < cancelled[2] < again[2]
    assert "moved to another address" in text_of(gone)
    assert NEW not in text_of(gone)
    assert "Imogen Castellanos corrected your details" in text_of(came)


def test_an_address_that_was_never_told_is_not_told_that_it_lost_something(
    lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    make(lead, team, BOARD, "details", email="thadeus@example.org")
    make(lead, team, BOARD, "details", email=NEW)
    assert told(mailbox, "cancellation") == [to(BOARD)]
    assert "thadeus@example.org" not in told(mailbox, "confirmation")
    assert NEW in told(mailbox, "confirmation")


@both_databases
def test_back_to_the_first_address_nothing_is_cancelled(
    lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    first = entries(mailbox.last("confirmation", to(BOARD)))
    make(lead, team, BOARD, "details", email=NEW)
    make(lead, team, BOARD, "details", email=to(BOARD))
    assert told(mailbox, "cancellation") == []
    again = entries(mailbox.last("confirmation", to(BOARD)))
    assert [uid for _, uid, _ in again] == [uid for _, uid, _ in first]
    assert all(new[2] > old[2] for new, old in zip(again, first, strict=True))


def test_a_submitted_team_is_corrected_without_a_letter_to_members(
    cast: Cast, lead: Browser, mailbox: Mailbox
) -> None:
    team = cast.submitted(cd_code=OAKLAND)
    make(lead, team, BOARD, "details", email=NEW)
    assert member_named(team, BOARD).email == NEW
    assert mailbox.letters("confirmation") == []
    assert told(mailbox, "roster_corrected") == [UNION_LEAD]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Please give a name."),
        ("name", "Jo Lee", f"This looks like another person. Swap {BOARD} for them"),
        ("email", "no", "This does not look like an e-mail address."),
        ("email", UNION_LEAD, "Beatriz Holloway is on the roster with this address already."),
        ("position", "teacher", "Not a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_kept(
    lead: Browser, team: Team, field: str, value: str, sentence: str
) -> None:
    page = make(lead, team, BOARD, "details", **{field: value})
    assert page.status == 422
    assert sentence in page.text()
    assert field == "position" or page.value(field) == value


def test_two_corrections_of_one_field_are_shown_side_by_side(
    cast: Cast, lead: Browser, team: Team
) -> None:
    partner, path = cast.browser(UNION_LEAD), address(team, BOARD, "details")
    lead.get(path)
    partner.get(path)
    partner.submit(path, site="Oak", name="Thaddeus O. Reyes")
    page = lead.submit(path, site="Elm", email=NEW)
    assert page.status == 409
    assert "was changed by somebody else" in page.text()
    assert "Oak" in page.text()
    assert page.value("site") == "Elm"
    page = lead.submit(path)
    assert page.status == 200
    member = member_named(team, "Thaddeus O. Reyes")
    assert (member.site, member.email) == ("Elm", NEW)


def test_staff_can_correct_it_and_both_leads_are_told(
    cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    page = make(cast.browser(STAFF), team, BOARD, "details", site="Elm")
    assert page.path == f"/staff/teams/{team.id}"
    assert told(mailbox, "roster_corrected") == [UNION_LEAD, DISTRICT_LEAD]


def test_a_draft_and_a_stranger_have_no_such_page(cast: Cast, team: Team, lead: Browser) -> None:
    other = cast.team(cd_code=OAKLAND, lead=OTHER_LEAD, partner=None)
    assert cast.browser(OTHER_LEAD).get(address(team, BOARD, "details")).status == 404
    assert cast.browser(OTHER_LEAD).get(address(other, BOARD, "details")).status == 422
