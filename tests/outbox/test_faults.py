"""Whatever a mail server does wrong, and when: each letter ends handed over, or failed and shown."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from cdef.kernel import clock
from cdef.outbox import queries, rules, worker
from tests.cast import STAFF, Cast, Mailbox
from tests.outbox.conftest import Write
from tests.outbox.scripted_server import FAULTS, STEPS, ScriptedServer, scripted_server

# Where a no is about this letter, and not about us or the server.
FINAL = {("RCPT", "5xx"), ("DATA", "5xx"), (".", "5xx")}
# Where the server has the letter, and nobody knows.
UNKNOWN = {(".", "silence"), (".", "cut")}
MATRIX = [(step, fault) for step in STEPS for fault in FAULTS]


@pytest.fixture(params=MATRIX, ids=lambda each: " ".join(each))
def case(request: pytest.FixtureRequest) -> tuple[str, str]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def server(case: tuple[str, str]) -> Iterator[ScriptedServer]:
    with scripted_server(*case) as server:
        yield server


@pytest.fixture
def settings(server: ScriptedServer, case: tuple[str, str]) -> dict[str, Any]:
    return {
        "MAIL_SERVER": "127.0.0.1",
        "MAIL_PORT": server.port,
        "MAIL_TIMEOUT": 0.25,
        "MAIL_USE_TLS": case[0] == "STARTTLS",
        "MAIL_USERNAME": "training",
        "MAIL_PASSWORD": "secret",
    }


def test_every_letter_ends_handed_over_or_failed_and_shown(
    app: Flask,
    case: tuple[str, str],
    server: ScriptedServer,
    write: Write,
    cast: Cast,
    mailbox: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rules, "AFTER_LETTER", timedelta(seconds=0.25))
    cast.staff()
    for number in range(3):
        write(f"member{number}@example.org", attachments=[])
    for _ in range(4):
        while worker.work_once():
            app.extensions["mail"].use_tls = False  # The script can promise TLS, and not speak it.
        cast.later(hours=1)
    letters = mailbox.letters()
    failed = [letter for letter in letters if letter.state == "failed"]
    states = Counter(letter.state for letter in letters)
    assert states == ({"handed_over": 2, "failed": 1} if case in FINAL else {"handed_over": 3})
    arrived = Counter(server.identities())
    assert arrived.keys() == {each.message_id for each in letters if each not in failed}
    assert arrived.total() - len(arrived) == (case in UNKNOWN)
    assert set(server.accepted) <= {letter.raw for letter in letters}
    assert queries.figures(clock.now()).failures == len(failed)
    shown = cast.browser(STAFF).get("/staff/outbox?state=to-mend").text()
    assert ("550 5.7.1 Not here" in shown) == bool(failed)
