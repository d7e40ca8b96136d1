"""What is left blank in a letter that many get, which is rendered once, and filled in for each."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace

from markupsafe import escape

from cdef.kernel.words import one_line
from cdef.outbox.envelope import NAME_LIMIT, Attachment, Envelope

BLANK = re.compile("blank[0-9a-f]{32}")


def blank() -> str:
    """What stands where each reader has something of their own; nobody can have written it."""
    return f"blank{secrets.token_hex(16)}"


def fill_in(
    form: Envelope,
    to: tuple[str, str],
    own: Mapping[str, str],
    *,
    attachments: Sequence[Attachment] = (),
    hide: Sequence[str] = (),
) -> Envelope:
    """The letter to one person, (name, address); ``own`` has a value for each blank of the form.

    A value is put in once and as it is: whatever it looks like, it is text.
    """
    name, email = to
    said = {form.to_name: one_line(name, NAME_LIMIT)} if form.to_name else {}
    values = {**said, **own}
    return replace(
        form,
        to_email=email,
        to_name=one_line(name, NAME_LIMIT),
        text=BLANK.sub(lambda found: values.get(found[0], found[0]), form.text),
        html=BLANK.sub(lambda found: escape(values.get(found[0], found[0])), form.html),
        attachments=attachments,
        secrets=hide,
    )
