"""A new key for cookies signs nobody out while the old one stands beside it, and everybody after."""

from typing import Any

import pytest
from flask import Flask

from cdef.kernel.db import db
from tests.cast import STAFF, Cast
from tests.conftest import make_app

OLD, NEW = "for tests only", "a new key"


@pytest.mark.parametrize(("beside", "status"), [({"SECRET_KEY_FALLBACKS": [OLD]}, 200), ({}, 303)])
def test_who_is_signed_in_by_the_old_key(
    app: Flask, cast: Cast, beside: dict[str, Any], status: int
) -> None:
    cast.staff()
    cookie = cast.browser(STAFF).client.get_cookie("session")
    assert cookie is not None
    settings = {"SECRET_KEY": NEW, **beside}
    renewed = make_app(app.config["SQLALCHEMY_DATABASE_URI"], settings)
    with renewed.app_context():
        client = renewed.test_client()
        client.set_cookie("session", cookie.value)
        assert client.get("/staff").status_code == status
        db.session.remove()
        db.engine.dispose()
