"""Doing something many times at once, for the tests of what must hold then."""

import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import Flask

from cdef.kernel.db import db
from cdef.kernel.problems import Refused

Thing = TypeVar("Thing")
PATIENCE = 60  # seconds until a thread that hangs is a failure


def at_once(app: Flask, things: Sequence[Thing], do: Callable[[Thing], Any]) -> list[Any]:
    """Do it with each thing in a thread of its own, all released together; what each said.

    That is its result, or the sentences of a refusal; any other error is the test's own.
    """
    db.session.remove()
    start = threading.Barrier(len(things))
    said: list[Any] = [TimeoutError()] * len(things)

    def run(place: int) -> None:
        with app.app_context():
            start.wait(PATIENCE)
            try:
                said[place] = do(things[place])
            except Refused as refused:
                said[place] = str(refused)
            except Exception as error:  # noqa: BLE001 (raised again in the test's own thread)
                said[place] = error
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(n,), daemon=True) for n in range(len(things))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    for error in said:
        if isinstance(error, Exception):
            raise error
    return said
