"""The number of a request: its lines in the log share it, its letters, and theirs in the worker."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from flask import Flask, Response, request

HEADER = "X-Request-ID"
FROM_A_PROXY = re.compile(r"[A-Za-z0-9-]{8,64}")
of_now: ContextVar[str] = ContextVar("request_id", default="")


def init_app(app: Flask) -> None:
    """Number each request, before anything can be said of it, and tell whoever asked."""
    app.before_request(lambda: begin(bool(app.config["PROXIES"])))
    app.after_request(tell)
    app.teardown_request(end)


def begin(has_proxy: bool) -> None:
    """Take the number that a proxy of ours has given; whoever else sends one is not believed."""
    given = request.headers.get(HEADER, "") if has_proxy else ""
    of_now.set(given if FROM_A_PROXY.fullmatch(given) else secrets.token_hex(8))


def tell(response: Response) -> Response:
    response.headers[HEADER] = current()
    return response


def end(_error: BaseException | None) -> None:
    of_now.set("")


def current() -> str:
    """The number of the request that is being answered, or of the one that a letter came from."""
    return of_now.get()


@contextmanager
def about(number: str) -> Iterator[None]:
    """What is said meanwhile belongs to that request, though it was answered long ago."""
    token = of_now.set(number)
    try:
        yield
    finally:
        of_now.reset(token)
