"""Answers to programs that ask for a calendar again and again: the whole of it, or that it is as before."""

from datetime import datetime, timedelta
from hashlib import sha256

from flask import Response, make_response, request
from werkzeug.datastructures import Headers

# Two changes of one second look the same to a program that remembers seconds (RFC 9110, 8.8.2.2).
SETTLED = timedelta(seconds=2)


def feed(content: bytes, name: str, *, changed: datetime | None, now: datetime) -> Response:
    """A calendar under a file's name, or 304 for whoever has it as it is; always asked for anew."""
    headers = Headers({"Content-Type": "text/calendar; charset=utf-8"})
    headers.add("Content-Disposition", "attachment", filename=name)
    headers["Cache-Control"] = "private, no-cache"
    response = make_response(content, headers)
    response.set_etag(sha256(content).hexdigest()[:32])
    if changed and now - changed >= SETTLED:
        response.last_modified = changed
    response.make_conditional(request)  # In place: it is another answer only in its type.
    return response
