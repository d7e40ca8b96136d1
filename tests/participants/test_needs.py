"""Needs are private: kept for their owner, and found nowhere else."""

import logging
from pathlib import Path

import pytest
from sqlalchemy import text

from cdef.kernel import audit
from cdef.kernel.db import db, transaction
from cdef.participants.models import Needs
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, FEW, STAFF, Cast, Mailbox
from tests.conftest import both_databases, on_sqlite
from tests.pages import Browser, Page

DASHIELL = "dashiell.nakagawa@example.org"
CANARY = "No kingfisher-quinoa, please"
OTHER_CANARY = "A ramp for the zeppelin"


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.approved(members=FEW)


@pytest.fixture
def mine(cast: Cast, team: Team) -> Browser:
    return cast.browser(DASHIELL, is_personal=True)


def address(team: Team) -> str:
    own = next(member for member in team.members if member.email == DASHIELL)
    return f"/personal/{own.id}/needs"


def tell(mine: Browser, team: Team, dietary: str = CANARY, access: str = OTHER_CANARY) -> Page:
    mine.get("/personal")
    return mine.submit(address(team), dietary=dietary, access=access)


@both_databases
def test_needs_are_kept_and_shown_to_their_owner(mine: Browser, team: Team) -> None:
    page = tell(mine, team)
    assert "Your needs are saved." in page.text()
    form = page.form(address(team))
    assert (form.value("dietary"), form.value("access")) == (CANARY, OTHER_CANARY)


@both_databases
def test_they_can_be_changed_and_taken_back(mine: Browser, team: Team) -> None:
    tell(mine, team)
    tell(mine, team, "Nuts.\nAnd fish.", "")
    form = mine.get("/personal").form(address(team))
    assert (form.value("dietary"), form.value("access")) == ("Nuts.\nAnd fish.", "")
    assert len(db.session.query(Needs).all()) == 1


def test_nobody_else_finds_them_anywhere(
    cast: Cast, mine: Browser, team: Team, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    tell(mine, team)
    cast.decide(team, "withdraw")
    cast.decide(team, "reopen", "Welcome back.")
    cast.sign(team, "district")
    cast.sign(team, "union")
    cast.decide(team, "approve")
    staff, lead = cast.browser(STAFF), cast.browser(DISTRICT_LEAD)
    seen = [
        staff.get(f"/staff/teams/{team.id}").html,
        staff.get("/staff?state=all").html,
        staff.get("/staff/outbox").html,
        lead.get(f"/teams/{team.id}").html,
        lead.get("/personal").html,
        *(letter.raw.decode() for letter in mailbox.letters()),
        *(f"{event.what} {event.before} {event.after}" for event in audit.timeline(team.about)),
        caplog.text,
    ]
    for canary in ("kingfisher", "zeppelin"):
        assert not [found for found in seen if canary in found]


@on_sqlite
def test_they_stand_in_one_table_only(mine: Browser, team: Team, tmp_path: Path) -> None:
    tell(mine, team)
    with db.engine.connect() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        found = [
            name
            for (name,) in names.all()
            for row in connection.execute(text(f'SELECT * FROM "{name}"'))  # noqa: S608 (our tables)
            if "kingfisher" in str(row)
        ]
    assert found == ["needs"]


@on_sqlite
def test_an_error_of_the_database_does_not_write_them_into_the_log(
    mine: Browser, team: Team, caplog: pytest.LogCaptureFixture
) -> None:
    with transaction():
        stop = (
            "CREATE TRIGGER stop BEFORE INSERT ON needs BEGIN SELECT RAISE(ABORT, 'stopped'); END"
        )
        db.session.execute(text(stop))
    assert tell(mine, team).status == 500
    assert "stopped" in caplog.text
    assert "kingfisher" not in caplog.text


@pytest.mark.parametrize("length", [1001, 10_000])
def test_too_long_a_text_is_refused_and_kept(mine: Browser, team: Team, length: int) -> None:
    tell(mine, team)
    long = "n" * length
    page = tell(mine, team, dietary=long)
    assert page.status == 422
    assert "Please use at most 1000 characters." in page.text()
    assert page.form(address(team)).value("dietary") == long
    assert page.form(address(team)).value("access") == OTHER_CANARY
    assert mine.get("/personal").form(address(team)).value("dietary") == CANARY
