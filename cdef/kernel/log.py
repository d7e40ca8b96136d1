"""What the server writes down: a line of JSON for each change, each refusal and each error.

No line has an address of the app, since links in mails carry their secret there, and none has what
was typed. JSON keeps whatever is said on one line.
"""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, g, request
from flask.logging import default_handler

from cdef.kernel import trace
from cdef.kernel.access import network

OF_A_REQUEST = logging.getLogger(__name__)
# Where PostgreSQL refuses a row, it says what is in it.
OF_A_ROW = re.compile(r"^(DETAIL|CONTEXT):.*$", re.MULTILINE)


class Lines(logging.Formatter):
    """One JSON object on one line, with the time in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "by": record.name}
        if trace.current():
            line["request"] = trace.current()
        line |= {"said": OF_A_ROW.sub("…", record.getMessage())} | getattr(record, "facts", {})
        if record.exc_info:
            line["error"] = OF_A_ROW.sub("…", self.formatException(record.exc_info))
        return json.dumps(line)


def init_app(app: Flask) -> None:
    """Every logger below the app's own writes such lines to standard error."""
    default_handler.setFormatter(Lines())
    app.logger.addHandler(default_handler)
    app.logger.setLevel(logging.INFO)
    app.after_request(write_down)


def write_down(response: Response) -> Response:
    """Whatever asked for a change, and whatever was refused; reading is nobody's business."""
    status = g.get("refused", response.status_code)
    if request.endpoint == "static" or (request.method in ("GET", "HEAD") and status < 400):
        return response
    OF_A_REQUEST.info("answered", extra={"facts": facts(status)})
    return response


def facts(status: int) -> dict[str, Any]:
    """Who asked for what, from where, and how it ended."""
    person = g.get("person")
    numbers = {
        name: value for name, value in (request.view_args or {}).items() if isinstance(value, int)
    }
    return {
        "method": request.method,
        "what": request.endpoint or "nothing",
        "status": status,
        "who": f"person:{person.id}" if person else "nobody",
        "from": network(),
        **numbers,
    }
