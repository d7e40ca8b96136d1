"""The public pages are kept for visitors, and never longer than they are true."""

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cdef.kernel import audit, clock
from cdef.kernel.db import transaction
from cdef.series import actions
from cdef.series.models import Cohort, cohort_by_slug, current_series
from tests.cast import STAFF, Cast
from tests.teams.costs import counted

PAGES = ("/", "/cohorts/bay-area")


@pytest.fixture
def settings() -> dict[str, str]:
    return {"PRETEND_NOW": ""}


@pytest.fixture
def bay_area(app: Flask) -> Cohort:
    found = cohort_by_slug("bay-area")
    assert found is not None
    return found


@pytest.mark.parametrize("path", PAGES)
def test_a_second_visitor_costs_one_question(app: Flask, client: FlaskClient, path: str) -> None:
    first = client.get(path)
    with counted() as asked:
        second = app.test_client().get(path)
    assert second.data == first.data
    assert len(asked) == 1


@pytest.mark.parametrize("path", PAGES)
def test_nobody_gets_a_cookie_or_a_token_by_looking(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert "Set-Cookie" not in response.headers
    assert "csrf" not in response.text.lower()


@pytest.mark.parametrize("path", PAGES)
def test_what_changes_is_shown_at_once(
    cast: Cast, client: FlaskClient, bay_area: Cohort, path: str
) -> None:
    assert "Bay Shore" not in client.get(path).text
    staff = cast.staff()
    with transaction(bay_area):
        bay_area.name = "Bay Shore"
        audit.record(bay_area.about, "renamed the cohort", by=staff, now=clock.now())
    assert "Bay Shore Cohort" in client.get(path).text


def test_what_was_on_the_page_is_not_there_when_it_is_gone(client: FlaskClient) -> None:
    assert client.get("/cohorts/nowhere").status_code == 404
    assert client.get("/cohorts/nowhere").status_code == 404


def test_another_day_is_another_page(
    client: FlaskClient, bay_area: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(bay_area):
        bay_area.closes_on = date(2030, 5, 1)
        audit.record(bay_area.about, "set the closing day", by=None, now=clock.now())
    for day, is_open in ((date(2030, 5, 1), True), (date(2030, 5, 2), False)):
        monkeypatch.setattr(clock, "today", lambda day=day: day)
        text = client.get("/cohorts/bay-area").text
        assert ("Registration for this cohort is closed" not in text) is is_open


def test_who_is_signed_in_sees_an_own_page(cast: Cast, client: FlaskClient) -> None:
    cast.staff()
    client.get("/")
    assert "Staff desk" in cast.browser(STAFF).get("/").html
    assert "Staff desk" not in client.get("/").text


def test_a_notice_is_shown_to_whom_it_is_meant_for(client: FlaskClient) -> None:
    client.get("/")
    with client.session_transaction() as cookie:
        cookie["_flashes"] = [("good", "You are signed out.")]
    assert "You are signed out." in client.get("/").text
    assert "You are signed out." not in client.get("/").text


def test_it_goes_out_packed_to_whoever_takes_it_so(client: FlaskClient) -> None:
    sizes = {
        name: len(client.get("/", headers={"Accept-Encoding": name}).data) for name in ("gzip", "")
    }
    assert sizes["gzip"] < sizes[""] / 2
    assert re.search(
        "gzip", client.get("/", headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"]
    )


def test_every_change_of_a_series_is_seen(cast: Cast, client: FlaskClient) -> None:
    series, staff = current_series(), cast.staff()
    assert series is not None
    client.get("/")
    actions.set_names_due(series.cohorts[0], date(2030, 1, 1), by=staff, now=clock.now())
    with counted() as asked:
        client.get("/")
    assert len(asked) > 1
