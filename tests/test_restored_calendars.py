"""After a restore calendars still move: they hold what was published since the copy, and it does not."""

from pathlib import Path

import pytest
from flask import Flask

from cdef.kernel.db import db
from tests.calendar_client import CalendarClient, opened
from tests.cast import FEW, Cast, Mailbox, address_of, parse
from tests.conftest import on_sqlite
from tests.publishing import at_desk, meeting_of, move
from tests.test_commands import run

ME = address_of("Dashiell Nakagawa")
SAID, NAMED = "You said that you cannot come.", "cannot come: Dashiell Nakagawa."
pytestmark = on_sqlite


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy.sqlite3"


def bring_back(app: Flask, copy: Path, cast: Cast) -> None:
    said = run(app, "restore", copy)
    assert said.exit_code == 0, said.output
    db.session.rollback()
    cast.later(minutes=10)


def read_all(calendar: CalendarClient) -> None:
    for letter in Mailbox().letters(to=ME):
        calendar.receive(opened(parse(letter.raw)))


def days(calendar: CalendarClient) -> list[str]:
    return [day[:10] for day, _ in calendar.shown][:2]


def test_what_is_published_anew_is_newer_than_what_the_copy_has_lost(
    app: Flask, cast: Cast, copy: Path
) -> None:
    cast.approved(members=FEW)
    staff, calendar = at_desk(cast), CalendarClient(ME)
    assert run(app, "backup", copy).exit_code == 0
    for day in ("01", "02", "03"):
        cast.later(minutes=10)
        move(staff, "bay-area", 1, f"2016-12-{day}", "2016-12-20")
    read_all(calendar)
    assert days(calendar)[0] == "2016-12-03"
    bring_back(app, copy, cast)
    move(staff, "bay-area", 1, "2016-12-05", "2016-12-06")
    read_all(calendar)
    assert days(calendar) == ["2016-12-05", "2016-12-06"]


def test_an_answer_still_belongs_to_the_days_it_was_given_for(
    app: Flask, cast: Cast, copy: Path
) -> None:
    team = cast.approved(members=FEW)
    staff, mine = at_desk(cast), cast.browser(ME, is_personal=True)
    move(staff, "bay-area", 1, "2016-12-05", "2016-12-06")
    own, meeting = (
        {member.email: member.id for member in team.members}[ME],
        meeting_of("bay-area", 1),
    )
    answer = f"/personal/{own}/meetings/{meeting.id}/decline"
    mine.get("/personal")
    mine.submit(answer)
    assert NAMED in staff.get("/staff/publications/1").text()
    assert run(app, "backup", copy).exit_code == 0
    bring_back(app, copy, cast)
    assert SAID in mine.get("/personal").text()
    assert NAMED in staff.get("/staff/publications/1").text()
