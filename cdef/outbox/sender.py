"""The only place that speaks SMTP: frozen bytes in, the server's verdict out."""

import smtplib
import ssl
from dataclasses import dataclass

import flask_mail
from flask import current_app

from cdef.outbox.envelope import sender
from cdef.outbox.models import Letter

FAILURES = (smtplib.SMTPException, OSError)  # What a mail server's absence or refusal raises.


@dataclass(frozen=True)
class Verdict:
    """What became of one delivery: ``hand_over``, ``defer`` or ``fail``, and the server's words."""

    verb: str
    answer: str


class FrozenMessage(flask_mail.Message):
    """A message whose bytes were written when its letter was posted."""

    def __init__(self, letter: Letter) -> None:
        super().__init__(letter.subject, recipients=[letter.to_email], sender=sender()[1])
        self.raw = letter.raw

    def as_bytes(self) -> bytes:
        return self.raw


class Connection(flask_mail.Connection):
    """Flask-Mail's connection with time limits, verified TLS, and a QUIT that cannot undo a delivery."""

    def configure_host(self) -> smtplib.SMTP | smtplib.SMTP_SSL:
        timeout = current_app.config["MAIL_TIMEOUT"]
        context = ssl.create_default_context()
        host: smtplib.SMTP | smtplib.SMTP_SSL
        if self.mail.use_ssl:
            host = smtplib.SMTP_SSL(
                self.mail.server, self.mail.port, timeout=timeout, context=context
            )
        else:
            host = smtplib.SMTP(self.mail.server, self.mail.port, timeout=timeout)
        try:
            if self.mail.use_tls:
                host.starttls(context=context)
            if self.mail.username and self.mail.password:
                host.login(self.mail.username, self.mail.password)
        except BaseException:
            host.close()
            raise
        return host

    def close(self) -> None:
        """Say goodbye; what was accepted stays accepted whatever the answer."""
        if self.host is None:
            return
        try:
            self.host.quit()
        except FAILURES:
            self.host.close()
        self.host = None


def connect() -> Connection:
    """An open connection to the mail server; one of ``FAILURES`` where there is none."""
    connection = Connection(current_app.extensions["mail"])
    connection.host = connection.configure_host()
    return connection


def deliver(connection: Connection, letter: Letter) -> Verdict:
    """Hand one letter over: 250 is success, 5xx for the recipient or the message is final."""
    try:
        connection.send(FrozenMessage(letter))
    except smtplib.SMTPRecipientsRefused as error:
        return refused(*next(iter(error.recipients.values())))
    except smtplib.SMTPDataError as error:
        return refused(error.smtp_code, error.smtp_error)
    except FAILURES as error:
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
