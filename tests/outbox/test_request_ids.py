"""One number leads from a request to its lines in the log, its letter, and the worker's line."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from cdef.kernel.db import db
from cdef.kernel.log import Lines
from cdef.outbox import worker
from cdef.outbox.models import Letter
from tests.cast import DISTRICT_LEAD, Cast
from tests.pages import Browser


def test_a_letter_is_found_by_the_request_that_wrote_it(
    app: Flask, cast: Cast, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    cast.person(DISTRICT_LEAD)
    browser.get("/sign-in")
    caplog.handler.setFormatter(Lines())
    browser.submit("/sign-in", email=DISTRICT_LEAD)
    worker.work_once()
    lines = [json.loads(line) for line in caplog.text.splitlines()]
    (number,) = {line["request"] for line in lines if line.get("what") == "accounts.request_link"}
    letter = db.session.scalars(select(Letter)).one()
    assert letter.request_id == number
    (tried,) = [line for line in lines if line.get("letter") == letter.id]
    assert (tried["request"], tried["became"]) == (number, "hand_over")
    assert DISTRICT_LEAD not in caplog.text


def test_what_nobody_asked_for_has_none(app: Flask, cast: Cast) -> None:
    cast.approved()
    assert set(db.session.scalars(select(Letter.request_id))) == {""}
