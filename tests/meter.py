"""How many statements each page takes that is opened, whoever opens it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flask import Flask
from sqlalchemy import event

from cdef.kernel.db import db

MOST = 12  # statements of a page
WRITES = ("INSERT", "UPDATE", "DELETE")


class Meter:
    """Stands before the app, and counts what the database is sent until an answer begins."""

    def __init__(self, app: Flask) -> None:
        self.answer: Callable[..., Iterable[bytes]] = app.wsgi_app
        self.seen: list[str] = []
        self.costs: dict[str, list[str]] = {}
        app.wsgi_app = self  # type: ignore[assignment]
        event.listen(db.engine, "before_cursor_execute", self.note)

    def note(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            self.seen.append(statement)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.seen = []

        def note_status(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            """A page is drawn by then, whole."""
            kind = dict(headers).get("Content-Type", "")
            if status.startswith("200") and kind.startswith("text/html"):
                self.keep(environ)
            return start(status, headers, *more)

        return self.answer(environ, note_status)

    def keep(self, environ: dict[str, Any]) -> None:
        """The dearest answer of each address is kept; one that changed something is no page."""
        seen = list(self.seen)
        if any(statement.startswith(WRITES) for statement in seen):
            return
        address = "?".join(filter(None, (environ["PATH_INFO"], environ["QUERY_STRING"])))
        self.costs[address] = max(self.costs.get(address, []), seen, key=len)

    def faults(self) -> Iterator[str]:
        for address, seen in self.costs.items():
            if len(seen) > MOST:
                yield f"{address} takes {len(seen)} statements"
