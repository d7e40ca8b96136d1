"""Scenes are played once, and are never taken for what they are not."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from cdef.accounts.actions import person_for
from cdef.accounts.models import Person
from cdef.kernel import clock
from cdef.kernel.db import db, transaction
from tests.conftest import make_app, seeded_file
from tests.stages import Stage


class Theatre:
    """Apps on fresh databases, and a scene that counts how often it is played."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.apps, self.times = folder, 0, 0

    @contextmanager
    def app(self) -> Iterator[tuple[Flask, Stage]]:
        self.apps += 1
        path = self.folder / f"{self.apps}.sqlite3"
        path.write_bytes(seeded_file())
        app = make_app(f"sqlite:///{path}", {})
        with app.app_context():
            yield app, Stage(app)
            db.session.remove()
            db.engine.dispose()

    def scene(self) -> Person:
        self.times += 1
        return make(f"{self.folder.name}@example.org")


def make(email: str) -> Person:
    with transaction():
        return person_for(email, now=clock.now())


@pytest.fixture
def theatre(tmp_path: Path) -> Theatre:
    return Theatre(tmp_path)


def test_a_scene_is_played_once_and_then_set_up(theatre: Theatre) -> None:
    for _ in range(3):
        with theatre.app() as (_app, stage):
            person = stage.play(str(theatre.folder), theatre.scene)
            assert person.created_at <= clock.now()
            assert db.session.scalars(select(Person)).all() == [person]
    assert theatre.times == 1


def test_after_anything_else_it_is_played(theatre: Theatre) -> None:
    for _ in range(2):
        with theatre.app() as (_app, stage):
            make("somebody@example.org")
            stage.play(str(theatre.folder), theatre.scene)
            assert len(db.session.scalars(select(Person)).all()) == 2
    assert theatre.times == 2


def test_scenes_before_it_make_it_another_one(theatre: Theatre) -> None:
    folder = str(theatre.folder)
    with theatre.app() as (_app, stage):
        stage.play(folder, theatre.scene)
    with theatre.app() as (_app, stage):
        stage.play(f"{folder} before", lambda: make("before@example.org"))
        stage.play(folder, theatre.scene)
        assert len(db.session.scalars(select(Person)).all()) == 2
    assert theatre.times == 2
