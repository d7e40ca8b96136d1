"""A real mail server on the loopback, which keeps the bytes that it receives."""

import re
import threading
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.cast import parse, text_of

PATIENCE = 15  # seconds until a letter, or anything on a page, must be here; a slow machine's share


@dataclass(frozen=True)
class Delivery:
    """One message as it came over the wire, and whom the envelope named."""

    to: list[str]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return parse(self.raw)


class Post(Controller):
    """Takes every letter; ``wait`` returns those that a test expects."""

    def __init__(self) -> None:
        self.received: list[Delivery] = []
        self.arrived = threading.Condition()
        super().__init__(self, hostname="127.0.0.1", port=0)

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's)
        assert isinstance(envelope.content, bytes)
        with self.arrived:
            self.received.append(Delivery(envelope.rcpt_tos, envelope.content))
            self.arrived.notify_all()
        return "250 Taken"

    def found(self, to: str, subject: str) -> list[Delivery]:
        return [
            delivery
            for delivery in self.received
            if (not to or delivery.to == [to]) and subject in str(delivery.message["Subject"])
        ]

    def wait(self, *, to: str = "", subject: str = "", count: int = 1) -> list[Delivery]:
        """The deliveries to somebody whose subject says this, as soon as there are so many."""
        with self.arrived:
            came = self.arrived.wait_for(lambda: len(self.found(to, subject)) >= count, PATIENCE)
        assert came, f"{len(self.found(to, subject))} of {count} came: {self.subjects()}"
        return self.found(to, subject)

    def subjects(self) -> list[tuple[list[str], Any]]:
        return [(delivery.to, delivery.message["Subject"]) for delivery in self.received]

    def link(self, *, to: str, subject: str = "", count: int = 1) -> str:
        """The first link of the newest letter to somebody, once there are ``count`` of them."""
        text = text_of(self.wait(to=to, subject=subject, count=count)[-1].message)
        found = re.search(r"http://\S+", text)
        assert found is not None
        return found[0]

    def code(self, *, to: str, subject: str = "") -> str:
        text = text_of(self.wait(to=to, subject=subject)[-1].message)
        found = re.search(r"\b\d{6}\b", text)
        assert found is not None
        return found[0]
