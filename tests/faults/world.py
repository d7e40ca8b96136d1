"""The processes of one run, and everything that can be done to them while people work."""

import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from threading import Event, Lock
from typing import Any

from werkzeug.test import Client

from cdef.kernel.clock import starting_at
from tests.faults.plan import Plan
from tests.faults.processes import Child, ServedChild
from tests.faults.setting import BEGIN
from tests.faults.stage import Stage
from tests.pages import Browser

PATIENCE = 30  # seconds until the outbox must be empty of what is due
# Seconds that the app waits for the database: where nobody keeps it busy it must never have to wait
# so long, however slow the machine is; where a lock is planned, it must not outwait each.
PATIENT, IMPATIENT = 60, 0.6
# Beyond the lease of what was in a worker's hand, and beyond the retries of what was not taken.
LATER = [timedelta(hours=hours) for hours in (0.5, 1.5, 1.5)]


class World:
    """Servers, workers beside them, a mail server and a database, on a clock that can be set."""

    def __init__(self, stage: Stage, plan: Plan, controls: tuple[str, ...]) -> None:
        self.stage, self.plan, self.post = stage, plan, stage.post
        self.controls = controls
        self.began = time.monotonic()
        self.skew = self.latest = timedelta()
        self.killed = 0  # Workers, each of which may have had a letter in hand.
        self.turns, self.hands = count(plan.seed), Lock()
        self.turn: dict[str, Lock] = defaultdict(Lock)
        self.servers: list[ServedChild] = []
        self.workers: list[Child] = []
        self.start()

    def start(self) -> None:
        self.servers = [self.serve(number) for number in range(self.stage.store.servers)]
        self.workers = [self.work() for _ in range(self.stage.store.workers)]
        for number in range(len(self.servers)):
            self.await_server(number)

    def told(self) -> dict[str, Any]:
        """What a process is told that starts at this moment."""
        self.latest = max(self.latest, self.skew)
        return {
            "settings": {"PRETEND_NOW": self.now().isoformat()},
            "controls": self.controls,
            "patience": IMPATIENT if "lock" in self.plan.kinds else PATIENT,
            "durable": self.stage.store.durable if "power" in self.plan.kinds else "",
        }

    def now(self) -> datetime:
        elapsed = timedelta(minutes=1, seconds=time.monotonic() - self.began)
        return starting_at(BEGIN) + elapsed + self.skew

    def serve(self, number: int) -> ServedChild:
        output = self.stage.folder / "output.txt"
        return ServedChild(self.stage.nursery, output, self.stage.ports[number], **self.told())

    def work(self) -> Child:
        return Child(self.stage.nursery, self.stage.folder / "worker.txt", "worker", **self.told())

    def await_server(self, number: int) -> None:
        """Started again, as whatever watches over it would, until it finds the database free."""
        deadline = time.monotonic() + PATIENCE
        while not self.servers[number].answers():
            assert time.monotonic() < deadline, f"server {number} does not start"
            if self.servers[number].ended_within(0.01) is not None:
                self.servers[number] = self.serve(number)

    def await_workers(self) -> None:
        """So is a worker that ends because the database is not there for it."""
        for number, worker in enumerate(self.workers):
            if worker.ended_within(0) is not None:
                self.workers[number] = self.work()

    def browse(self) -> Browser:
        """A new browser; whichever server is next answers each of its requests."""
        return Browser(Client(self.forward))  # type: ignore[arg-type]

    def forward(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        return self.servers[next(self.turns) % len(self.servers)].forward(environ, start)

    @property
    def pids(self) -> list[int]:
        return [process.pid for process in (*self.servers, *self.workers)]

    def stop(self) -> None:
        """As an operator does."""
        for process in (*self.servers, *self.workers):
            process.tell(signal.SIGTERM)
        for process in (*self.servers, *self.workers):
            process.ended()

    def kill_workers(self) -> None:
        for worker in self.workers:
            kill(worker)
        self.killed += len(self.workers)

    def kill_in_hand(self, step: str, seconds: float) -> None:
        """The workers are killed as a letter is at this step, if one comes to it."""
        is_there = Event()

        def strike() -> None:
            self.strike()
            is_there.set()

        self.post.meanwhile[step] = strike
        is_there.wait(seconds)
        self.post.meanwhile.clear()

    def strike(self) -> None:
        for worker in self.workers:
            worker.tell(signal.SIGKILL)

    def settle(self, is_settled: Callable[[datetime], bool]) -> None:
        """Everything is well again: the outbox empties, as hours go by."""
        self.post.answers.clear()
        self.post.slow.clear()
        self.skew = self.latest
        for hours in LATER:
            if not is_settled(self.now() + sum(LATER, timedelta())):
                for worker in self.workers:
                    worker.tell(signal.SIGTERM)
                    worker.ended()
                self.skew += hours
                self.workers = [self.work() for _ in self.workers]
                until(lambda: is_settled(self.now()))

    def end(self) -> None:
        for process in (*self.servers, *self.workers):
            kill(process)


def kill(process: Child) -> None:
    process.tell(signal.SIGKILL)
    process.ended()


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.02)


@contextmanager
def world(stage: Stage, plan: Plan, controls: tuple[str, ...] = ()) -> Iterator[World]:
    made = World(stage, plan, controls)
    try:
        yield made
    finally:
        made.end()
