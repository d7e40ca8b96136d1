"""One run of a seed: people work while things break, all is mended, and then the oracle looks."""

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from time import sleep

from flask import Flask
from sqlalchemy import exists, or_, select
from sqlalchemy.exc import DBAPIError

from cdef.kernel.db import db
from cdef.outbox.models import Letter
from tests.faults import errands
from tests.faults.breaking import break_by
from tests.faults.clients import Client, Log
from tests.faults.errands import Place
from tests.faults.oracle import faults
from tests.faults.plan import BUSY, Fault, Plan
from tests.faults.reading import Left, code, left
from tests.faults.stage import stage
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


def run(plan: Plan, controls: tuple[str, ...] = ()) -> Run:
    """``controls`` are faults that are planted in the product itself."""
    log, here = Log(), stage(plan.database)
    with here.begun() as app, world(here, plan, controls) as now:
        before = left(here.setting.cohort)
        work(plan, now, log, app)
        try:
            now.settle(is_settled)
            after = with_post(left(here.setting.cohort), now)
        except DBAPIError as error:
            return Run(plan, log, [*log.troubles, f"nobody can read the database: {error.orig}"])
    wrong = faults(before, after, log.told, now.killed + cuts(plan))
    return Run(plan, log, [*log.troubles, *impatient(plan, log), *wrong])


def impatient(plan: Plan, log: Log) -> Iterator[str]:
    """Nobody is told that the database is busy unless something keeps it so."""
    if not plan.kinds & BUSY:
        yield from (f"busy without need: {told}" for told in log.told if 503 in told.statuses)


def work(plan: Plan, here: World, log: Log, app: Flask) -> None:
    """Everybody at once; each fault breaks when enough forms were sent, whatever else is broken."""
    begin = here.stage.setting
    place = Place(
        begin.teams, begin.cohort, begin.district, lambda email: code_in(here, app, email)
    )
    with ThreadPoolExecutor(len(plan.errands) + len(plan.faults)) as hands:
        working = [
            hands.submit(
                errands.run, Client(who, here.browse, begin.cookies.get(who, ""), log), each, place
            )
            for who, each in plan.errands.items()
        ]
        for each in working:
            each.add_done_callback(lambda _: log.wake())
        breaking = [hands.submit(wait_and_break, here, log, working, each) for each in plan.faults]
        for each in (*working, *breaking):
            try:
                each.result(PATIENCE)
            except AssertionError as error:
                log.troubles.append(str(error))


def wait_and_break(here: World, log: Log, working: list[Future[None]], fault: Fault) -> None:
    with log.changed:
        log.changed.wait_for(lambda: log.sent >= fault.after or over(working), PATIENCE)
    sleep(fault.moment)
    break_by(here, fault)


def code_in(here: World, app: Flask, email: str) -> str:
    """Read while nobody takes the database from under the reader."""
    with here.hands, app.app_context():
        return code(email)


def over(working: list[Future[None]]) -> bool:
    return all(each.done() for each in working)


def is_settled(now: datetime) -> bool:
    """Whether no letter is left that could leave by now."""
    waiting = Letter.state.in_(("queued", "deferred")) & (Letter.due_at <= now)
    orphaned = (Letter.state == "sending") & (Letter.lease_until < now)
    is_sent = db.session.scalar(select(~exists().where(or_(waiting, orphaned))))
    db.session.rollback()  # A reader would hold up the worker.
    return bool(is_sent)


def with_post(found: Left, here: World) -> Left:
    received = here.post.received
    arrived = Counter(identity(each.raw) for each in received)
    return replace(found, arrived=arrived, contents={each.raw for each in received})


def identity(raw: bytes) -> str:
    """Its Message-ID; to parse the whole letter would take longer than to send it."""
    found = re.search(rb"^Message-ID:\s*(\S+)", raw, re.MULTILINE | re.IGNORECASE)
    return found[1].decode() if found else ""


def cuts(plan: Plan) -> int:
    """How many letters may have been taken without a word."""
    return sum(int(fault.size) for fault in plan.faults if fault.kind == "cut")
