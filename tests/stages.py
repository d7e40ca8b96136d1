"""Scenes that many tests begin with: played once for each process, then set up from a copy."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, inspect

from cdef.kernel import clock
from cdef.kernel.db import Base, db
from tests.contents import Contents, lent


@dataclass(frozen=True)
class Played:
    """A copy of the database after a scene, the row that the scene gave, and when it was over."""

    copy: bytes | Contents
    kind: type[Base]
    identity: Any
    ended: datetime


played: dict[tuple[str, ...], Played] = {}  # By the kind of database and the scenes on it so far.


def watch(app: Flask, settings: dict[str, Any]) -> None:
    """Count the commits, since only what came from scenes alone is known from them.

    The engine must not lead back to the app: it would keep every test's app alive.
    """
    commits: Counter[str] = Counter()
    app.extensions["commits"], app.extensions["settings"] = commits, repr(settings)
    event.listen(db.engine, "commit", lambda _: commits.update(["made"]))


class Stage:
    """One test's stage: it knows its state while nothing but scenes has changed it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.commits: Counter[str] = app.extensions.get("commits", Counter())
        self.database = str(db.engine.url.database)
        self.is_file = db.engine.dialect.name == "sqlite"
        self.scenes = db.engine.dialect.name, str(app.extensions.get("settings", ""))
        self.is_known = "commits" in app.extensions and not self.commits["made"]
        self.is_playing = False
        self.commits_known = 0

    def play(self, scene: str, act: Callable[[], Any]) -> Any:
        """The row that a scene gives: played, or as it was when another test began the same way."""
        is_changed = self.commits["made"] != self.commits_known
        if self.is_playing or not self.is_known or is_changed or not self.can_be_copied():
            return act()
        self.scenes = (*self.scenes, scene)
        given = self.again() if self.scenes in played else self.first(act)
        self.commits_known = self.commits["made"]
        return given

    def can_be_copied(self) -> bool:
        return self.is_file or self.database in lent

    def first(self, act: Callable[[], Any]) -> Any:
        self.is_playing = True
        given = act()
        self.is_playing = False
        kind, identity = type(given), inspect(given).identity
        played[self.scenes] = Played(self.copied(), kind, identity, clock.now())
        return given

    def again(self) -> Any:
        scene = played[self.scenes]
        self.set_up(scene.copy)
        self.app.extensions["clock"] += max(scene.ended - clock.now(), timedelta())
        return db.session.get_one(scene.kind, scene.identity)

    def copied(self) -> bytes | Contents:
        """The database's file, or what its tables hold."""
        self.leave()
        return Path(self.database).read_bytes() if self.is_file else lent[self.database].take()

    def set_up(self, copy: bytes | Contents) -> None:
        self.leave()
        if isinstance(copy, bytes):
            Path(self.database).write_bytes(copy)
        else:
            lent[self.database].put(copy)

    def leave(self) -> None:
        """Hold nothing, and know nothing, of the database; a file is also closed."""
        db.session.rollback()
        db.session.expire_all()
        if self.is_file:
            db.engine.dispose()
