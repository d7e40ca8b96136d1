"""A stored letter as staff read it: its parts, with secrets masked."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from flask import Response

from cdef.outbox.models import Letter

HTML_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"
)
MASK = "•••"


@dataclass(frozen=True)
class Part:
    """An attachment: its place in the letter, name, type, and size in bytes."""

    number: int
    name: str
    type: str
    size: int
    content: bytes


@dataclass(frozen=True)
class Reading:
    """What a letter says, as it was frozen."""

    headers: list[tuple[str, str]]
    text: str
    html: str
    attachments: list[Part]


def read(letter: Letter, *, show_secrets: bool) -> Reading:
    """Take a letter's bytes apart; sign-in and personal links are masked unless this is the demo."""
    message = message_from_bytes(letter.raw, policy=policy.default)
    hide = [] if show_secrets else letter.secrets
    shown = ("From", "To", "Subject", "Date", "Message-ID")
    return Reading(
        headers=[(name, masked(str(message[name]), hide)) for name in shown],
        text=masked(body(message, "plain"), hide),
        html=masked(body(message, "html"), hide),
        attachments=[
            part(number, found) for number, found in enumerate(message.iter_attachments())
        ],
    )


def body(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    return str(found.get_content()) if found else ""


def part(number: int, found: EmailMessage) -> Part:
    content = cast(bytes, found.get_payload(decode=True))
    return Part(number, found.get_filename() or "", found.get_content_type(), len(content), content)


def masked(text: str, secrets: list[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, MASK)
    return text


def html_answer(reading: Reading) -> Response:
    """The HTML part alone: no scripts, nothing loaded from elsewhere, only mail's own inline styles."""
    response = Response(reading.html, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = HTML_POLICY
    return response


def attachment_answer(reading: Reading, number: int) -> Response | None:
    """One attachment as a download, or None where the letter has no such part."""
    found = next((part for part in reading.attachments if part.number == number), None)
    if found is None:
        return None
    response = Response(found.content, mimetype=found.type)
    response.headers.add("Content-Disposition", "attachment", filename=found.name)
    return response
