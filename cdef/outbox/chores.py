"""What the worker does beside sending: work of the features above, a piece at a time."""

import logging
import time
from collections.abc import Callable
from typing import NamedTuple

from flask import Flask

from cdef.kernel import clock
from cdef.kernel.db import db

AFTER_ERROR = 60  # seconds that a chore rests which has met an error
log = logging.getLogger(__name__)
Do = Callable[..., bool]  # Takes ``now``, does one piece, and says whether there is more.


class Chore(NamedTuple):
    """One kind of such work, and how many seconds pass between two looks where there is none."""

    do: Do
    every: float


def add(app: Flask, do: Do, *, every: float) -> None:
    """Let the worker do this, too; a piece takes a second at most, since letters wait meanwhile."""
    app.extensions.setdefault("chores", []).append(Chore(do, every))


class Chores:
    """The chores of one worker, each of which rests by itself: none keeps another from its turn."""

    def __init__(self, app: Flask) -> None:
        self.chores: list[Chore] = app.extensions.get("chores", [])
        self.rest_until = [0.0] * len(self.chores)

    def do(self) -> bool:
        """A piece of each that has rested; whether one of them has more."""
        have_more = [self.do_one(number) for number in range(len(self.chores))]
        return any(have_more)

    def do_one(self, number: int) -> bool:
        chore, has_more = self.chores[number], False
        if time.monotonic() < self.rest_until[number]:
            return False
        try:
            has_more = chore.do(now=clock.now())
            rest = 0 if has_more else chore.every
        except Exception:
            log.exception("a chore of the mail worker met an error and rests")
            rest = AFTER_ERROR
        finally:
            db.session.rollback()  # It leaves no lock behind, whatever it has read.
        self.rest_until[number] = time.monotonic() + rest
        return has_more
