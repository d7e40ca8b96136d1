"""`python app.py mail check ADDRESS` proves the settings, and says what the server said."""

from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from tests.cast import parse, text_of
from tests.outbox.mail_server import MailServer, free_port, silent_server
from tests.outbox.scripted_server import scripted_server

ADDRESS = "operator@example.org"


def check(app: Flask, address: str = ADDRESS) -> Result:
    return app.test_cli_runner().invoke(args=["mail", "check", address])


def test_one_test_mail_arrives_and_each_step_is_told(app: Flask, post: MailServer) -> None:
    result = check(app)
    assert result.exit_code == 0, result.output
    (delivery,) = post.received
    assert delivery.to == [ADDRESS]
    assert "the settings are right" in text_of(parse(delivery.raw))
    for words in ("Connecting to 127.0.0.1", "220", "Naming the recipient", "250 Taken"):
        assert words in result.output
    assert f"The mail server has taken a mail for {ADDRESS}." in result.output


@pytest.mark.parametrize(
    ("step", "name"),
    [("MAIL", "Sending from"), ("RCPT", "Naming the recipient"), (".", "Handing the mail over")],
)
def test_a_refusal_is_told_in_the_servers_words(
    app: Flask, post: MailServer, step: str, name: str
) -> None:
    post.answers[step] = ["550 5.7.1 Not from here"]
    result = check(app)
    assert result.exit_code == 1
    (line,) = (line for line in result.output.splitlines() if "550 5.7.1 Not from here" in line)
    assert line.startswith(name)
    assert post.received == []


def test_a_refused_sign_in_is_told(app: Flask) -> None:
    mail = app.extensions["mail"]
    mail.username, mail.password = "training", "secret"
    with scripted_server("AUTH", "5xx") as server:
        mail.port = server.port
        result = check(app)
    assert result.exit_code == 1
    assert "550 5.7.1 Not here" in result.output
    assert "Check CDEF_MAIL_USERNAME and CDEF_MAIL_PASSWORD." in result.output
    assert "secret" not in result.output


def test_a_server_that_cannot_encrypt_is_told(app: Flask, post: MailServer) -> None:
    app.extensions["mail"].use_tls = True
    result = check(app)
    assert result.exit_code == 1
    assert "STARTTLS" in result.output
    assert post.received == []


def test_nobody_at_the_port_is_told(app: Flask) -> None:
    app.extensions["mail"].port = free_port()
    result = check(app)
    assert result.exit_code == 1
    assert "refused" in result.output
    assert "Check CDEF_MAIL_SERVER and CDEF_MAIL_PORT." in result.output


def test_a_silent_server_is_left_and_told(app: Flask) -> None:
    app.config["MAIL_TIMEOUT"] = 0.1
    with silent_server() as app.extensions["mail"].port:
        result = check(app)
    assert result.exit_code == 1
    assert "timed out" in result.output


def test_what_is_no_address_is_refused(app: Flask, post: MailServer) -> None:
    assert check(app, "nobody").exit_code == 2
    assert post.received == []


class TestWithoutAMailServer:
    @pytest.fixture
    def settings(self) -> dict[str, Any]:
        return {"MAIL_SERVER": ""}

    def test_it_says_what_to_set(self, app: Flask) -> None:
        result = check(app)
        assert result.exit_code == 1
        assert "CDEF_MAIL_SERVER" in result.output
