"""Asking the app and its floor in turn, over connections that stay open, and how long each took."""

import gzip
import http.client
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from tests.bench.data import Signed
from tests.bench.servers import Server

TIMEOUT = 60  # seconds
TIME = "ms"
HANDED_OVER = "ms, stored bytes"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Scale:
    """How much is measured: people in the database, clients at once, askings by each."""

    people: tuple[int, ...] = (1000, 100_000, 1_000_000)
    clients: tuple[int, ...] = (1, 8, 64)
    asks: int = 150
    seconds: float = 1.5  # at most, for each line of the report
    polling: float = 6.0  # seconds that open pages ask for news


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
    is_htmx: bool = False
    connection: http.client.HTTPConnection = field(init=False)
    headers: http.client.HTTPMessage = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=TIMEOUT)
        weakref.finalize(self, self.connection.close)

    def ask(self, method: str, path: str, body: str = "", *, status: int = 200) -> str:
        """The answer's body; any other status than the expected one ends the measurement."""
        return self.load(method, path, body, status=status)[1]

    def load(self, method: str, path: str, body: str = "", *, status: int = 200) -> tuple[int, str]:
        """How many bytes came with the body, and what it says."""
        self.connection.request(method, path, body or None, dict(self.own_headers(body)))
        answer = self.connection.getresponse()
        content, self.headers = answer.read(), answer.headers
        is_packed = answer.headers.get("Content-Encoding") == "gzip"
        text = (gzip.decompress(content) if is_packed else content).decode(errors="replace")
        if answer.status != status:
            raise RuntimeError(f"{method} {path} answered {answer.status}: {text[:300]}")
        if fresh := answer.headers.get("Set-Cookie"):
            self.cookie = fresh.split(";")[0]
        return len(content) + len(str(answer.headers)), text

    def own_headers(self, body: str) -> Iterator[tuple[str, str]]:
        yield "Accept-Encoding", "gzip"
        if self.cookie:
            yield "Cookie", self.cookie
        if self.is_htmx:
            yield "HX-Request", "true"
        if body:
            yield "Content-Type", FORM


Step = Callable[[], object]


@dataclass(frozen=True)
class Pair:
    """What a client asks of the app, and of the floor; and what must be done before, unmeasured."""

    app: Step
    floor: Step
    before: Step = lambda: None


class Rounds:
    """How often all ask: so many times, or for so long; the first ones are not counted."""

    def __init__(self, clients: int, scale: Scale) -> None:
        self.left, self.is_counted = scale.asks, False
        self.warm_up = max(2, min(scale.asks // 5, 160 // clients))
        self.seconds, self.until = scale.seconds, 0.0
        self.together = threading.Barrier(clients, self.turn)
        self.has_next = True

    def turn(self) -> None:
        """What one does for all, while the others wait."""
        if self.warm_up:
            self.warm_up -= 1
            return
        if not self.is_counted:
            self.is_counted, self.until = True, time.perf_counter() + self.seconds
        self.left -= 1
        self.has_next = self.left >= 0 and time.perf_counter() < self.until

    def next(self) -> bool:
        self.together.wait(TIMEOUT)
        return self.has_next


def compare(
    name: str,
    people: int,
    signed: Sequence[Signed],
    pair_of: Callable[[Signed], Pair],
    scale: Scale,
) -> Row:
    """The medians of app and floor, asked in turn by one client for each who is signed in."""
    app_times: list[float] = []
    floor_times: list[float] = []
    pairs = [pair_of(each) for each in signed]
    rounds = Rounds(len(pairs), scale)
    everybody = threading.Barrier(len(pairs))

    def run(pair: Pair) -> None:
        while rounds.next():
            pair.before()
            for step, times in ((pair.app, app_times), (pair.floor, floor_times)):
                everybody.wait(TIMEOUT)  # All ask the app, then all ask the floor.
                took = timed(step)
                if rounds.is_counted:
                    times.append(took)

    def give_up() -> None:
        rounds.together.abort()
        everybody.abort()

    in_threads(run, pairs, give_up)
    p50, floor = median(app_times), median(floor_times)
    return Row(name, len(pairs), people, p50, floor, p50 / floor)


def timed(step: Step) -> float:
    """Milliseconds."""
    before = time.perf_counter()
    step()
    return (time.perf_counter() - before) * 1000


def in_threads(run: Callable[[Pair], None], pairs: Sequence[Pair], give_up: Step) -> None:
    """One thread for each; the first error of any is raised, and the others wait for it no longer."""
    errors: list[Exception] = []

    def guarded(pair: Pair) -> None:
        try:
            run(pair)
        except Exception as error:  # noqa: BLE001 (raised again in the caller's thread)
            errors.append(error)
            give_up()

    threads = [threading.Thread(target=guarded, args=(pair,)) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in errors[:1]:
        raise error
