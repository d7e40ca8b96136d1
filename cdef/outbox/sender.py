"""The only place that speaks SMTP: frozen bytes in, the server's verdict out."""

import logging
import smtplib
import ssl
from copy import copy
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Protocol
from urllib.parse import urlsplit

import flask_mail
from flask import current_app

from cdef.kernel.emails import ascii_email
from cdef.outbox import rules
from cdef.outbox.envelope import sender

FAILURES = (smtplib.SMTPException, OSError)  # What a mail server's absence or refusal raises.
END_OF_LETTER = b"\r\n.\r\n"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Verdict:
    """What became of one delivery: ``hand_over``, ``defer`` or ``fail``, and the server's words."""

    verb: str
    answer: str


class Outgoing(Protocol):
    """What of a letter goes over the wire."""

    @property
    def id(self) -> int: ...
    @property
    def to_email(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def raw(self) -> bytes: ...


class FrozenMessage(flask_mail.Message):
    """A message whose bytes were written when its letter was posted."""

    raw = b""

    def of(self, letter: Outgoing) -> "FrozenMessage":
        """The same for a letter: to make one anew, Flask-Mail asks the network for its own name."""
        message = copy(self)
        message.subject, message.raw = letter.subject, letter.raw
        message.recipients = [ascii_email(letter.to_email)]
        return message

    def as_bytes(self) -> bytes:
        return self.raw


class Patient(smtplib.SMTP):
    """Waits for each step as long as is set, but for the answer to a whole letter as it must."""

    greeting: tuple[int, bytes] = (0, b"")  # What the server said first.

    def connect(self, *where: Any, **options: Any) -> tuple[int, bytes]:
        self.greeting = super().connect(*where, **options)
        return self.greeting

    def send(self, s: Any) -> None:
        if self.sock:
            self.sock.settimeout(self.timeout)
        super().send(s)
        if self.sock and isinstance(s, bytes) and s.endswith(END_OF_LETTER):
            self.sock.settimeout(rules.AFTER_LETTER.total_seconds())


class PatientTLS(Patient, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


class Connection(flask_mail.Connection):
    """Flask-Mail's connection with time limits, verified TLS, and a QUIT that cannot undo a delivery."""

    def __init__(self, mail: flask_mail.Mail) -> None:
        settings = copy(mail)
        settings.max_emails = None  # type: ignore[attr-defined]  # of what Mail really hands out
        # The worker counts: a reconnection that fails here would fail a letter that has arrived.
        super().__init__(settings)
        self.blank = FrozenMessage(sender=ascii_email(sender()[1]))

    def configure_host(self) -> Patient:
        host = reach()
        try:
            if self.mail.use_tls:
                host.starttls(context=ssl.create_default_context())
            if self.mail.username and self.mail.password:
                host.login(self.mail.username, self.mail.password)
        except BaseException:
            host.close()
            raise
        return host

    def is_usable(self) -> bool:
        """Whether another letter can follow one that was not taken, of which nothing must linger."""
        try:
            return self.host is not None and self.host.rset()[0] == 250
        except FAILURES:
            return False

    def close(self) -> None:
        """Say goodbye; what was accepted stays accepted whatever the answer."""
        if self.host is None:
            return
        try:
            self.host.quit()
        except FAILURES:
            self.host.close()
        self.host = None


def own_name() -> str:
    """How the app presents itself: by its own address, since to ask the network may take long."""
    host = urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"
    try:
        address = ip_address(host)
    except ValueError:
        return host.encode("idna").decode()
    return f"[IPv6:{address}]" if address.version == 6 else f"[{address}]"  # RFC 5321, 4.1.3


def reach() -> Patient:
    """The mail server's greeting, by the way that is set."""
    config = current_app.config
    mail = current_app.extensions["mail"]
    options = {"local_hostname": own_name(), "timeout": config["MAIL_TIMEOUT"]}
    if mail.use_ssl:
        return PatientTLS(mail.server, mail.port, context=ssl.create_default_context(), **options)
    return Patient(mail.server, mail.port, **options)


def connect() -> Connection:
    """An open connection to the mail server; one of ``FAILURES`` where there is none."""
    connection = Connection(current_app.extensions["mail"])
    connection.host = connection.configure_host()
    return connection


def deliver(connection: Connection, letter: Outgoing) -> Verdict:
    """Hand one letter over: 250 is success, 5xx for the recipient or the message is final."""
    try:
        connection.send(connection.blank.of(letter))
    except smtplib.SMTPRecipientsRefused as error:
        return refused(*next(iter(error.recipients.values())))
    except smtplib.SMTPDataError as error:
        return refused(error.smtp_code, error.smtp_error)
    except FAILURES as error:
        return Verdict("defer", sentence(error))
    except Exception as error:  # One odd letter must not stop those behind it.
        log.exception("letter %s cannot be sent", letter.id)
        return Verdict("defer", sentence(error))
    return Verdict("hand_over", "The mail server accepted it.")


def refused(code: int, answer: bytes | str) -> Verdict:
    words = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return Verdict("fail" if code >= 500 else "defer", f"{code} {words}")


def sentence(error: Exception) -> str:
    """The server's own words where there are any, else what went wrong."""
    if isinstance(error, smtplib.SMTPResponseException):
        return refused(error.smtp_code, error.smtp_error).answer
    return str(error) or type(error).__name__
