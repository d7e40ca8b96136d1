"""What the server writes down of its requests: who, what, from where and how it ended, in a line each."""

import json
import logging
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cdef.kernel.log import OF_A_REQUEST, Lines
from tests.cast import DISTRICT_LEAD, STAFF, Cast, Mailbox
from tests.pages import Browser


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> "Log":
    return Log(caplog)


class Log:
    """The lines that were written, read back as a log's reader would."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        self.caplog = caplog
        caplog.handler.setFormatter(Lines())

    def read(self) -> list[dict[str, Any]]:
        written = [Lines().format(record) for record in self.caplog.records]
        assert not any("\n" in line for line in written)
        return [found for line in written if "status" in (found := json.loads(line))]

    def last(self) -> dict[str, Any]:
        return self.read()[-1]


def test_every_sign_in_is_written_down_and_how_it_was_proved(
    cast: Cast, browser: Browser, mailbox: Mailbox, lines: Log
) -> None:
    person = cast.person(DISTRICT_LEAD)
    browser.get("/sign-in")
    browser.submit("/sign-in", email=DISTRICT_LEAD)
    browser.submit("/sign-in/code", code="no")
    browser.submit("/sign-in/code", code=mailbox.code("sign_in", DISTRICT_LEAD))
    browser.get("/teams")
    browser.submit("/sign-out")
    said = [(line["what"], line["status"], line["who"]) for line in lines.read()]
    assert said == [
        ("accounts.request_link", 303, "nobody"),
        ("accounts.confirm_code", 422, "nobody"),
        ("accounts.confirm_code", 303, f"person:{person.id}"),
        ("accounts.sign_out", 303, f"person:{person.id}"),
    ]


def test_whoever_is_refused_is_written_down(cast: Cast, client: FlaskClient, lines: Log) -> None:
    team = cast.team(members=[])
    stranger = cast.person("stranger@example.org")
    client.get(f"/teams/{team.id}")
    assert lines.last() | {"at": ""} == {
        "at": "",
        "level": "info",
        "by": "cdef.kernel.log",
        "said": "answered",
        "method": "GET",
        "what": "teams.page",
        "status": 401,
        "who": "nobody",
        "from": "127.0.0.1",
        "team_id": team.id,
    }
    cast.browser("stranger@example.org").get(f"/teams/{team.id}")
    assert (lines.last()["status"], lines.last()["who"]) == (404, f"person:{stranger.id}")
    cast.browser("stranger@example.org").get("/staff")
    assert (lines.last()["status"], lines.last()["what"]) == (403, "registrations.desk")


def test_a_forged_form_and_a_foreign_host_are_written_down(client: FlaskClient, lines: Log) -> None:
    client.post("/sign-in", data={"email": DISTRICT_LEAD})
    assert (lines.last()["status"], lines.last()["what"]) == (400, "accounts.request_link")
    client.get("/", headers={"Host": "evil.example"})
    assert lines.last()["status"] == 400


def test_what_is_only_read_is_not(cast: Cast, lines: Log) -> None:
    cast.staff()
    browser = cast.browser(STAFF)
    for address in ("/", "/staff", "/healthz/live", "/static/cdef.css"):
        with browser.client.get(address) as response:
            assert response.status_code == 200
    assert lines.read() == []


def test_an_error_is_one_line_with_its_place(app: Flask) -> None:
    try:
        raise ValueError("planted\nWARNING nothing happened")
    except ValueError as error:
        facts = type(error), error, error.__traceback__
    record = logging.LogRecord("cdef", logging.ERROR, "", 1, "an error\non %s", ("x\r\ny",), facts)
    line = Lines().format(record)
    assert "\n" not in line
    found = json.loads(line)
    assert found["said"] == "an error\non x\r\ny"
    assert "planted" in found["error"]
    assert found["at"].endswith("+00:00")


def test_the_apps_loggers_write_these_lines(app: Flask) -> None:
    assert [type(handler.formatter) for handler in app.logger.handlers] == [Lines]
    assert OF_A_REQUEST.isEnabledFor(logging.INFO)


def test_what_a_database_says_of_a_row_is_left_out() -> None:
    try:
        raise ValueError(
            'duplicate key "uq_person_email"\nDETAIL:  Key (email)=(kingfisher) exists.'
        )
    except ValueError as error:
        facts = type(error), error, error.__traceback__
        record = logging.LogRecord("cdef", logging.ERROR, "", 1, "an error: %s", (error,), facts)
    line = Lines().format(record)
    assert "uq_person_email" in line
    assert "kingfisher" not in line
