"""What may happen to a letter, how long it is tried, and when staff must know."""

from datetime import UTC, datetime, timedelta

import pytest

from cdef.kernel.problems import Refused
from cdef.outbox import rules

NOW = datetime(2016, 10, 17, 16, 0, tzinfo=UTC)
VERBS = ["send", "hand_over", "defer", "fail", "cancel", "hold", "release"]


def test_the_first_pauses_grow_and_the_others_are_an_hour() -> None:
    retries = [rules.retry_at(attempts, NOW, NOW) for attempts in range(1, 100)]
    minutes = [(retry - NOW) / timedelta(minutes=1) for retry in retries if retry]
    assert minutes == [1, 5, 15, 30, *95 * [60]]


@pytest.mark.parametrize(("hours", "goes_on"), [(0, True), (95.9, True), (96, False)])
def test_a_letter_is_given_up_96_hours_after_its_first_try(hours: float, goes_on: bool) -> None:
    assert bool(rules.retry_at(9, NOW - timedelta(hours=hours), NOW)) == goes_on


@pytest.mark.parametrize(("minutes", "is_late"), [(0, False), (14.9, False), (15, True)])
def test_staff_are_told_after_15_minutes(minutes: float, is_late: bool) -> None:
    assert bool(rules.trouble(NOW - timedelta(minutes=minutes), NOW)) == is_late


def test_without_letters_there_is_no_trouble() -> None:
    assert rules.trouble(None, NOW) is None


def test_a_delivery_cannot_outlast_its_lease_nor_a_lease_the_patience_of_staff() -> None:
    """Four steps of at most a minute, and the answer to the whole letter."""
    assert rules.LEASE >= 4 * rules.SLOWEST_STEP + rules.AFTER_LETTER
    assert rules.LEASE < rules.LATE


@pytest.mark.parametrize("state", ["handed_over", "failed", "cancelled"])
@pytest.mark.parametrize("verb", [*VERBS, "retry"])
def test_what_has_ended_stays_ended(state: str, verb: str) -> None:
    """But a letter that failed can be tried anew, where staff say so."""
    if (state, verb) == ("failed", "retry"):
        assert rules.next_state(state, verb) == "queued"
        return
    with pytest.raises(Refused):
        rules.next_state(state, verb)


@pytest.mark.parametrize("state", rules.WAITING)
def test_what_waits_can_be_cancelled_but_not_be_handed_over(state: str) -> None:
    assert rules.next_state(state, "cancel") == "cancelled"
    with pytest.raises(Refused):
        rules.next_state(state, "hand_over")


def test_every_state_has_a_label() -> None:
    assert {state for state, _ in rules.TRANSITIONS} | set(rules.TRANSITIONS.values()) == set(
        rules.LABELS
    )
