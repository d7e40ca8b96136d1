"""What tests of the staff's pages of a series begin with."""

from cdef.kernel import audit
from cdef.kernel.audit import Event
from cdef.kernel.db import db
from cdef.series.models import Series, current_series
from tests.cast import STAFF, Cast
from tests.pages import Browser

PAGE = "/staff/series/1"


def current() -> Series:
    db.session.expire_all()
    found = current_series()
    assert found
    return found


def staff_browser(cast: Cast, email: str = STAFF) -> Browser:
    cast.staff()
    return cast.browser(email)


def newest_event(about: str) -> Event:
    db.session.expire_all()
    return audit.timeline(about)[0]
