"""Figures for Prometheus: what is counted, with nobody's name in it, and for whom it is."""

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cdef.outbox import worker
from tests.cast import DISTRICT_LEAD, MEMBERS, Cast, Mailbox, parse, text_of
from tests.outbox.test_backups import Rounds
from tests.pages import Browser

ROOT = Path(__file__).parent.parent
HERE, OUTSIDE = "127.0.0.1", "203.0.113.7"


def read(client: FlaskClient) -> dict[str, float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    lines = (line.rpartition(" ") for line in answer.text.splitlines() if line[0] != "#")
    return {name: float(number) for name, _, number in lines}


def rise(before: dict[str, float], after: dict[str, float], name: str) -> float:
    """Tests share the counters of their process, so only what was added says something."""
    return after[name] - before.get(name, 0)


def test_answers_are_counted_by_what_was_asked_and_how_it_ended(client: FlaskClient) -> None:
    before = read(client)
    client.get("/sign-in")
    client.get("/teams/7")
    client.get("/nowhere/kingfisher")
    after = read(client)
    for what, status in [("accounts.sign_in", 200), ("teams.page", 303), ("nothing", 404)]:
        assert rise(before, after, f'cdef_answers_total{{status="{status}",what="{what}"}}') == 1
        assert rise(before, after, f'cdef_answer_seconds_count{{what="{what}"}}') == 1


def test_sign_ins_waits_and_letters_are_figures(
    cast: Cast, browser: Browser, mailbox: Mailbox
) -> None:
    cast.person(DISTRICT_LEAD)
    before = read(browser.client)
    browser.get("/sign-in")
    browser.submit("/sign-in", email=DISTRICT_LEAD)
    browser.submit("/sign-in/code", code=mailbox.code("sign_in", DISTRICT_LEAD))
    after = read(browser.client)
    assert rise(before, after, 'cdef_sign_ins_total{by="accounts.confirm_code"}') == 1
    assert rise(before, after, "cdef_write_wait_seconds_count") >= 2
    assert after['cdef_letters{state="held"}'] == len(mailbox.letters())


def test_how_long_a_letter_waits_is_a_figure(app: Flask, client: FlaskClient, cast: Cast) -> None:
    app.config["MAIL_SERVER"] = "127.0.0.1"
    cast.submitted(members=MEMBERS)
    app.extensions["clock"] += timedelta(minutes=20)
    assert read(client)["cdef_oldest_letter_seconds"] >= 20 * 60
    assert read(client)["cdef_letters_to_mend"] == read(client)["cdef_quarantine"] == 0


def test_the_workers_rounds_are_counted(app: Flask, client: FlaskClient) -> None:
    before = read(client)
    worker.work(app, Rounds(3))  # type: ignore[arg-type]
    assert rise(before, read(client), 'cdef_worker_rounds_total{ended="idle"}') >= 1


def test_no_label_has_a_name_an_address_or_a_secret(
    cast: Cast, client: FlaskClient, mailbox: Mailbox
) -> None:
    known = labels(client)  # Of other tests in this process, which count in the same place.
    cast.approved(members=MEMBERS)
    for letter in mailbox.letters():
        for path in re.findall(r"http://localhost(/\S+)", text_of(parse(letter.raw))):
            client.get(path)
    strange = {each for each in labels(client) - known if not re.fullmatch(r"[\w.+]*", each)}
    assert strange == set()
    assert "@" not in client.get("/metrics").text


@pytest.mark.parametrize(
    ("settings", "asks_from", "headers", "status"),
    [
        ({}, HERE, {}, 200),
        ({}, OUTSIDE, {}, 404),
        ({"PROXIES": 1}, HERE, {"X-Forwarded-For": OUTSIDE}, 404),
        ({"BASE_URL": "https://localhost.example.org"}, HERE, {}, 404),
        ({"BASE_URL": "https://localhost.example.org", "PROXIES": 1}, HERE, {}, 200),
        ({"METRICS_TOKEN": "sesame"}, HERE, {}, 404),
        ({"METRICS_TOKEN": "sesame"}, OUTSIDE, {"Authorization": "Bearer sesam"}, 404),
        ({"METRICS_TOKEN": "sesame"}, OUTSIDE, {"Authorization": "Bearer sesame"}, 200),
    ],
)
def test_only_this_machine_or_the_token_opens_them(
    app: Flask, asks_from: str, headers: dict[str, str], status: int
) -> None:
    answer = app.test_client().get(
        "/metrics",
        base_url=app.config["BASE_URL"],
        headers=headers,
        environ_base={"REMOTE_ADDR": asks_from},
    )
    assert answer.status_code == status


def test_several_processes_are_counted_as_one(tmp_path: Path) -> None:
    """Each of two processes answers once; whichever is asked tells of both."""
    code = (
        "from cdef import create_app\n"
        "client = create_app({'SECRET_KEY': 'x', 'SQLALCHEMY_DATABASE_URI': 'sqlite://'})"
        ".test_client()\n"
        "client.get('/healthz/live')\n"
        "from cdef.kernel import metrics\n"
        "print(metrics.answer().get_data(True))\n"
    )
    (tmp_path / "counted").mkdir()
    said = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "counted")},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for _ in range(2)
    ]
    assert 'cdef_answers_total{status="200",what="health.live"} 2.0' in said[1]


def labels(client: FlaskClient) -> set[str]:
    return {label for name in read(client) for label in re.findall(r'="([^"]*)"', name)}
