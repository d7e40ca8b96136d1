"""The demonstration: a believable cast in every state, one click away, and every letter to read."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from cdef.accounts.models import Person
from cdef.demo.stage import stage
from cdef.demo.views import blueprint
from cdef.kernel.db import db
from cdef.outbox.models import Letter
from cdef.registrations.rules import STATES, shown_state
from cdef.teams.lead_models import Lead
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from tests.conftest import make_app, seeded_file
from tests.pages import Browser, Page

WAYS = {
    "staff": ("/staff", "Waiting for you"),
    "district": ("/teams/", "Waiting for the union side"),
    "union": ("/teams/", "Sign this roster"),
    "participant": ("/personal", "My meetings"),
}


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The database of the demonstration, staged once for the module and copied for each test."""
    path = tmp_path_factory.mktemp("demo") / "staged.sqlite3"
    path.write_bytes(seeded_file())
    with make_app(f"sqlite:///{path}", {"DEMO": True}).app_context():
        stage()
        db.session.remove()
        db.engine.dispose()
    return path.read_bytes()


@pytest.fixture
def app(staged: bytes, tmp_path: Path) -> Iterator[Flask]:
    path = tmp_path / "demo.sqlite3"
    path.write_bytes(staged)
    app = make_app(f"sqlite:///{path}", {"DEMO": True})
    app.register_blueprint(blueprint)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def come_in(app: Flask, role: str) -> tuple[Browser, Page]:
    browser = Browser(app.test_client())
    browser.get("/demo")
    return browser, browser.submit(f"/demo/sign-in/{role}")


def teams() -> list[Team]:
    return list(db.session.scalars(select(Team)))


@pytest.mark.usefixtures("app")
def test_eight_to_twelve_teams_are_on_stage_in_every_state_and_cohort() -> None:
    found = teams()
    assert 8 <= len(found) <= 12
    assert {shown_state(team) for team in found} == set(STATES)
    cohorts = Counter(team.cohort.slug for team in found)
    assert set(cohorts) == {"bay-area", "sacramento", "southern-california"}
    assert min(cohorts.values()) >= 3


@pytest.mark.usefixtures("app")
def test_teams_that_were_submitted_are_teams_that_could_be() -> None:
    for team in teams():
        if team.registration:
            assert {signed.lead.side for signed in team.signatures} == {"district", "union"}
            assert {lead.side for lead in team.leads} == {"district", "union"}
            assert len(team.members) >= team.cohort.series.smallest_team


@pytest.mark.usefixtures("app")
def test_nobody_on_stage_can_be_reached() -> None:
    emails = [*db.session.scalars(select(Person.email)), *db.session.scalars(select(Member.email))]
    assert len(emails) > 60
    assert all(email.endswith(".example.org") for email in emails)
    assert set(db.session.scalars(select(Letter.state))) <= {"held", "cancelled"}


@pytest.mark.usefixtures("app")
def test_what_happened_happened_before_the_clock_began() -> None:
    joined = list(db.session.scalars(select(Lead.joined_at).where(Lead.joined_at.is_not(None))))
    assert all(at.isoformat() < "2016-10-17T16" for at in joined)


@pytest.mark.parametrize("role", WAYS)
def test_each_way_in_leads_to_its_page_by_one_click(app: Flask, role: str) -> None:
    path, words = WAYS[role]
    _, page = come_in(app, role)
    assert page.status == 200
    assert page.path.startswith(path)
    assert words in page.text()


def test_a_banner_says_that_it_is_october_2016(app: Flask) -> None:
    text = Browser(app.test_client()).get("/demo").text()
    assert "Demonstration. The clock here says October 17, 2016, 9:00 am." in text


def test_the_journey_goes_on_from_where_the_stage_left_it(app: Flask) -> None:
    union, page = come_in(app, "union")
    team = page.path
    assert "is submitted" in union.submit(f"{team}/signatures").text()
    staff, page = come_in(app, "staff")
    number = team.rsplit("/", 1)[1]
    staff.get(f"/staff/teams/{number}")
    assert staff.submit(f"/staff/teams/{number}/approval", note="A reason.").status == 200
    for role in WAYS:
        assert come_in(app, role)[1].status == 200


def test_every_letter_can_be_read_as_it_would_arrive(app: Flask) -> None:
    browser = Browser(app.test_client())
    page = browser.get("/demo")
    listed = {link.get("href") for link in page.find("a")}
    newest = db.session.scalars(select(Letter).order_by(Letter.id.desc())).all()
    assert len(newest) > 40
    for letter in newest[:200]:
        assert f"/demo/letters/{letter.id}" in listed
    kinds = {letter.kind: letter for letter in newest}
    for kind, letter in kinds.items():
        page = browser.get(f"/demo/letters/{letter.id}")
        assert page.status == 200, kind
        assert letter.subject in page.text()


@pytest.mark.parametrize(
    ("kind", "words"), [("partner_invitation", "Join the team"), ("confirmation", "Open my page")]
)
def test_the_link_in_a_letter_can_be_pressed(app: Flask, kind: str, words: str) -> None:
    letter = db.session.scalars(select(Letter).where(Letter.kind == kind)).all()[-1]
    browser = Browser(app.test_client())
    page = browser.get(f"/demo/letters/{letter.id}")
    paths: list[Any] = [link.get("href", "") for link in page.find("a")]
    inside = next(path for path in paths if "/join/" in path or "/open/" in path)
    assert words in browser.get(inside.removeprefix("http://localhost")).text()


def test_opening_a_way_in_signs_nobody_in(app: Flask) -> None:
    assert Browser(app.test_client()).get("/demo/sign-in/staff").status == 405


def test_a_role_that_is_none_is_not_found(app: Flask) -> None:
    browser = Browser(app.test_client())
    token = browser.get("/demo").value("csrf_token")
    assert browser.post("/demo/sign-in/admin", [("csrf_token", token)]).status == 404


def test_a_real_app_has_no_demonstration(staged: bytes, tmp_path: Path) -> None:
    path = tmp_path / "real.sqlite3"
    path.write_bytes(staged)
    app = make_app(f"sqlite:///{path}", {})
    with app.app_context():
        for address in ("/demo", "/demo/letters/1", "/demo/sign-in/staff"):
            assert Browser(app.test_client()).get(address).status == 404
        db.engine.dispose()
