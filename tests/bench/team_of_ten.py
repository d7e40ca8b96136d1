"""The benchmark of a whole registration: from the public page to ten people submitted by both leads."""

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import select

from cdef import create_app
from cdef.directory.models import District
from cdef.kernel.db import db
from cdef.series.models import Cohort
from tests.bench.data import Data, settings
from tests.bench.measure import TIME, Row, Scale
from tests.bench.servers import Server
from tests.cast import Mailbox
from tests.pages import Browser

POSITIONS = ("Superintendent", "Board member", "Teachers union president", "CSEA president")
HEADINGS = "Name\tE-mail\tPosition"
TIMES = 3  # after one that warms up


class Counter:
    """Stands before the app: how many requests came, and how long the app worked on them."""

    def __init__(self, app: Flask) -> None:
        self.answer: Callable[..., Iterable[bytes]] = app.wsgi_app
        self.requests, self.ms = 0, 0.0
        app.wsgi_app = self  # type: ignore[assignment]

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        began = time.perf_counter()
        try:
            return self.answer(environ, start)
        finally:
            self.requests += 1
            self.ms += (time.perf_counter() - began) * 1000


def team_of_ten(_app: Server, _floor: Server, data: Data, scale: Scale) -> Iterator[Row]:
    """One pastes ten people and both sign, by plain forms, each redirection a request of its own.

    Three of the staff are told, as of a real desk; the other benchmarks need one for each client.
    """
    copy = data.path.with_suffix(".ten.sqlite3")
    shutil.copy(data.path, copy)
    leave_at_desk(copy, 3)
    app = create_app(settings(copy))
    app.logger.setLevel("WARNING")
    counter = Counter(app)
    figures = [registration(app, counter, number) for number in range(-1, min(TIMES, scale.asks))][
        1:
    ]
    for place, unit in ((0, TIME), (1, "requests"), (2, "requests, first lead")):
        value = median(figure[place] for figure in figures)
        yield Row("team_of_ten", 1, data.people, value, None, None, unit=unit)
    with app.app_context():
        db.engine.dispose()


def leave_at_desk(path: Path, number: int) -> None:
    file = sqlite3.connect(path)
    few = "SELECT id FROM person WHERE roles <> '' ORDER BY id LIMIT ?"
    file.execute(f"UPDATE person SET roles = '' WHERE id NOT IN ({few})", [number])  # noqa: S608 (our own words)
    file.commit()
    file.close()


def registration(app: Flask, counter: Counter, number: int) -> tuple[float, int, int]:
    counter.requests, counter.ms = 0, 0.0
    team = first_lead(app, number)
    by_first = counter.requests
    second_lead(app, number, team)
    return counter.ms, counter.requests, by_first


def first_lead(app: Flask, number: int) -> str:
    """Start a team, paste ten people, invite the other lead, and sign."""
    browser, email = Browser(app.test_client()), f"first{number}@example.org"
    browser.get("/register?cohort=bay-area")
    lead = {"name": "Ines Roth", "email": email, "side": "district", "attends": None}
    with app.app_context():
        where = places()
    browser.submit("/register", **lead, **where, position="superintendent")
    with app.app_context():
        code = Mailbox().code("start_team", email)
    team = browser.submit("/register/code", code=code).path
    list_page = browser.submit(f"{team}/imports", text=ten(number))
    browser.submit(f"{list_page.path}/additions")
    browser.get(team)
    browser.submit(f"{team}/partner", name="Abel Stone", email=f"second{number}@example.org")
    browser.submit(f"{team}/signatures")
    return team


def second_lead(app: Flask, number: int, team: str) -> None:
    """Come in by the letter, and sign."""
    browser = Browser(app.test_client())
    with app.app_context():
        link = Mailbox().link("partner_invitation", f"second{number}@example.org")
    browser.get(link)
    browser.submit(link, attends=None)
    page = browser.submit(f"{team}/signatures")
    if "the registration is submitted" not in page.text():
        raise RuntimeError(f"{team} is not submitted")


def places() -> dict[str, int | None]:
    cohort = db.session.scalar(select(Cohort.id).where(Cohort.slug == "bay-area"))
    district = db.session.scalar(select(District.id).order_by(District.id).limit(1))
    return {"cohort_id": cohort, "district_id": district}


def ten(number: int) -> str:
    rows = [
        f"Person {number}-{each}\tperson{number}.{each}@example.org\t{POSITIONS[each % 4]}"
        for each in range(10)
    ]
    return "\n".join([HEADINGS, *rows])
