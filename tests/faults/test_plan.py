"""The plan of a seed is drawn up front, and many combine what breaks."""

from tests.faults.plan import BREAKING, draw

PLANS = [draw(seed) for seed in range(300)]


def test_a_seed_always_draws_the_same_plan() -> None:
    assert list(draw(7).lines()) == list(draw(7).lines())
    assert list(draw(7).lines()) != list(draw(8).lines())


def test_more_than_a_third_of_the_seeds_combine_two_faults() -> None:
    kinds = [{fault.kind for fault in plan.faults} for plan in PLANS]
    assert sum(len(each) > 1 for each in kinds) > len(PLANS) / 3
    assert set().union(*kinds) == set(BREAKING)


def test_a_word_is_said_once() -> None:
    for plan in PLANS:
        words = [each.word for errands in plan.errands.values() for each in errands]
        assert len(words) == len(set(words))
