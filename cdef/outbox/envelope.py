"""A letter before it is posted: rendered from its folder of templates, then written as bytes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any

from css_inline import CSSInliner
from flask import current_app, render_template

from cdef.kernel.words import one_line

SUBJECT_LIMIT = 150
NAME_LIMIT = 120
inliner = CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)


@dataclass(frozen=True)
class Attachment:
    """A file in a letter; ``method`` is a calendar part's, "REQUEST" or "CANCEL"."""

    name: str
    content: bytes
    type: str = "text/calendar"
    method: str = ""


@dataclass(frozen=True)
class Envelope:
    """One letter to one person, rendered."""

    kind: str
    about: str
    to_email: str
    to_name: str
    subject: str
    text: str
    html: str
    attachments: Sequence[Attachment] = ()
    secrets: Sequence[str] = ()
    expires_at: datetime | None = None
    headers: dict[str, str] = field(default_factory=dict)


def write(
    kind: str,
    to: tuple[str, str],
    *,
    about: str,
    attachments: Sequence[Attachment] = (),
    secrets: Sequence[str] = (),
    expires_at: datetime | None = None,
    **context: Any,
) -> Envelope:
    """Render the templates of ``letters/<kind>/`` for one person; ``to`` is (name, address)."""
    name, email = to
    context |= {"to_name": one_line(name, NAME_LIMIT), "base_url": current_app.config["BASE_URL"]}
    subject, text, html = (
        render_template(f"letters/{kind}/{part}", **context)
        for part in ("subject.txt", "body.txt", "body.html")
    )
    return Envelope(
        kind=kind,
        about=about,
        to_email=email,
        to_name=context["to_name"],
        subject=one_line(subject, SUBJECT_LIMIT),
        text=spaced(text),
        html=inliner.inline(html),
        attachments=attachments,
        secrets=secrets,
        expires_at=expires_at,
    )


def spaced(text: str) -> str:
    """At most one empty line between paragraphs, whatever a template's branches left out."""
    return re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"


def sender() -> tuple[str, str]:
    """The name and address that letters come from, and that calendars name as their organizer."""
    return parseaddr(current_app.config["MAIL_DEFAULT_SENDER"])


def to_bytes(envelope: Envelope, message_id: str, now: datetime) -> bytes:
    """The message as it will go over the wire (RFC 5322, 2045): text, HTML and calendar parts."""
    message = EmailMessage(policy=SMTP)
    message["From"] = address(*sender())
    message["To"] = address(envelope.to_name, envelope.to_email)
    message["Subject"] = envelope.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    for name, value in envelope.headers.items():
        message[name] = one_line(value, 900)
    message.set_content(envelope.text, cte="quoted-printable")
    message.add_alternative(envelope.html, subtype="html", cte="quoted-printable")
    for attachment in envelope.attachments:
        attach(message, attachment)
    return message.as_bytes()


def address(name: str, email: str) -> Address:
    return Address(display_name=one_line(name, NAME_LIMIT), addr_spec=email)


def attach(message: EmailMessage, attachment: Attachment) -> None:
    maintype, subtype = attachment.type.split("/")
    params = {"charset": "utf-8"} if maintype == "text" else {}
    if attachment.method:
        params["method"] = attachment.method
    message.add_attachment(
        attachment.content, maintype, subtype, filename=attachment.name, params=params
    )
