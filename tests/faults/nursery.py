"""The process that a driver's servers and workers are forked from: all is imported, built and used once.

It arranges the beginning through the app that its children go on with, so that none of them pays for
what the first requests cost; a fork keeps no connection. Orders and answers are lines of JSON.
"""

import gc
import json
import logging
import os
import signal
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from flask import Flask
from sqlalchemy import Engine, event

import cdef.cli
import cdef.serve
from cdef import create_app
from cdef.kernel import clock
from cdef.kernel.db import db
from cdef.outbox import worker
from tests.faults import power
from tests.faults.clients import Client, Log
from tests.faults.controls import CONTROLS
from tests.faults.errands import ERRANDS, Place, run
from tests.faults.plan import Errand
from tests.faults.reading import code
from tests.faults.setting import BEGIN, Setting, arranged, settings
from tests.pages import Browser

SOON = 0.2  # seconds between a worker's looks; the real half second only makes a run longer
WHO = {  # and with which team, who does not build a roster
    "approve": ("rosalind", 1),
    "return": ("rosalind", 3),
    "publish": ("rosalind", 0),
    "withdraw": ("union2", 2),
    "register": ("newcomer", 0),
}
children: set[int] = set()


def main() -> None:
    """Only import, and become a nursery for each pair of pipes that is named."""
    for line in sys.stdin:
        where = json.loads(line)
        if os.fork() == 0:
            os.dup2(os.open(where["to"], os.O_RDONLY), 0)
            os.dup2(os.open(where["back"], os.O_WRONLY), 1)
            with open(0, closefd=False) as orders:
                nurse(orders)
            return


def nurse(orders: TextIO) -> None:
    first = json.loads(orders.readline())
    app = create_app(settings(first["address"], first["mail_port"]) | {"PRETEND_NOW": BEGIN})
    begin = arrange(app)
    worker.PAUSE = SOON
    gc.collect()
    gc.freeze()  # What is here is shared with the children, and never looked through again.
    for line in orders:
        order = json.loads(line)
        if "pid" in order:
            answer(ended(order["pid"], order["patience"]))
        elif "warm" in order:
            logging.disable()
            use(app, begin)
            logging.disable(logging.NOTSET)
            answer(None)
        elif pid := os.fork():
            children.add(pid)
            answer(pid)
        else:
            live(app, order)
            return
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def arrange(app: Flask) -> Setting:
    with app.app_context():
        begin = arranged(app)
        leave()
    answer(asdict(begin))
    return begin


def leave() -> None:
    """A fork must not inherit a connection."""
    db.session.remove()
    db.engine.dispose()


def use(app: Flask, begin: Setting) -> None:
    """One errand of each kind, so that what the first request of its kind costs is paid."""
    log = Log()
    place = Place(begin.teams, begin.cohort, begin.district, lambda email: code_in(app, email))
    for number, verb in enumerate(ERRANDS):
        who, team = WHO.get(verb, ("union0", 0))
        client = Client(who, lambda: Browser(app.test_client()), begin.cookies.get(who, ""), log)
        run(client, [Errand(verb, team, f"warm{number}", is_patient=False)], place)
    with app.app_context():
        leave()


def code_in(app: Flask, email: str) -> str:
    with app.app_context():
        return code(email)


def ended(pid: int, patience: float) -> int | None:
    """The exit code of a child that ends within so many seconds."""
    deadline = time.monotonic() + patience
    while True:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            children.discard(pid)
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > deadline:
            return None
        time.sleep(0.002)


def answer(words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def live(app: Flask, order: dict[str, Any]) -> None:
    """Be a server or a worker, as `python app.py` would be with these settings."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(order["output"], os.O_WRONLY | os.O_CREAT | os.O_APPEND), 1)
    os.dup2(1, 2)
    os.environ["TMPDIR"], tempfile.tempdir = str(Path(order["output"]).parent), None
    signal.signal(signal.SIGINT, signal.default_int_handler)
    app.config.update(order["settings"])
    clock.init_app(app)
    with app.app_context():
        wait_for_locks(db.engine, order["patience"])
        for name in order["controls"]:
            CONTROLS[name](db.engine)
    if order["durable"]:
        power.record(order["durable"])
    for module in (cdef.serve, cdef.cli):
        setattr(module, "create_app", lambda *_: app)  # noqa: B010 (they only import it)
    cdef.serve.run() if order["command"] is None else cdef.cli.main(order["command"])


def wait_for_locks(engine: Engine, seconds: float) -> None:
    """How long the database is waited for, which its address says otherwise."""
    milliseconds = int(seconds * 1000)
    patience: dict[str, object] = {"options": f"-c lock_timeout={milliseconds}ms"}
    if engine.dialect.name == "sqlite":
        patience = {"timeout": seconds}
    event.listen(engine, "do_connect", lambda *found: found[-1].update(patience))


if __name__ == "__main__":
    main()
