"""The fixtures every test starts from: a fresh app on a fresh database, with its clock on a set day."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cdef import create_app
from cdef.directory import actions as directory
from cdef.kernel import clock
from cdef.kernel.db import Base, db
from cdef.series import actions as series
from tests.cast import Cast, Mailbox
from tests.databases import postgresql_url
from tests.pages import Browser

NOW = "2016-10-17T09:00:00"
DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """On the build machine a skip is a failure: whatever a test needs must be there."""
    skipped = call.excinfo and call.excinfo.errisinstance(pytest.skip.Exception)
    allowed = item.get_closest_marker("may_skip")
    if skipped and os.environ.get("CI") and not allowed:
        call.excinfo = pytest.ExceptionInfo.from_exception(
            AssertionError(f"skipped on the build machine: {call.excinfo.value}")  # type: ignore[union-attr]
        )


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database; ``both_databases`` runs a test on PostgreSQL too."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.sqlite3'}"
    else:
        yield from postgresql_url(tmp_path)


both_databases = pytest.mark.parametrize("database", DATABASES, indirect=True)


@pytest.fixture
def settings() -> dict[str, Any]:
    """What a test module wants otherwise; override it there."""
    return {}


@pytest.fixture
def app(database: str, tmp_path: Path, settings: dict[str, Any]) -> Iterator[Flask]:
    """An app with the 2016-17 series and the seed's districts, on 17 October 2016."""
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
    with app.app_context():
        Base.metadata.create_all(db.engine)
        series.load_series(now=clock.now())
        directory.load_seed()
        db.session.remove()
        yield app
        db.session.remove()
        db.engine.dispose()


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
