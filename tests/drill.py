"""The scenes of the restore drill: people at work, a copy made meanwhile, and staff in the copy."""

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from cdef import create_app
from cdef.kernel.db import db, transaction
from cdef.outbox.models import Letter
from cdef.schema import bring_up_to_date
from cdef.series.models import Cohort
from cdef.serve import fill
from tests.cast import Cast, parse, text_of
from tests.faults import errands
from tests.faults.clients import DONE, UNKNOWN, Client, Log, Told
from tests.faults.errands import Place
from tests.faults.plan import draw
from tests.faults.reading import Left, left
from tests.faults.setting import BEGIN, SEATS, arrange
from tests.outbox.mail_server import MailServer
from tests.served import Served, wait_until
from tests.test_commands import run

LATER = "2016-10-17T11:00:00"  # When the copy is brought back.
ENOUGH, EACH = 6, 2  # answers, after which the copy is begun; errands of each of 13 people
SEED, PATIENCE = 5, 60
THROUGH = 3  # letters that arrive before the copy, of the many with which all begins


@dataclass(frozen=True)
class Worked:
    """What the place was before, what people were told, and the order in which they were."""

    before: Left
    told: list[Told]
    sure: int  # So many were told before the copy was begun.
    in_hand: str  # The Message-ID of the letter that was on its way when the copy was made.
    cohort: int
    cookies: dict[str, str]

    def believed(self) -> list[Told]:
        """What was done after the copy was begun may be missing."""
        late = [
            replace(each, outcome=UNKNOWN) if each.outcome == DONE else each for each in self.told
        ]
        return self.told[: self.sure] + late[self.sure :]


def settings(address: str, post: MailServer, now: str) -> dict[str, Any]:
    return {
        "SECRET_KEY": "for tests only",
        "SQLALCHEMY_DATABASE_URI": address,
        "BASE_URL": "http://127.0.0.1",
        "MAIL_SERVER": "127.0.0.1",
        "MAIL_PORT": post.port,
        "MAIL_TIMEOUT": PATIENCE,
        "PRETEND_NOW": now,
    }


@contextmanager
def backstage(address: str, post: MailServer, now: str) -> Iterator[Flask]:
    """An app in this process, for commands and for reading."""
    app = create_app(settings(address, post, now))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


class OnItsWay:
    """The mail server has one letter, and says so once the copy is made: till then nobody knows."""

    def __init__(self, post: MailServer) -> None:
        self.places, self.is_there, self.is_copied = count(), Event(), Event()
        post.meanwhile["."] = self.wait

    def wait(self) -> None:
        if next(self.places) == THROUGH:
            self.is_there.set()
            self.is_copied.wait(PATIENCE)

    def identity(self) -> str:
        assert self.is_there.wait(PATIENCE), "no letter is on its way"
        found = db.session.scalars(select(Letter.message_id).where(Letter.state == "sending")).one()
        db.session.rollback()
        return found


def work_and_copy(folder: Path, address: str, post: MailServer, copy: Path) -> Worked:
    """People work on a real server, whose worker sends; on the way a copy is made; then it is killed."""
    with backstage(address, post, BEGIN) as app:
        bring_up_to_date()
        fill()
        with transaction() as session:
            session.execute(update(Cohort).values(seats=SEATS))
        teams, cohort, district, cookies = arrange(Cast(app))
        before, log = left(cohort), Log()
        on_its_way = OnItsWay(post)
        served = Served(folder, **settings(address, post, BEGIN)).ready()
        place = Place(teams, cohort, district, lambda email: code(app, email))
        plan = {who: each[:EACH] for who, each in draw(SEED).errands.items()}
        with ThreadPoolExecutor(len(plan)) as people:
            working = [
                people.submit(
                    errands.run, Client(who, served.browser, cookies.get(who, ""), log), each, place
                )
                for who, each in plan.items()
            ]
            wait_until(lambda: len(log.told) >= ENOUGH, lambda: "nobody is answered")
            in_hand, sure = on_its_way.identity(), len(log.told)
            said = run(app, "backup", copy)
            on_its_way.is_copied.set()
            assert said.exit_code == 0, said.output
            for each in working:
                each.result(PATIENCE)
        served.kill()
    assert 0 < sure < len(log.told), "the copy was not made while people worked"
    assert not log.troubles
    return Worked(before, log.told, sure, in_hand, cohort, cookies)


def code(app: Flask, email: str) -> str:
    with app.app_context():
        query = select(Letter.raw).where(Letter.to_email == email, Letter.kind == "start_team")
        raw = db.session.scalars(query.order_by(Letter.id.desc()).limit(1)).one()
    found = re.search(r"\b\d{6}\b", text_of(parse(raw)))
    assert found is not None
    return found[0]


def identities(post: MailServer) -> Counter[str]:
    return Counter(str(parse(each.raw)["Message-ID"]) for each in post.received)


def with_post(found: Left, copied: Left, old: MailServer, new: MailServer) -> Left:
    """What arrived: before, of what the copy knew as begun; and everything since."""
    begun = {post.identity for post in copied.letters if post.begun}
    arrived = Counter({key: n for key, n in identities(old).items() if key in begun})
    arrived.update(identities(new))
    contents = {each.raw for each in new.received}
    return replace(found, arrived=arrived, contents=contents)
