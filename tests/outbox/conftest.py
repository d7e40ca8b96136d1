"""A real mail server, and letters to send to it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from cdef.kernel import clock
from cdef.kernel.db import transaction
from cdef.outbox import actions
from cdef.outbox.envelope import Attachment, Envelope
from cdef.outbox.models import Letter
from tests.outbox.mail_server import MailServer

Write = Callable[..., Letter]


@pytest.fixture
def post() -> Iterator[MailServer]:
    """The mail server that the app hands its letters to."""
    server = MailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def settings(post: MailServer) -> dict[str, Any]:
    return {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": post.port, "MAIL_TIMEOUT": 10}


@pytest.fixture
def write(app: Flask) -> Write:
    """Post a letter with an attachment and a line that begins with a dot."""

    def write(to: str = "imogen.castellanos@example.org", **fields: Any) -> Letter:
        words = {
            "kind": "returned",
            "about": "team:1",
            "to_name": "Imogen Castellanos",
            "subject": "Your roster",
            "text": "Dear Imogen,\n.\n..two dots\nFrom the café\n",
            "html": "<p>Dear Imogen</p>\n",
            "attachments": [Attachment("days.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")],
        }
        with transaction():
            return actions.post(Envelope(to_email=to, **words | fields), now=clock.now())

    return write
