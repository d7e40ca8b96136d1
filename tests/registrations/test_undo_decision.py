"""Every decision is undone by a further one, and what it had sent is called back."""

import pytest

from cdef.registrations.models import seats_taken
from tests.cast import (
    DISTRICT_LEAD,
    STAFF,
    Cast,
    Mailbox,
    calendars_of,
    text_of,
)
from tests.conftest import both_databases
from tests.registrations.deciding import bring, decide, hand_over

MEMBER = "dashiell.nakagawa@example.org"


def sequences(mailbox: Mailbox, kind: str) -> list[int]:
    return [int(each.events[0]["SEQUENCE"]) for each in calendars_of(mailbox.last(kind, MEMBER))]


@both_databases
@pytest.mark.parametrize("verb", ["reinstate", "return", "waitlist", "decline"])
def test_an_approval_is_taken_back_with_its_calendar_entries(
    cast: Cast, mailbox: Mailbox, verb: str
) -> None:
    team = bring(cast, "approved")
    decide(cast.browser(STAFF), team, verb)
    assert seats_taken(team.cohort) == 0
    letter = mailbox.last("cancellation", MEMBER)
    assert "does not have its seats any more in the Bay Area Cohort" in text_of(letter)
    assert {each["METHOD"] for each in calendars_of(letter)} == {"CANCEL"}
    assert min(sequences(mailbox, "cancellation")) > max(sequences(mailbox, "confirmation"))


@both_databases
def test_approved_anew_everybody_is_confirmed_with_a_higher_sequence(
    cast: Cast, mailbox: Mailbox
) -> None:
    team = bring(cast, "approved")
    cast.decide(team, "reinstate", "Wait.")
    hand_over()
    cast.decide(team, "approve")
    assert min(sequences(mailbox, "confirmation")) > max(sequences(mailbox, "cancellation"))
    assert seats_taken(team.cohort) == 4


def test_letters_that_had_not_left_are_called_back_without_another(
    cast: Cast, mailbox: Mailbox
) -> None:
    team = bring(cast, "submitted")
    cast.decide(team, "approve")
    decide(cast.browser(STAFF), team, "reinstate")
    assert {letter.state for letter in mailbox.letters("confirmation")} == {"cancelled"}
    assert mailbox.letters("cancellation") == []


def test_a_return_is_taken_back_with_the_signatures_it_had(cast: Cast, mailbox: Mailbox) -> None:
    team = bring(cast, "returned")
    page = decide(cast.browser(STAFF), team, "reinstate", "It was fine.")
    assert team.state == "submitted"
    assert "not signed" not in page.text()
    assert "is submitted again" in text_of(mailbox.last("reinstated", DISTRICT_LEAD))
    cast.decide(team, "approve")
    assert team.state == "approved"


def test_a_return_after_which_the_roster_changed_stands(cast: Cast) -> None:
    team = bring(cast, "returned")
    cast.add(team, "union", "Marguerite Adeyemi", "teacher")
    page = decide(cast.browser(STAFF), team, "reinstate", "It was fine.")
    assert page.status == 422
    assert "The roster is not as both sides have signed it." in page.text()
    assert team.state == "returned"


def test_a_lead_who_signed_anew_keeps_that_signature(cast: Cast) -> None:
    team = bring(cast, "returned")
    cast.sign(team, "district")
    decide(cast.browser(STAFF), team, "reinstate", "It was fine.")
    assert team.state == "submitted"
    assert len([each for each in team.signatures if each.revision == team.revision]) == 2


@pytest.mark.parametrize(("first", "is_signed"), [("decline", True), ("return", False)])
def test_a_withdrawal_is_taken_back_where_the_roster_was_signed(
    cast: Cast, first: str, *, is_signed: bool
) -> None:
    team = bring(cast, "submitted")
    cast.decide(team, first, "Because.")
    cast.decide(team, "withdraw")
    page = decide(cast.browser(STAFF), team, "reinstate")
    assert page.status == (200 if is_signed else 422)
    assert team.state == ("submitted" if is_signed else "withdrawn")
