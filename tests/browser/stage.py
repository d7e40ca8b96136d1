"""Behind the scenes of a served app: the database in the test's own hands, and shortcuts into it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cdef.kernel.db import db
from tests.cast import Cast


@contextmanager
def backstage() -> Iterator[None]:
    """Read or arrange the database; afterwards nothing of it is held, and the server can write."""
    db.session.rollback()
    db.session.expire_all()
    try:
        yield
    finally:
        db.session.rollback()


def cookie_of(cast: Cast, email: str, *, is_personal: bool = False) -> dict[str, Any]:
    """What a browser holds in which this person is signed in."""
    with backstage():
        client = cast.browser(email, is_personal=is_personal).client
    cookie = client.get_cookie("session")
    assert cookie is not None
    return {"name": "session", "value": cookie.value}
