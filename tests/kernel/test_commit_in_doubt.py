"""The database goes away as it commits: nobody is told that nothing was saved, for it may be."""

import pytest
from sqlalchemy import Connection, event, text

from cdef.kernel.db import db
from cdef.kernel.pages import IN_DOUBT, SENTENCES
from tests.cast import FEW, STAFF, Cast
from tests.conftest import POSTGRESQL
from tests.databases import administer, server

pytestmark = pytest.mark.parametrize("database", [POSTGRESQL], indirect=True)


def commit_and_go(connection: Connection) -> None:
    """What was written is there, and whoever asked for it is not told so."""
    own = connection.scalar(text("SELECT pg_backend_pid()"))
    connection.exec_driver_sql("COMMIT")
    connection.exec_driver_sql("BEGIN")
    administer(server(), f"SELECT pg_terminate_backend({own})")


def go(connection: Connection) -> None:
    own = connection.scalar(text("SELECT pg_backend_pid()"))
    administer(server(), f"SELECT pg_terminate_backend({own})")


def test_who_saved_is_asked_to_look_whether_it_is_there(cast: Cast) -> None:
    team, _ = cast.submitted(members=FEW), cast.staff()
    staff, page = cast.browser(STAFF), f"/staff/teams/{team.id}"
    staff.get(page)
    event.listen(db.engine, "commit", commit_and_go, once=True)
    answer = staff.submit(f"{page}/approval", note="Welcome")
    assert answer.status == 503
    assert IN_DOUBT[1] in answer.text()
    assert "Approved" in staff.get(page).text()


def test_what_was_never_committed_is_not_in_doubt(cast: Cast) -> None:
    team, _ = cast.submitted(members=FEW), cast.staff()
    staff, page = cast.browser(STAFF), f"/staff/teams/{team.id}"
    staff.get(page)
    event.listen(db.engine, "begin", go, once=True)
    answer = staff.submit(f"{page}/approval", note="Welcome")
    assert answer.status == 503
    assert SENTENCES[503][1] in answer.text()
