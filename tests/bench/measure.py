"""Asking the app and its floor in turn, over connections that stay open, and how long each took."""

import http.client
import threading
import time
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from tests.bench.data import Signed
from tests.bench.servers import Server

TIMEOUT = 60  # seconds
TIME = "ms"
HANDED_OVER = "ms, stored bytes"


@dataclass(frozen=True)
class Scale:
    """How much is measured: people in the database, clients at once, askings by each."""

    people: tuple[int, ...] = (1200, 12_000)
    clients: tuple[int, ...] = (1, 8)
    asks: int = 200
    seconds: float = 15.0  # of polling


@dataclass
class Row:
    """One line of the report; p50 and floor are in ``unit``."""

    name: str
    clients: int
    people: int
    p50_ms: float
    floor_ms: float | None
    ratio: float | None
    growth: float | None = None
    unit: str = TIME


@dataclass(eq=False)
class Caller:
    """One connection that is kept open, until nobody holds it any more."""

    server: Server
    cookie: str = ""
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=TIMEOUT)
        weakref.finalize(self, self.connection.close)

    def ask(self, method: str, path: str, body: str = "", *, status: int = 200) -> str:
        """The answer's body; any other status than the expected one ends the measurement."""
        headers = {"Cookie": self.cookie, "HX-Request": "true"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body or None, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        if answer.status != status:
            raise RuntimeError(f"{method} {path} answered {answer.status}: {text[:300]}")
        if fresh := answer.headers.get("Set-Cookie"):
            self.cookie = fresh.split(";")[0]
        return text


Step = Callable[[], object]
Steps = Callable[[Signed], tuple[Step, Step]]  # what a lead asks of the app, and of the floor


def compare(name: str, people: int, leads: Sequence[Signed], steps: Steps, asks: int) -> Row:
    """The medians of app and floor, asked in turn by one client for each lead."""
    app_times: list[float] = []
    floor_times: list[float] = []
    pairs = [steps(lead) for lead in leads]
    together = threading.Barrier(len(pairs))

    def run(ask_app: Step, ask_floor: Step) -> None:
        for number in range(-warm_up(asks), asks):
            for step, times in ((ask_app, app_times), (ask_floor, floor_times)):
                together.wait(TIMEOUT)  # All ask the app, then all ask the floor.
                took = timed(step)
                if number >= 0:
                    times.append(took)

    in_threads(run, pairs, together.abort)
    p50, floor = median(app_times), median(floor_times)
    return Row(name, len(pairs), people, p50, floor, p50 / floor)


def warm_up(asks: int) -> int:
    return max(2, asks // 5)


def timed(step: Step) -> float:
    """Milliseconds."""
    before = time.perf_counter()
    step()
    return (time.perf_counter() - before) * 1000


def in_threads(
    run: Callable[[Step, Step], None], pairs: Sequence[tuple[Step, Step]], give_up: Step
) -> None:
    """One thread for each; the first error of any is raised, and the others wait for it no longer."""
    errors: list[Exception] = []

    def guarded(*steps: Step) -> None:
        try:
            run(*steps)
        except Exception as error:  # noqa: BLE001 (raised again in the caller's thread)
            errors.append(error)
            give_up()

    threads = [threading.Thread(target=guarded, args=steps) for steps in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in errors[:1]:
        raise error
