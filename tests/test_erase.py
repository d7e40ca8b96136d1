"""A person is erased: nothing of them is left, and an older copy does not bring them back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import event, select

from cdef.erasing_actions import FILE
from cdef.kernel.db import Base, db, transaction
from cdef.outbox.models import Letter
from cdef.series.models import MeetingDay
from cdef.teams.models import Team
from tests.cast import FEW, STAFF, Cast, Mailbox, address_of, parse
from tests.conftest import both_databases, on_sqlite
from tests.pages import Browser
from tests.test_commands import run

NAME = "Dashiell Nakagawa"
EMAIL = address_of(NAME)


@pytest.fixture(autouse=True)
def _own_instance(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "instance").mkdir()
    monkeypatch.setattr(app, "instance_path", str(tmp_path / "instance"))


@pytest.fixture
def team(cast: Cast) -> Team:
    """Dashiell was approved, asked for something, was removed, and is in many letters and lines."""
    team: Team = cast.approved(members=FEW)
    mine = cast.browser(EMAIL, is_personal=True)
    mine.get("/personal/data")
    mine.submit("/personal/data/erasure", words=f"{NAME} wants everything erased.")
    return team


@pytest.fixture
def over(team: Team, cast: Cast) -> Team:
    """The series is over, and no letter waits."""
    with transaction():
        for meeting in team.cohort.meetings:
            for day in list(meeting.days):
                day.date = day.date.replace(year=2015)
            if not meeting.days:
                meeting.days.append(
                    MeetingDay(number=1, date=team.created_at.date().replace(year=2015))
                )
        for letter in db.session.scalars(select(Letter)):
            letter.state = "handed over"
    return team


def everything() -> Iterator[str]:
    """All that any table holds; letters as they are read."""
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(select(table)).mappings():
            yield f"{table.name}: {dict(row)}"
    for letter in Mailbox().letters():
        parts = [part for part in parse(letter.raw).walk() if part.get_content_maintype() == "text"]
        yield f"letter {letter.kind}: {[part.get_content() for part in parts]}"


def left() -> list[str]:
    words = ("dashiell", "nakagawa")
    return [each[:300] for each in everything() if any(word in each.lower() for word in words)]


@both_databases
def test_nothing_that_is_stored_names_them_any_more(app: Flask, over: Team) -> None:
    assert len(left()) > 5
    said = run(app, "erase", EMAIL)
    assert said.exit_code == 0, said.output
    assert "@erased.invalid" in said.output
    assert left() == []


@on_sqlite
def test_no_byte_of_them_stays_in_the_file(app: Flask, over: Team, tmp_path: Path) -> None:
    def files() -> bytes:
        db.session.rollback()
        db.engine.dispose()
        return b"".join(each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())

    assert NAME.encode() in files()
    assert run(app, "erase", EMAIL).exit_code == 0
    found = files().lower()
    assert b"nakagawa" not in found
    assert b"dashiell" not in found


def test_others_keep_their_letters_names_and_pages(app: Flask, over: Team, cast: Cast) -> None:
    before = db.session.scalars(select(Letter.raw).where(Letter.kind == "confirmation")).all()
    run(app, "erase", EMAIL)
    db.session.rollback()
    after = db.session.scalars(select(Letter.raw).where(Letter.kind == "confirmation")).all()
    assert len(set(before) & set(after)) == len(before) - 1
    cast.staff()
    page = cast.browser(STAFF).get(f"/staff/teams/{over.id}").text()
    assert "Erased person" in page
    assert "Milpitas Unified" in page
    assert all(name in page for _, name, *_ in FEW if name != NAME)


def test_nobody_finds_them_and_the_team_is_found(app: Flask, over: Team, cast: Cast) -> None:
    cast.staff()
    staff = cast.browser(STAFF)
    assert "Milpitas" in staff.get("/staff?state=all&q=Nakagawa").text()
    run(app, "erase", EMAIL)
    assert "No team is in this list" in staff.get("/staff?state=all&q=Nakagawa").text()
    assert "Milpitas" in staff.get("/staff?state=all&q=Milpitas").text()


def refused(app: Flask, email: str) -> Result:
    said = run(app, "erase", email)
    assert said.exit_code != 0
    return said


def test_who_still_takes_part_is_not_erased(app: Flask, team: Team) -> None:
    said = refused(app, EMAIL)
    assert "still takes part in Milpitas Unified" in said.output
    assert "Remove or swap this person first." in said.output
    assert left()


def test_staff_are_not_erased(app: Flask, cast: Cast) -> None:
    cast.staff()
    assert "is staff" in refused(app, STAFF).output


def test_an_unknown_address_is_said(app: Flask) -> None:
    assert "Nobody here has the address" in refused(app, "nobody@example.org").output


def test_a_letter_that_names_them_and_waits_is_not_changed(app: Flask, over: Team) -> None:
    with transaction():
        for letter in db.session.scalars(select(Letter).where(Letter.kind != "confirmation")):
            letter.state = "queued"
    assert "waits to go out" in refused(app, EMAIL).output


@on_sqlite
def test_a_copy_that_comes_back_is_erased_anew(
    app: Flask, over: Team, tmp_path: Path, browser: Browser
) -> None:
    copy = tmp_path / "copy.sqlite3"
    assert run(app, "backup", copy).exit_code == 0
    run(app, "erase", EMAIL)
    assert EMAIL not in (tmp_path / "instance" / FILE).read_text()
    said = run(app, "restore", copy)
    assert said.exit_code == 0, said.output
    db.session.rollback()
    assert left() == []
    assert browser.get("/").status == 200


@on_sqlite
def test_a_crash_at_the_end_leaves_a_mark_so_that_no_copy_brings_them_back(
    app: Flask, over: Team, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    assert run(app, "backup", copy).exit_code == 0

    def crash(_connection: object) -> None:
        event.remove(db.engine, "commit", crash)
        raise InterruptedError

    event.listen(db.engine, "commit", crash)
    assert isinstance(run(app, "erase", EMAIL).exception, InterruptedError)
    db.session.rollback()
    assert left(), "the crash came too late to show anything"
    assert run(app, "restore", copy).exit_code == 0
    db.session.rollback()
    assert left() == []


def test_who_is_not_erased_leaves_no_mark(app: Flask, team: Team, tmp_path: Path) -> None:
    refused(app, EMAIL)
    assert not (tmp_path / "instance" / FILE).exists()
