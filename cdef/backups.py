"""Copies of the database: made while it is in use, proven before they count, and brought back."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import URL, inspect, make_url

from cdef import erasing_actions, leap_actions
from cdef.config import CannotStart
from cdef.kernel.db import db, init_app
from cdef.kernel.words import local_day
from cdef.outbox import chores, quarantine_actions
from cdef.schema import bring_up_to_date

KEPT = 14  # nightly copies
LOOK = 10 * 60  # seconds between two looks whether today's copy is there


class Unusable(CannotStart):
    """What keeps a copy from being made or brought back, in a sentence."""


def back_up(file: Path) -> Path:
    """Write a copy of the database to a new file, private to this user; ``Unusable`` if it is not sound.

    The app may go on meanwhile: the copy is the database as it was at one instant.
    """
    if file.exists():
        raise Unusable(f"{file} is there already. Name a new file.")
    if not file.parent.is_dir():
        raise Unusable(f"There is no folder {file.parent}.")
    with unfinished(file) as part:
        url = db.engine.url
        if url.get_backend_name() == "sqlite":
            copy(Path(str(url.database)), part)
            prove(part)
        else:
            ask_postgresql("pg_dump", url, "--format=custom", f"--file={part}")
            ask_postgresql("pg_restore", url, "--list", str(part), is_about_file=True)
    return file


@contextmanager
def unfinished(file: Path) -> Iterator[Path]:
    """A file beside the wanted one, which takes its name when it is whole and on the disk."""
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    os.close(descriptor)
    part = Path(name)
    try:
        yield part
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def copy(source: Path, target: Path) -> None:
    """SQLite's online copy: whoever writes meanwhile is waited for, and neither is torn."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def prove(file: Path) -> None:
    """Refuse a file that is no sound database of this app."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as found:
            said = [row[0] for row in found.execute("PRAGMA integrity_check")]
            orphans = found.execute("PRAGMA foreign_key_check").fetchall()
            found.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.DatabaseError as error:
        raise Unusable(f"{file} is no copy of this app's database: {error}.") from None
    if said != ["ok"] or orphans:
        raise Unusable(f"{file} is damaged: {', '.join(said)}; {len(orphans)} rows lost theirs.")


def bring_back(file: Path, *, now: datetime) -> Path | None:
    """Put a copy in the database's place, in quarantine; where the database is that was replaced.

    Its letters are held before anybody sees it, since they may have gone out after it was made.
    """
    if not file.is_file():
        raise Unusable(f"There is no file {file}.")
    if db.engine.dialect.name == "sqlite":
        return bring_back_file(file, now=now)
    if inspect(db.engine).get_table_names():
        raise Unusable("A copy is brought back into an empty database, and this one is not empty.")
    ask_postgresql("pg_restore", db.engine.url, "--no-owner", "--single-transaction", str(file))
    with_letters_held(current_app.config["SQLALCHEMY_DATABASE_URI"], file, now=now)
    return None


def bring_back_file(file: Path, *, now: datetime) -> Path | None:
    """Through a draft of our own, so that a server that runs never sees a letter that could go out."""
    prove(file)
    database = Path(str(db.engine.url.database))
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=database.parent) as folder:
        draft = Path(folder) / "draft.sqlite3"
        copy(file, draft)
        with_letters_held(f"sqlite:///{draft}", file, now=now)
        replaced = aside(database, now) if database.exists() else None
        copy(draft, database)
    return replaced


def aside(database: Path, now: datetime) -> Path:
    """Keep what is about to be replaced."""
    return back_up(database.with_name(f"{database.name}.before-{now:%Y-%m-%d-%H%M%S}"))


def with_letters_held(database: str, file: Path, *, now: datetime) -> None:
    """Bring a copy up to this release, quarantine it, and make good what must not be lost with it."""
    own = Path(current_app.instance_path)
    made = datetime.fromtimestamp(file.stat().st_mtime, now.tzinfo)
    draft = Flask(__name__)  # It has storage, and nothing to serve.
    draft.config["SQLALCHEMY_DATABASE_URI"] = database
    init_app(draft)
    with draft.app_context():
        bring_up_to_date()
        quarantine_actions.start(copied_at=made, now=now)
        leap_actions.leap(now=now)
        erasing_actions.erase_again(own, now=now)
        db.session.remove()
        db.engine.dispose()


def ask_postgresql(program: str, url: URL, *arguments: str, is_about_file: bool = False) -> None:
    """Run one of PostgreSQL's own programs; the password travels in its environment."""
    found = shutil.which(program)
    if found is None:
        raise Unusable(f"{program} is not installed. It comes with PostgreSQL's client programs.")
    address = make_url(url).set(drivername="postgresql", password=None)
    where = [] if is_about_file else [f"--dbname={address.render_as_string()}"]
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    done = subprocess.run(
        [found, *where, *arguments],
        env=os.environ | secret,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Unusable(f"{program} says: {done.stderr.strip()}")


def nightly(app: Flask) -> None:
    """Let the worker make one copy a day beside a database file, and keep those of two weeks."""
    if make_url(app.config["SQLALCHEMY_DATABASE_URI"]).get_backend_name() == "sqlite":
        chores.add(app, back_up_today, every=LOOK)


def back_up_today(*, now: datetime) -> bool:
    """Today's copy, if it is not there yet, and none that is older than two weeks."""
    database, today = Path(str(db.engine.url.database)), local_day(now)
    folder = database.parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    kept = [
        folder / f"{database.stem}-{today - timedelta(days=days):%Y-%m-%d}.sqlite3"
        for days in range(KEPT)
    ]
    if not kept[0].exists():
        back_up(kept[0])
    for old in set(folder.glob(f"{database.stem}-????-??-??.sqlite3")).difference(kept):
        old.unlink()
    return False
