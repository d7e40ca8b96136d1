"""Proves the mail settings: one test mail, step by step, with the server's own words for each."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import current_app

from cdef.kernel.emails import ascii_email
from cdef.kernel.words import one_line
from cdef.outbox import rules
from cdef.outbox.envelope import Envelope, sender, to_bytes
from cdef.outbox.sender import FAILURES, own_name, reach, sentence

Answer = tuple[int, bytes]
SUBJECT = "A test of the training's mail"
TEXT = (
    "This is a test of how the registration for the training sends its mail.\n\n"
    "It has arrived, so the settings are right. Nobody needs to answer.\n"
)
HTML = "<p>This is a test of how the registration for the training sends its mail.</p>\n"


@dataclass(frozen=True)
class Step:
    """One step of the conversation: what was done, and whether the server agreed; advice if not."""

    name: str
    is_done: bool
    said: str
    advice: str = ""


class NotTaken(smtplib.SMTPResponseException):
    """The server answered, and did not agree."""


@dataclass
class Conversation:
    """The steps of one delivery to an address, each of which returns the server's answer."""

    address: str
    now: datetime
    host: smtplib.SMTP = field(default_factory=smtplib.SMTP)

    @property
    def mail(self) -> Any:
        return current_app.extensions["mail"]

    def steps(self) -> Iterator[tuple[str, Callable[[], str], str]]:
        where = f"{self.mail.server}, port {self.mail.port}"
        yield f"Connecting to {where}", self.connect, "Check CDEF_MAIL_SERVER and CDEF_MAIL_PORT."
        if self.mail.use_tls:
            yield "Encrypting (STARTTLS)", self.encrypt, "Check CDEF_MAIL_USE_TLS and the port."
        yield "Introducing ourselves", self.introduce, "Check CDEF_BASE_URL: its host is our name."
        if self.mail.username:
            advice = "Check CDEF_MAIL_USERNAME and CDEF_MAIL_PASSWORD."
            yield f"Signing in as {self.mail.username}", self.sign_in, advice
        own = ascii_email(sender()[1])
        yield (
            f"Sending from {own}",
            lambda: told(self.host.mail(own)),
            ("Check CDEF_MAIL_DEFAULT_SENDER: this server lets only some senders through."),
        )
        to = ascii_email(self.address)
        yield (
            f"Naming the recipient {to}",
            lambda: told(self.host.rcpt(to)),
            ("Check the address; or the server takes mail for elsewhere only after signing in."),
        )
        yield "Handing the mail over", lambda: told(self.host.data(self.message())), ""

    def connect(self) -> str:
        host = self.host = reach()
        said = told(host.greeting)
        return f"{said} ({self.cipher()})" if self.mail.use_ssl else said

    def encrypt(self) -> str:
        answer = self.host.starttls(context=ssl.create_default_context())
        return f"{told(answer)} ({self.cipher()})"

    def cipher(self) -> str:
        version = self.host.sock.version() if isinstance(self.host.sock, ssl.SSLSocket) else ""
        return f"{version}, and the certificate proves the server's name"

    def introduce(self) -> str:
        self.host.ehlo_or_helo_if_needed()
        code = "EHLO" if self.host.ehlo_resp else "HELO"
        return f"{code} {own_name()} was taken"

    def sign_in(self) -> str:
        return told(self.host.login(self.mail.username, self.mail.password))

    def message(self) -> bytes:
        own = ascii_email(sender()[1])
        envelope = Envelope("", "", self.address, "", SUBJECT, TEXT, HTML)
        return to_bytes(
            envelope, f"<check.{self.now.timestamp():.6f}@{own.rpartition('@')[2]}>", self.now
        )

    def end(self) -> None:
        """Whatever the server says to it: what it has taken it has taken."""
        with suppress(*FAILURES):
            self.host.quit()
        self.host.close()


def told(answer: Answer) -> str:
    """The server's answer in one line; ``NotTaken`` where it is no yes."""
    code, words = answer
    if not 200 <= code < 300:
        raise NotTaken(code, words)
    return one_line(f"{code} {words.decode(errors='replace')}", rules.ANSWER_LIMIT)


def check(address: str, *, now: datetime) -> Iterator[Step]:
    """Send one test mail; each step with what the server said, the last one where it ended."""
    talk = Conversation(address, now)
    try:
        for name, take, advice in talk.steps():
            step = taken(name, take, advice)
            yield step
            if not step.is_done:
                return
    finally:
        talk.end()


def taken(name: str, take: Callable[[], str], advice: str) -> Step:
    try:
        return Step(name, True, take())
    except FAILURES as error:
        return Step(name, False, one_line(sentence(error), rules.ANSWER_LIMIT), advice)
