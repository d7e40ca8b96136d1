"""One run of a seed: people work while things break, all is mended, and then the oracle looks."""

import re
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

from flask import Flask
from sqlalchemy import exists, or_, select

from cdef.kernel.db import db
from cdef.outbox.models import Letter
from tests.cast import parse, text_of
from tests.faults import errands
from tests.faults.clients import Client, Log
from tests.faults.errands import Place
from tests.faults.oracle import faults
from tests.faults.plan import Plan
from tests.faults.reading import Left, left
from tests.faults.setting import backstage, setting
from tests.faults.world import World, world

PATIENCE = 120  # seconds until whoever still waits is lost


@dataclass(frozen=True)
class Run:
    """What was planned, what people were told, and what is wrong."""

    plan: Plan
    log: Log
    wrong: list[str]

    def report(self) -> str:
        told = [f"{each.outcome} {each.statuses} {each}" for each in self.log.told]
        return "\n".join([*self.plan.lines(), *told, "", *self.wrong])


def run(plan: Plan) -> Run:
    log, begin = Log(), setting()
    with (
        TemporaryDirectory(prefix="cdef-faults-") as folder,
        world(Path(folder), begin.content) as here,
        backstage(here.address) as app,
    ):
        before = left(begin.cohort)
        work(plan, here, log, app)
        here.settle(is_settled)
        after = with_post(left(begin.cohort), here)
    doubts = here.killed + cuts(plan)
    return Run(plan, log, log.troubles + faults(before, after, log.told, doubts))


def work(plan: Plan, here: World, log: Log, app: Flask) -> None:
    """Everybody at once; this thread breaks what is to be broken, when enough forms were sent."""
    begin = setting()
    place = Place(begin.teams, begin.cohort, begin.district, lambda email: code(app, email))
    with ThreadPoolExecutor(len(plan.errands)) as people:
        working = [
            people.submit(
                errands.run, Client(who, here.browse, begin.cookies.get(who, ""), log), each, place
            )
            for who, each in plan.errands.items()
        ]
        for each in working:
            each.add_done_callback(lambda _: log.wake())
        for fault in plan.faults:
            with log.changed:
                log.changed.wait_for(lambda n=fault.after: log.sent >= n or over(working), PATIENCE)
            sleep(fault.moment)
            here.break_by(fault)
        for each in working:
            each.result(PATIENCE)


def over(working: list[Future[None]]) -> bool:
    return all(each.done() for each in working)


def code(app: Flask, email: str) -> str:
    """The code that was mailed, or is about to be."""
    with app.app_context():
        query = select(Letter.raw).where(Letter.to_email == email, Letter.kind == "start_team")
        raw = db.session.scalars(query.order_by(Letter.id.desc()).limit(1)).one()
    found = re.search(r"\b\d{6}\b", text_of(parse(raw)))
    assert found is not None
    return found[0]


def is_settled(now: datetime) -> bool:
    """Whether no letter is left that could leave by now."""
    waiting = Letter.state.in_(("queued", "deferred")) & (Letter.due_at <= now)
    orphaned = (Letter.state == "sending") & (Letter.lease_until < now)
    is_sent = db.session.scalar(select(~exists().where(or_(waiting, orphaned))))
    db.session.rollback()  # A reader would hold up the worker.
    return bool(is_sent)


def with_post(found: Left, here: World) -> Left:
    received = here.post.received
    arrived = Counter(str(parse(each.raw)["Message-ID"]) for each in received)
    return replace(found, arrived=arrived, contents={each.raw for each in received})


def cuts(plan: Plan) -> int:
    """How many letters may have been taken without a word."""
    return sum(int(fault.size) for fault in plan.faults if fault.kind == "cut")
