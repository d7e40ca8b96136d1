"""A few seeds of people at work while things break; ``python app.py faults`` runs as many as one likes."""

import pytest

from tests.faults.plan import draw
from tests.faults.run import run

KEPT = ()  # Seeds that once found something.


@pytest.mark.parametrize("seed", [1, 12, 17, *KEPT])
def test_what_people_were_told_is_true_whatever_broke(seed: int) -> None:
    done = run(draw(seed))
    assert not done.wrong, done.report()
