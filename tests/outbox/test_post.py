"""A letter is frozen when it is posted, in the transaction of its fact, and says only what it should."""

from contextlib import suppress
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from cdef.kernel import clock
from cdef.kernel.db import db, transaction
from cdef.kernel.words import one_line
from cdef.outbox import actions
from cdef.outbox.envelope import NAME_LIMIT, Envelope
from cdef.outbox.models import Letter
from tests.cast import Mailbox, parse
from tests.conftest import both_databases
from tests.outbox.conftest import Write

ADDRESS = "imogen.castellanos@example.org"
HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"]
ODD_NAMES = [
    'Éloïse "Lou" Castellanos, Ed.D. <imogen@elsewhere.example.org>',
    'Castellanos, Imogen; "Superintendent": (acting)',
    "a," * 60,
    "Castellanos" * 10,
    "é" * 120,
    "李静, 王芳" * 12,
    "👩‍👩‍👧 Imogen",
    "إيموجين كاستيلانوس",
    "Imogen\r\nBcc: everybody@example.org",
    "Imogen\r\n\r\nDear all",
    "Imogen\x00\x1b[31m\u202eCastellanos",
    "=?utf-8?q?=0d=0aBcc:_everybody@example.org?=",
    "Café =?utf-8?q?=0d=0a=0d=0aDear_all?=",
    '{{ 7 * 7 }} #read("/etc/passwd") =1+1',
    "Imogen\\",
    "",
]


def headers_of(letter: Letter) -> Message:
    """The message as the plainest program reads it, folded lines put together."""
    return message_from_bytes(letter.raw, policy=policy.compat32)


def decoded(value: str) -> str:
    return str(make_header(decode_header(value.replace("\r\n", ""))))


@both_databases
def test_a_letter_waits_with_its_bytes_for_the_worker(write: Write, mailbox: Mailbox) -> None:
    frozen = write().raw
    (letter,) = mailbox.letters()
    assert letter.raw == frozen
    assert (letter.state, letter.attempts, letter.due_at) == ("queued", 0, letter.created_at)
    assert [(event.state, event.at) for event in letter.history] == [("queued", letter.created_at)]


@both_databases
def test_what_is_undone_posts_nothing(app: Flask) -> None:
    envelope = Envelope("returned", "team:1", ADDRESS, "Imogen", "Your roster", "Dear", "<p>Dear")
    with suppress(ZeroDivisionError), transaction():
        actions.post(envelope, now=clock.now())
        _ = 1 / 0
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 0


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_name_reaches_one_person_and_nothing_else(write: Write, name: str) -> None:
    message = headers_of(write(ADDRESS, to_name=name))
    assert message.keys() == [*HEADERS, "MIME-Version", "Content-Type"]
    ((shown, address),) = getaddresses([message["To"].replace("\r\n", "")])
    assert address == ADDRESS
    assert decoded(shown) == one_line(name, NAME_LIMIT)


def test_a_subject_is_a_subject_and_nothing_else(write: Write) -> None:
    for subject in [*ODD_NAMES[:-1], "Roster " * 20, "Übersicht " * 14]:
        message = headers_of(write(subject=subject))
        assert message.keys() == [*HEADERS, "MIME-Version", "Content-Type"]
        assert decoded(message["Subject"]) == one_line(subject)


def test_a_message_is_lines_of_ascii_that_every_server_takes(write: Write) -> None:
    for text in ODD_NAMES:
        raw = write(to_name=text, subject=text or "x", text=text * 50, html=text * 50).raw
        assert raw.isascii()
        assert raw.count(b"\r") == raw.count(b"\n") == raw.count(b"\r\n")
        assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_a_domain_in_another_script_is_written_in_ascii(write: Write) -> None:
    message = headers_of(write("imogen@straße.example.org"))
    assert message["To"] == '"Imogen Castellanos" <imogen@xn--strae-oqa.example.org>'


def test_a_header_of_one_kind_of_letter_is_one_line(write: Write) -> None:
    message = headers_of(write(headers={"List-Unsubscribe": "<https://x>\r\nBcc: everybody"}))
    assert message["List-Unsubscribe"] == "<https://x> Bcc: everybody"
    assert "Bcc" not in message


def test_each_letter_has_an_identity_of_its_own_at_the_senders_domain(
    app: Flask, write: Write
) -> None:
    app.config["MAIL_DEFAULT_SENDER"] = "Training <training@example.org>"
    identities = [parse(write().raw)["Message-ID"] for _ in range(2)]
    assert len(set(identities)) == 2
    assert all(identity.endswith("@example.org>") for identity in identities)


def test_a_letter_says_that_a_machine_wrote_it(write: Write) -> None:
    message = parse(write().raw)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == clock.now().replace(microsecond=0)


class TestWithoutAMailServer:
    @pytest.fixture
    def settings(self) -> dict[str, Any]:
        return {"MAIL_SERVER": ""}

    def test_a_letter_is_held_and_says_why(self, write: Write, mailbox: Mailbox) -> None:
        write()
        (letter,) = mailbox.letters()
        assert (letter.state, letter.reason) == ("held", "No mail server is set.")
