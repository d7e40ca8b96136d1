"""The plan of a seed is drawn up front, and many combine what breaks."""

import pytest

from tests.faults.plan import ALONE, ALWAYS, NEVER, draw

SEEDS = range(1, 501)
PLANS = {database: [draw(seed, database) for seed in SEEDS] for database in ALONE}


def test_a_seed_always_draws_the_same_plan() -> None:
    assert list(draw(7).lines()) == list(draw(7).lines())
    assert list(draw(7).lines()) != list(draw(8).lines())


@pytest.mark.parametrize("database", ALONE)
def test_more_than_a_third_of_the_seeds_combine_two_faults(database: str) -> None:
    kinds = [plan.kinds for plan in PLANS[database]]
    assert sum(len(each) > 1 for each in kinds) > len(kinds) / 3
    assert set().union(*kinds) == {*ALWAYS, *ALONE[database]}


def test_what_a_database_never_goes_through_has_its_reason() -> None:
    everything = {kind for kinds in ALONE.values() for kind in kinds}
    for database, reasons in NEVER.items():
        assert reasons.keys() == everything.difference(ALONE[database])
        assert all(
            f"never: {kind}, as " in "\n".join(draw(1, database).lines()) for kind in reasons
        )


def test_a_word_is_said_once() -> None:
    for plan in PLANS["sqlite"]:
        words = [each.word for errands in plan.errands.values() for each in errands]
        assert len(words) == len(set(words))
