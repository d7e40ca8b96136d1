"""The fixtures every test starts from: a fresh app on a fresh database, with its clock on a set day."""

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import stamp
from sqlalchemy import make_url
from werkzeug.test import TestResponse

from cdef import create_app
from cdef.demo.views import blueprint as demo_pages
from cdef.directory import actions as directory
from cdef.kernel import clock, pdf
from cdef.kernel.db import Base, db
from cdef.schema import bind
from cdef.series import actions as series
from tests import contents, databases, speed, stages
from tests.cast import Cast, Mailbox
from tests.databases import filled, postgresql_url
from tests.pages import Browser
from tests.world import World

NOW = "2016-10-17T09:00:00"
POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.postgresql)
NEEDED = "browser", "postgresql", "power"
DATABASES = [POSTGRESQL] if databases.given() else ["sqlite", POSTGRESQL]


def pytest_sessionstart() -> None:
    speed.collect_seldom()


def pytest_sessionfinish() -> None:
    databases.closing.close()


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """On the build machine all that ``NEEDED`` names must be there: skipping for want of it fails."""
    if call.excinfo is None or not call.excinfo.errisinstance(pytest.skip.Exception):
        return
    if any(map(item.get_closest_marker, NEEDED)) and os.environ.get("CI"):
        failure = AssertionError(f"skipped on the build machine: {call.excinfo.value}")
        call.excinfo = pytest.ExceptionInfo.from_exception(failure.with_traceback(call.excinfo.tb))


@pytest.fixture(params=DATABASES[:1])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, or on PostgreSQL of one that holds the seed already, where
    the app asks for it; ``both_databases`` runs a test on PostgreSQL too.

    Where CDEF_SQLALCHEMY_DATABASE_URI names a PostgreSQL, every test runs there alone.
    """
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.sqlite3'}"
    elif "seed" in request.fixturenames:
        yield contents.lend(lambda: filled(fill_at))
    else:
        yield from postgresql_url(tmp_path)


both_databases = pytest.mark.parametrize("database", DATABASES, indirect=True)
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # About its own file.


@pytest.fixture
def settings() -> dict[str, Any]:
    """What a test module wants otherwise; override it there."""
    return {}


@pytest.fixture
def seed(database: str) -> None:
    """The 2016-17 series and the seed's districts, in the test's database."""
    if database.startswith("sqlite"):
        Path(str(make_url(database).database)).write_bytes(seeded_file())


@pytest.fixture
def app(database: str, seed: None, settings: dict[str, Any]) -> Iterator[Flask]:
    """An app with the seed, on 17 October 2016."""
    yield from opened(make_app(database, settings))


def opened(app: Flask) -> Iterator[Flask]:
    """An app with its context, which leaves the database when the test is over."""
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def make_app(database: str, settings: dict[str, Any]) -> Flask:
    app = create_app(
        {
            "TESTING": True,
            "SECRET_KEY": "for tests only",
            "SQLALCHEMY_DATABASE_URI": database,
            "PRETEND_NOW": NOW,
            "BASE_URL": "http://localhost",
            **settings,
        }
    )
    app.test_client_class = Client
    bind(app)
    speed.hasten(app)
    with app.app_context():
        stages.watch(app, settings)
    return app


class Client(FlaskClient):
    """Each request has a context and a database session of its own, as on a server."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        db.session.rollback()
        db.session.expire_all()  # What the test has read is read anew after the request.
        with self.application.app_context():
            return super().open(*args, **kwargs)


def fill() -> None:
    Base.metadata.create_all(db.engine)
    stamp()  # As if the migrations had made it, which a test compares.
    series.load_series(now=clock.now())
    directory.load_seed()
    db.session.remove()


def fill_at(database: str) -> None:
    with make_app(database, {}).app_context():
        fill()
        db.engine.dispose()


@lru_cache
def seeded_file() -> bytes:
    """A database file as every test finds it, made once for each process: it saves half the time."""
    with TemporaryDirectory(prefix="cdef-seed-") as folder:
        path = Path(folder) / "seed.sqlite3"
        fill_at(f"sqlite:///{path}")
        return path.read_bytes()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A person without scripts: fills in the forms that the pages show."""
    return Browser(app.test_client())


@pytest.fixture
def cast(app: Flask) -> Cast:
    return Cast(app)


@pytest.fixture
def mailbox(app: Flask) -> Mailbox:
    """The letters in the outbox, parsed from their bytes."""
    return Mailbox()


@pytest.fixture
def world(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> World:
    """The world that walkers cross, with the demonstration's pages; setting flyers is slow."""
    monkeypatch.setattr(pdf, "render", lambda *_: b"%PDF-")
    app.register_blueprint(demo_pages)
    return World(app, cast)
