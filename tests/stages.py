"""Scenes that many tests begin with: played once for each process, then set up from their file."""

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


@dataclass(frozen=True)
class Played:
    """The database after a scene, the row that the scene gave, and when it was over."""

    content: bytes
    kind: type[Base]
    identity: Any
    ended: datetime


played: dict[tuple[str, ...], Played] = {}  # By the scenes since the empty stage.


def watch(app: Flask, settings: dict[str, Any]) -> None:
    """Count the commits, since only what came from scenes alone is known from them."""
    app.extensions["commits"], app.extensions["settings"] = Counter(), repr(settings)
    event.listen(db.engine, "commit", lambda _: app.extensions["commits"].update(["made"]))


class Stage:
    """One test's stage: it knows its state while nothing but scenes has changed it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.commits: Counter[str] = app.extensions.get("commits", Counter())
        self.scenes: tuple[str, ...] = (app.extensions.get("settings", ""),)
        is_watched = "commits" in app.extensions and not self.commits["made"]
        self.is_known = is_watched and db.engine.dialect.name == "sqlite"
        self.is_playing = False
        self.commits_known = 0

    def play(self, scene: str, act: Callable[[], Any]) -> Any:
        """The row that a scene gives: played, or as it was when another test began the same way."""
        if self.is_playing or not self.is_known or self.commits["made"] != self.commits_known:
            return act()
        self.scenes = (*self.scenes, scene)
        given = self.again() if self.scenes in played else self.first(act)
        self.commits_known = self.commits["made"]
        return given

    def first(self, act: Callable[[], Any]) -> Any:
        self.is_playing = True
        given = act()
        self.is_playing = False
        kind, identity = type(given), inspect(given).identity
        played[self.scenes] = Played(self.file().read_bytes(), kind, identity, clock.now())
        return given

    def again(self) -> Any:
        scene = played[self.scenes]
        self.file().write_bytes(scene.content)
        self.app.extensions["clock"] += max(scene.ended - clock.now(), timedelta())
        return db.session.get_one(scene.kind, scene.identity)

    @staticmethod
    def file() -> Path:
        """The database, left by every connection."""
        db.session.rollback()
        db.session.expire_all()
        db.engine.dispose()
        return Path(str(db.engine.url.database))
