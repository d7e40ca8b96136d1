"""A mail server on the loopback that can be told to refuse, to fall silent and to hang up."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session, syntax

from tests.browser.post import Delivery, Post

HANG_UP = "hang up"


class Speaker(SMTP):
    """Refuses the whole letter before it has begun, where it is told to."""

    handler: "MailServer"

    def __init__(self, handler: "MailServer", **options: Any) -> None:
        super().__init__(handler, **options)
        self.handler = handler

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 (aiosmtpd's)
        answer = self.handler.next_answer("DATA")
        if answer:
            await self.push(answer)
        else:
            await super().smtp_DATA(arg)


class MailServer(Post):
    """Takes every letter, unless ``answers`` says otherwise for a step of the conversation.

    ``answers["RCPT"] = ["450 Busy"]`` refuses the next recipient, and takes the one after. Steps are
    EHLO, MAIL, RCPT, DATA (before the letter), "." (after it) and QUIT. ``slow`` says how many
    seconds it thinks about a step, and ``meanwhile`` what happens before it answers to one.
    """

    def __init__(self, **options: Any) -> None:
        self.answers: dict[str, list[str]] = {}
        self.slow: dict[str, float] = {}
        self.meanwhile: dict[str, Callable[[], object]] = {}
        self.presented_as = ""
        self.connections = 0
        self.options = options
        super().__init__()

    def start(self) -> None:
        """Listen; after a stop, at the same port again."""
        if self.loop.is_closed():
            self.loop = asyncio.new_event_loop()
        super().start()

    def factory(self) -> SMTP:
        return Speaker(self, **self.SMTP_kwargs, **self.options)

    def next_answer(self, step: str) -> str:
        answers = self.answers.get(step)
        return answers.pop(0) if answers else ""

    async def handle_EHLO(  # noqa: N802 (aiosmtpd's)
        self, server: SMTP, session: Session, _envelope: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        self.presented_as = hostname
        refusal = await self.think(server, "EHLO")
        return [refusal] if refusal else answers

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = await self.think(server, "MAIL")
        if not answer:
            envelope.mail_from, envelope.mail_options = address, options
        return answer or "250 Go on"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = await self.think(server, "RCPT")
        if not answer:
            envelope.rcpt_tos.append(address)
        return answer or "250 Go on"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answer = await self.think(server, ".")
        if answer and answer != HANG_UP:
            return answer
        return await super().handle_DATA(server, session, envelope)

    async def handle_QUIT(self, server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        return await self.think(server, "QUIT") or "221 Goodbye"

    async def think(self, server: SMTP, step: str) -> str:
        """What to answer to a step; nothing is heard of it where the connection is cut."""
        await asyncio.sleep(self.slow.get(step, 0))
        self.meanwhile.get(step, lambda: None)()
        answer = self.next_answer(step)
        if answer == HANG_UP and server.transport is not None:
            server.transport.abort()
        return answer


@contextmanager
def silent_server() -> Iterator[int]:
    """A port at which somebody listens who never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


__all__ = ["HANG_UP", "Delivery", "MailServer", "free_port", "silent_server"]
