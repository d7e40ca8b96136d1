"""The processes of one run, and everything that can be done to them while people work."""

import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cdef.kernel.clock import starting_at
from tests.faults.plan import Fault
from tests.faults.setting import BEGIN, settings
from tests.outbox.mail_server import HANG_UP, MailServer
from tests.pages import Browser
from tests.served import Process, Served, free_port

PATIENCE = 30  # seconds until the outbox must be empty of what is due
IMPATIENT = 0.6  # seconds that the app waits for the database
# Beyond the lease of what was in a worker's hand, and beyond the retries of what was not taken.
LATER = [timedelta(hours=hours) for hours in (0.5, 1.5, 1.5)]
STEPS = ("MAIL", "RCPT", "DATA", ".")


class World:
    """A server, a worker beside it, a mail server and a database, on a clock that can be set."""

    def __init__(self, folder: Path, post: MailServer) -> None:
        self.folder, self.post = folder, post
        self.path = folder / "cdef.sqlite3"
        self.address = f"sqlite:///{self.path}?timeout={IMPATIENT}"
        self.port, self.began = free_port(), time.monotonic()
        self.skew = self.latest = timedelta()
        self.killed = 0  # Workers, each of which may have had a letter in hand.
        self.served, self.worker = self.serve(), self.work()

    def environment(self) -> dict[str, Any]:
        self.latest = max(self.latest, self.skew)
        own = {"PRETEND_NOW": self.now().isoformat(), "MAIL_PORT": self.post.port}
        return settings(self.address) | own

    def now(self) -> datetime:
        """What the clocks say of processes that start at this moment."""
        elapsed = timedelta(minutes=1, seconds=time.monotonic() - self.began)
        return starting_at(BEGIN) + elapsed + self.skew

    def serve(self) -> Served:
        """Started again, as whatever watches over it would, until it finds the database free."""
        while True:
            own = self.environment()
            served = Served(self.folder, PORT=self.port, WORKER="false", **own)
            while not served.answers():
                if served.ended_within(0.02) is not None:
                    break
            else:
                return served

    def work(self) -> Process:
        return Process(self.folder / "worker.txt", "worker", **self.environment())

    def browse(self) -> Browser:
        """A new browser; whichever server there is at the time answers it."""
        return self.served.browser()

    def break_by(self, fault: Fault) -> None:
        BREAK[fault.kind](self, fault.size)

    def kill_server(self, size: float) -> None:
        kill(self.served)
        time.sleep(size)
        self.served = self.serve()

    def kill_worker(self, size: float) -> None:
        kill(self.worker)
        self.killed += 1
        time.sleep(size)
        self.worker = self.work()

    def set_clock(self, hours: float) -> None:
        """Both are stopped as an operator does, and go on at another time."""
        self.skew += timedelta(hours=hours)
        self.served.stop()
        self.worker.tell(signal.SIGTERM)
        self.worker.ended()
        self.served, self.worker = self.serve(), self.work()

    def lock(self, seconds: float) -> None:
        """Somebody else writes for a while."""
        other = sqlite3.connect(self.path, isolation_level=None, timeout=30)
        other.execute("BEGIN IMMEDIATE")
        time.sleep(seconds)
        other.execute("ROLLBACK")
        other.close()

    def refuse(self, letters: float) -> None:
        for step in STEPS:
            self.post.answers[step] = ["450 Busy"] * int(letters)
        self.post.answers["RCPT"] += ["550 Not here"]

    def cut(self, letters: float) -> None:
        """The connection breaks, also where the letter is taken and nobody hears of it."""
        for step in STEPS:
            self.post.answers[step] = [HANG_UP] * int(letters)

    def fall_silent(self, seconds: float) -> None:
        self.post.slow["MAIL"] = 1  # Longer than the app waits.
        time.sleep(seconds)
        self.post.slow.clear()

    def settle(self, is_settled: Callable[[datetime], bool]) -> None:
        """Everything is well again: the outbox empties, as hours go by."""
        self.post.answers.clear()
        self.post.slow.clear()
        self.skew = self.latest
        for hours in LATER:
            if not is_settled(self.now() + sum(LATER, timedelta())):
                self.worker.tell(signal.SIGTERM)
                self.worker.ended()
                self.skew += hours
                self.worker = self.work()
                until(lambda: is_settled(self.now()))

    def end(self) -> None:
        kill(self.worker)
        kill(self.served)


def kill(process: Process) -> None:
    process.tell(signal.SIGKILL)
    process.ended()


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)


BREAK = {
    "kill server": World.kill_server,
    "kill worker": World.kill_worker,
    "refusal": World.refuse,
    "cut": World.cut,
    "silence": World.fall_silent,
    "lock": World.lock,
    "clock": World.set_clock,
}


@contextmanager
def world(folder: Path, content: bytes) -> Iterator[World]:
    (folder / "cdef.sqlite3").write_bytes(content)
    post = MailServer()
    post.start()
    made = World(folder, post)
    try:
        yield made
    finally:
        made.end()
        post.stop()
