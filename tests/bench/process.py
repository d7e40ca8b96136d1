"""The benchmarks of the process itself: how long it takes to start, what it holds, what it sends."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from typst import compile as typeset

from cdef import create_app
from cdef.kernel.db import db
from tests.bench.data import Data, settings
from tests.bench.measure import Caller, Row, Scale, timed
from tests.bench.servers import APP, FLOOR, Server, copy_for_floor, running

STARTS = 3  # of each, in turn, after one that compiles
LIVE, PUBLIC = "/healthz/live", "/"
MEMORY, WITH_FLYER = "MB", "MB, after a flyer"
FILES = re.compile(r'(?:<link [^>]*?href|<script [^>]*?src|<img [^>]*?src)="([^"]+)"', re.DOTALL)


def cold_start(_app: Server, _floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """From the command to the first answer, on a database that is there, compiled before."""
    times: dict[str, list[float]] = {"app": [], "floor": []}
    for number in range(-1, min(STARTS, scale.asks)):
        for name, command, database, path in (
            ("app", APP, data.path, LIVE),
            ("floor", FLOOR, copy_for_floor(data), "/"),
        ):
            took = start(command, database, path)
            if number >= 0:
                times[name].append(took)
    p50, floor = median(times["app"]), median(times["floor"])
    yield Row("cold_start", 1, data.people, p50, floor, p50 / floor)


def start(command: tuple[str, ...], database: Path, path: str) -> float:
    began = time.perf_counter()
    with running(*command, database=database) as server:
        Caller(server).ask("GET", path)
        return (time.perf_counter() - began) * 1000


def memory(_app: Server, _floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """What each process holds after its pages were opened by 64 clients; and after a flyer."""
    database = copy_for_floor(data)
    with running(*APP, database=data.path) as app, running(*FLOOR, database=database) as floor:
        for lead, staff in zip(data.leads, data.staff, strict=True):
            for path in (PUBLIC, f"/teams/{lead.team_id}"):
                Caller(app, lead.cookie).ask("GET", path)
            for path in ("/staff", "/staff/overview"):
                Caller(app, staff.cookie).ask("GET", path)
            Caller(floor).ask("GET", f"/teams/{lead.team_id}")
        least, held = floor.megabytes(), app.megabytes()
        clients = len(data.leads)
        yield Row("memory", clients, data.people, held, least, held / least, unit=MEMORY)
        Caller(app).ask("GET", "/flyer.pdf")
        held = app.megabytes()
        yield Row("memory", clients, data.people, held, least, held / least, unit=WITH_FLYER)


def flyer(_app: Server, _floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """The invitation, from its data to a tagged PDF, beside an empty page."""
    app, times = create_app(settings(data.path)), max(3, min(20, scale.asks))
    with TemporaryDirectory(prefix="cdef-bench-") as folder, app.app_context():
        empty = Path(folder) / "empty.typ"
        empty.write_text("")
        p50 = usual(times, lambda: app.test_client().get("/flyer.pdf"))
        floor = usual(times, lambda: typeset(str(empty)))
        db.session.remove()
        db.engine.dispose()
    yield Row("flyer", 1, data.people, p50, floor, p50 / floor)


def usual(times: int, step: Callable[[], object]) -> float:
    step()
    return median(timed(step) for _ in range(times))


def first_load(app: Server, _floor: Server, data: Data, _scale: Scale) -> Iterator[Row]:
    """Kilobytes with headers, and requests, of a first page and of one after it."""
    lead, staff = data.leads[0], data.staff[0]
    kinds = (("", Caller(app), PUBLIC), (", staff", Caller(app, staff.cookie), "/staff"))
    for whose, caller, path in kinds:
        size, page = caller.load("GET", path)
        files = list(dict.fromkeys(FILES.findall(page)))
        size += sum(caller.load("GET", file)[0] for file in files)
        yield figure(data, size / 1000, f"kB{whose}")
        yield figure(data, 1 + len(files), f"requests{whose}")
    later = [
        Caller(app, staff.cookie).load("GET", path)[0] for path in ("/staff", "/staff/overview")
    ]
    later.append(Caller(app, lead.cookie).load("GET", f"/teams/{lead.team_id}")[0])
    yield figure(data, max(later) / 1000, "kB, later page")


def figure(data: Data, value: float, unit: str) -> Row:
    return Row("first_load", 1, data.people, value, None, None, unit=unit)
