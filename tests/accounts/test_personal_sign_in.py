"""What a sign-in by a personal link opens: its reader's own page, and nothing of team or staff."""

import pytest

from tests.cast import DISTRICT_LEAD, STAFF, Cast
from tests.pages import Browser


def test_the_personal_page_opens(cast: Cast) -> None:
    browser = cast.browser(DISTRICT_LEAD, is_personal=True)
    assert browser.get("/personal").status == 200


@pytest.mark.parametrize("path", ["/teams", "/teams/{id}", "/teams/{id}/members/1/edit"])
def test_a_lead_must_sign_in_to_reach_the_team(cast: Cast, path: str) -> None:
    team = cast.team(members=[])
    browser = cast.browser(DISTRICT_LEAD, is_personal=True)
    assert browser.get(path.format(id=team.id)).path == "/sign-in"


@pytest.mark.parametrize("path", ["/staff", "/staff/outbox", "/staff/teams/{id}"])
def test_staff_must_sign_in_to_reach_the_desk(cast: Cast, path: str) -> None:
    team = cast.team(members=[])
    cast.staff()
    browser = cast.browser(STAFF, is_personal=True)
    assert browser.get(path.format(id=team.id)).path == "/sign-in"


def test_a_lead_cannot_change_the_team(cast: Cast) -> None:
    team = cast.team(members=[])
    browser = cast.browser(DISTRICT_LEAD, is_personal=True)
    for path in ("members", "signatures", "withdrawal", "partner"):
        assert post(browser, f"/teams/{team.id}/{path}") == 401


def test_staff_cannot_decide(cast: Cast) -> None:
    team = cast.submitted()
    cast.staff()
    browser = cast.browser(STAFF, is_personal=True)
    assert post(browser, f"/staff/teams/{team.id}/approval") == 401
    assert team.state == "submitted"


def test_no_page_points_to_team_or_staff(cast: Cast) -> None:
    cast.staff()
    assert "/staff" in cast.browser(STAFF).get("/").html
    page = cast.browser(STAFF, is_personal=True).get("/")
    assert "/staff" not in page.html
    assert "/teams" not in page.html


def post(browser: Browser, path: str) -> int:
    browser.get("/")
    browser.get("/sign-in")
    assert browser.page is not None
    return browser.post(path, [("csrf_token", browser.page.value("csrf_token"))]).status
