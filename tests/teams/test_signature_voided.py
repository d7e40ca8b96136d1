"""A signature that a change voids, and the one letter about it."""

import pytest

from cdef.outbox.models import Letter
from cdef.teams.models import Team
from cdef.teams.rules import current_signature
from tests.cast import DISTRICT_LEAD, UNION_LEAD, Cast, Mailbox, text_of
from tests.conftest import both_databases

KIND = "signature_voided"


@pytest.fixture
def team(cast: Cast) -> Team:
    """The union lead has signed; ``cast.add`` edits as the district lead."""
    team = cast.team()
    cast.sign(team, "union")
    return team


def waiting(mailbox: Mailbox) -> list[Letter]:
    return [letter for letter in mailbox.letters(KIND) if letter.state in ("queued", "held")]


@both_databases
def test_a_change_voids_the_signature_and_tells_its_lead_once(
    cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    cast.add(team, "district", "Wilhelmina Cho", "principal")
    cast.later(minutes=3)
    cast.add(team, "district", "Ignatius Fontaine", "principal")
    assert current_signature(team, "union") is None
    (letter,) = waiting(mailbox)
    assert letter.to_email == UNION_LEAD
    text = text_of(mailbox.last(KIND))
    assert "added Wilhelmina Cho" in text
    assert "added Ignatius Fontaine" in text


def test_it_waits_for_ten_quiet_minutes(cast: Cast, team: Team, mailbox: Mailbox) -> None:
    cast.add(team, "district", "Wilhelmina Cho", "principal")
    (letter,) = waiting(mailbox)
    assert (letter.due_at - letter.created_at).total_seconds() == 600


def test_signing_again_takes_the_letter_back(cast: Cast, team: Team, mailbox: Mailbox) -> None:
    cast.add(team, "district", "Wilhelmina Cho", "principal")
    cast.sign(team, "union")
    assert waiting(mailbox) == []


def test_a_withdrawal_takes_the_letter_back(cast: Cast, team: Team, mailbox: Mailbox) -> None:
    cast.add(team, "district", "Wilhelmina Cho", "principal")
    cast.decide(team, "withdraw")
    assert waiting(mailbox) == []


def test_who_voids_their_own_signature_is_not_told(cast: Cast, mailbox: Mailbox) -> None:
    team = cast.team()
    cast.sign(team, "district")
    cast.add(team, "district", "Wilhelmina Cho", "principal")
    assert mailbox.letters(KIND, DISTRICT_LEAD) == []


def test_a_change_before_any_signature_tells_nobody(cast: Cast, mailbox: Mailbox) -> None:
    cast.team()
    assert mailbox.letters(KIND) == []
