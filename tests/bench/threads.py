"""The benchmark by which the embedded server's threads were chosen: a busy hour with 1, 2, 4 and 8.

Each client is a lead at work: the page asks for news, a row is saved, the page is opened anew.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from statistics import quantiles

from tests.bench.changes import floor_write, saving
from tests.bench.data import Data, Signed
from tests.bench.measure import Caller, Row, Scale, Step, timed
from tests.bench.pages import asking, floor_page
from tests.bench.servers import APP, FLOOR, Server, copy_for_floor, running

COUNTS = (1, 2, 4, 8)
NEWS = 4  # times that an open page asks for news, for each save
Work = Callable[[Server, Signed], Sequence[Step]]


def threads(_app: Server, _floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """Milliseconds for each answer while all clients ask at once, and of the slowest in twenty."""
    for number in COUNTS:
        with (
            running(*APP, database=data.path, threads=number) as app,
            running(*FLOOR, database=copy_for_floor(data), threads=number) as floor,
        ):
            for clients in scale.clients:
                leads = data.leads[:clients]
                ours, least = (
                    busy(server, leads, work, scale.seconds)
                    for server, work in ((app, at_work), (floor, at_the_floor))
                )
                for value, lowest, unit in zip(
                    ours, least, ("an answer", "slowest 5%"), strict=True
                ):
                    said = f"ms {unit}, {number} thread{'s' * (number > 1)}"
                    yield Row(
                        "threads", clients, data.people, value, lowest, value / lowest, unit=said
                    )


def at_work(server: Server, lead: Signed) -> Sequence[Step]:
    """A save, the page as it is then, and the news that it asks for meanwhile; there are none."""
    caller, news = Caller(server, lead.cookie, is_htmx=True), ""

    def look() -> None:
        nonlocal news
        news = asking(caller, lead)

    def ask_for_news() -> None:
        caller.ask("GET", news, status=204)

    return [saving(caller, lead), look, *[ask_for_news] * NEWS]


def at_the_floor(server: Server, lead: Signed) -> Sequence[Step]:
    look = floor_page(server, lead)
    return [floor_write(server), look, *[look] * NEWS]


def busy(
    server: Server, leads: Sequence[Signed], work: Work, seconds: float
) -> tuple[float, float]:
    """So many clients work for so long: the time for each answer, and what one in twenty exceeds."""
    steps = [work(server, lead) for lead in leads]
    times: list[float] = []
    until = time.perf_counter() + seconds

    def run(own: Sequence[Step]) -> None:
        while time.perf_counter() < until:
            times.extend(timed(step) for step in own)

    began = time.perf_counter()
    together = [threading.Thread(target=run, args=(own,)) for own in steps]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join()
    took = (time.perf_counter() - began) * 1000
    return took / len(times), quantiles(times, n=20)[-1]
