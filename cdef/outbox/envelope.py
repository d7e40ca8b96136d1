"""A letter before it is posted: rendered from its folder of templates, then written as bytes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, parseaddr, quote
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from css_inline import CSSInliner
from flask import current_app, render_template

from cdef.kernel.emails import ascii_email
from cdef.kernel.words import one_line
from cdef.outbox import mime
from cdef.outbox.wording_rules import Worded
from cdef.outbox.wordings import filled, kinds, wording_of

SUBJECT_LIMIT = 150
NAME_LIMIT = 120
HEADER_LIMIT = 900  # A line has at most 998 octets (RFC 5322, 2.1.1).
PLAIN_LINE = 66  # What folds a header leaves room for its name.
NOTHING: Mapping[str, str] = MappingProxyType({})
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
    not_before: datetime | None = None  # A letter that waits for quiet.
    headers: dict[str, str] = field(default_factory=dict)


def write(
    kind: str,
    to: tuple[str, str],
    *,
    about: str,
    attachments: Sequence[Attachment] = (),
    secrets: Sequence[str] = (),
    expires_at: datetime | None = None,
    scope: str = "",
    says: Mapping[str, str] = NOTHING,
    also: Mapping[str, str] = NOTHING,
    wording: Worded | None = None,
    **context: Any,
) -> Envelope:
    """Render the templates of ``letters/<kind>/`` for one person; ``to`` is (name, address).

    ``says`` and ``also`` fill the places of the wording that holds in ``scope``, or of ``wording``.
    """
    name, email = to
    context |= {"to_name": one_line(name, NAME_LIMIT), "base_url": current_app.config["BASE_URL"]}
    worded = kinds().get(kind)
    if worded:
        words = wording or wording_of(worded, scope)
        context |= filled(worded, words, {**says, **also})
    else:
        context["subject"] = render_template(f"letters/{kind}/subject.txt", **context)
    return Envelope(
        kind=kind,
        about=about,
        to_email=email,
        to_name=context["to_name"],
        subject=one_line(context["subject"], SUBJECT_LIMIT),
        text=spaced(render_template(f"letters/{kind}/body.txt", **context)),
        html=inliner.inline(render_template(f"letters/{kind}/body.html", **context)),
        attachments=attachments,
        secrets=secrets,
        expires_at=expires_at,
    )


def spaced(text: str) -> str:
    """At most one empty line between paragraphs, whatever a template's branches left out."""
    return re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"


def sender() -> tuple[str, str]:
    """The name and address that letters come from, and that calendars name as their organizer."""
    return read_mailbox(current_app.config["MAIL_DEFAULT_SENDER"])


@cache
def read_mailbox(setting: str) -> tuple[str, str]:
    return parseaddr(setting)


def to_bytes(envelope: Envelope, message_id: str, now: datetime) -> bytes:
    """The message as it will go over the wire (RFC 5322, 2045): text, HTML and calendar parts.

    It is written here: ``EmailMessage`` reads a name anew before it writes it, and then what looks
    like an encoded word can become recipients or headers of its own. It also takes ten times as long.
    """
    headers = {
        "From": mailbox(*sender()),
        "To": mailbox(envelope.to_name, envelope.to_email),
        "Subject": encoded(envelope.subject),
        "Date": format_datetime(now),
        "Message-ID": message_id,
        "Auto-Submitted": "auto-generated",
    }
    headers |= {name: encoded(value) for name, value in envelope.headers.items()}
    headers["MIME-Version"] = "1.0"
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return head.encode("ascii") + content(envelope)


def content(envelope: Envelope) -> bytes:
    """The parts of a letter, under the headers that say what they are."""
    read = [mime.text_part("plain", envelope.text), mime.text_part("html", envelope.html)]
    body = mime.multipart("alternative", read)
    if not envelope.attachments:
        return body
    return mime.multipart("mixed", [body, *map(attached, envelope.attachments)])


def attached(attachment: Attachment) -> bytes:
    kind = attachment.type
    if kind.startswith("text/"):
        kind += '; charset="utf-8"'
    if attachment.method:
        kind += f'; method="{attachment.method}"'
    return mime.file_part(attachment.name, kind, attachment.content)


def stop_headers(address: str) -> dict[str, str]:
    """By which a reader's mail program offers to stop such letters with one click (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def mailbox(name: str, email: str) -> str:
    """A person and address as a header says them: ``"Imogen Castellanos" <imogen@example.org>``."""
    name, address = one_line(name, NAME_LIMIT), one_line(ascii_email(email))
    if not name:
        return address
    return f'"{quote(name)}" <{address}>' if is_plain(name) else f"{encoded(name)} <{address}>"


@lru_cache(maxsize=256)
def encoded(text: str) -> str:
    """A text as a header holds it: plain where it can be, else in encoded words (RFC 2047)."""
    line = one_line(text, HEADER_LIMIT)
    charset = "us-ascii" if is_plain(line) else "utf-8"
    return Header(line, charset, PLAIN_LINE).encode(linesep="\r\n")


def is_plain(text: str) -> bool:
    """Whether a text means itself in a header, and not what an encoded word would."""
    return text.isascii() and "=?" not in text
