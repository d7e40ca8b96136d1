"""The worker's round in tests, and the days on which reminders of Bay Area's first meeting fall due."""

from datetime import datetime

from flask import Flask

from cdef.kernel import clock
from cdef.kernel.words import ZONE
from cdef.outbox.chores import Chores
from tests.cast import Cast

# Session 1 is on November 29 and 30, 2016.
A_WEEK_BEFORE = "2016-11-22T09:00"
A_DAY_BEFORE = "2016-11-28T09:00"


def work(app: Flask) -> None:
    """Every chore of the worker, until none has more to do."""
    chores = Chores(app)
    while chores.do():
        pass


def at(cast: Cast, moment: str, *, minutes: int = 0) -> None:
    """It is this time in California, or some minutes later; the clock never steps back."""
    wanted = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
    wait = wanted.timestamp() - clock.now().timestamp()
    assert wait > -60
    cast.later(seconds=wait, minutes=minutes)
