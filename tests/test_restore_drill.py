"""The restore drill: a copy that is made while people work becomes an installation of its own.

What people were told before the copy began is in it, exactly once; what they were told after may be
missing, and is never half there. Letters that may have left after the copy leave when staff say so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from cdef.kernel.db import db
from cdef.outbox.models import Letter
from cdef.outbox.rules import QUARANTINE, RESTORED
from tests import drill
from tests.conftest import both_databases
from tests.databases import address_of, administer, fresh_name, server
from tests.drill import backstage, identities, work_and_copy
from tests.faults.oracle import faults
from tests.faults.plan import STAFF
from tests.faults.reading import left
from tests.outbox.mail_server import MailServer
from tests.outbox.test_backups import offer_programs
from tests.pages import Browser
from tests.served import Served, wait_until
from tests.test_commands import run
from tests.test_metrics import read


@pytest.fixture
def posts() -> Iterator[tuple[MailServer, MailServer]]:
    """The mail server before, and the one after."""
    servers = MailServer(), MailServer()
    for each in servers:
        each.start()
    yield servers
    for each in servers:
        each.stop()


@contextmanager
def another(database: str, folder: Path) -> Iterator[str]:
    """The address of an empty database of the same kind, on another machine."""
    if database.startswith("sqlite"):
        yield f"sqlite:///{folder / 'cdef.sqlite3'}"
        return
    name = fresh_name()
    administer(server(), f"CREATE DATABASE {name}")
    yield address_of(name)
    administer(server(), f"DROP DATABASE {name} WITH (FORCE)")


@both_databases
def test_a_copy_made_under_load_becomes_an_installation_in_which_everything_holds(
    database: str,
    tmp_path: Path,
    posts: tuple[MailServer, MailServer],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if database.startswith("postgresql"):
        offer_programs(monkeypatch)
    old, new = posts
    (tmp_path / "new").mkdir()
    worked = work_and_copy(tmp_path / "old", database, old, tmp_path / "copy")
    with (
        another(database, tmp_path / "new") as address,
        backstage(address, new, drill.LATER) as app,
    ):
        said = run(app, "restore", tmp_path / "copy")
        assert said.exit_code == 0, said.output
        served = Served(tmp_path / "new", **drill.settings(address, new, drill.LATER)).ready()
        staff = served.browser()
        staff.client.set_cookie("session", worked.cookies[STAFF[0]])
        copied = left(worked.cohort)
        nothing_leaves_by_itself(staff, new)
        shows_its_doubt(staff, worked.in_hand, old)
        let_letters_go(staff, old)
        wait_until(lambda: not leaving(), lambda: f"letters wait: {served.said()}")
        after = drill.with_post(left(worked.cohort), copied, old, new)
        assert served.stop() == 0
    assert faults(worked.before, after, worked.believed(), doubts=1) == []


def nothing_leaves_by_itself(staff: Browser, new: MailServer) -> None:
    """The worker looks and rests, staff are told on every page, and so is whatever watches."""
    wait_until(lambda: rounds(staff) >= 2, lambda: "the worker does not look")
    assert new.received == []
    assert not leaving(), "letters would go out with the end of the quarantine, by themselves"
    assert QUARANTINE in staff.get("/staff").text()
    ready = staff.client.get("/healthz/ready")
    assert (ready.status_code, ready.get_json()["problems"]) == (503, [QUARANTINE])


def shows_its_doubt(staff: Browser, identity: str, old: MailServer) -> None:
    """The letter that was on its way arrived, which the copy cannot know: it waits for staff, and says so."""
    assert identities(old)[identity] == 1
    [letter_id] = [letter_id for letter_id, each, _ in held() if each == identity]
    assert RESTORED in staff.get(f"/staff/outbox/{letter_id}").text()


def rounds(staff: Browser) -> float:
    return read(staff.client).get('cdef_worker_rounds_total{ended="idle"}', 0)


def let_letters_go(staff: Browser, old: MailServer) -> None:
    """Staff end the quarantine; what they know to have come, and nobody's calendar needs, they drop."""
    staff.get("/staff/outbox")
    staff.submit("/staff/outbox/quarantine/end")
    came = identities(old)
    for letter_id, identity, raw in held():
        verb = "drop" if came[identity] and b"text/calendar" not in raw else "release"
        staff.get(f"/staff/outbox/{letter_id}")
        staff.submit(f"/staff/outbox/{letter_id}/{verb}")


def held() -> list[tuple[int, str, bytes]]:
    query = select(Letter.id, Letter.message_id, Letter.raw).where(Letter.state == "held")
    found = [(*row,) for row in db.session.execute(query)]
    db.session.rollback()
    return found


def leaving() -> bool:
    waiting = Letter.state.in_(("queued", "sending"))
    number = db.session.scalar(select(func.count()).select_from(Letter).where(waiting))
    db.session.rollback()
    return bool(number)
