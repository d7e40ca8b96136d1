"""Reading changes nothing: every address that answers GET, found by following every link."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from html import unescape

import pytest
from flask import request
from flask.testing import FlaskClient
from sqlalchemy import select

from cdef.kernel import access
from cdef.kernel.db import db, transaction
from cdef.outbox.models import Letter
from tests.cast import Mailbox, html_of, parse, text_of
from tests.conftest import on_sqlite
from tests.world import World, digest, routes

ROLES = ("nobody", "lead", "other", "member", "staff", "ended")
OURS = "http://localhost"
# Read once: nobody's answer is everybody's.
SAME_FOR_ALL = re.compile(r"/demo|/static/|(/cohorts/.*)?/(flyer.pdf|calendar.ics)")


class Watch:
    """Notices when anybody else has written to the database, even the values that it had."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.version = self.look()

    def look(self) -> int:
        found: int = self.connection.execute("PRAGMA data_version").fetchone()[0]
        return found

    def has_changed(self) -> bool:
        before, self.version = self.version, self.look()
        return self.version != before


def links(html: str) -> set[str]:
    """Every address of ours that a page names: links, files, what scripts ask, where forms go."""
    found = re.findall(r'(?:href|src|action|formaction|hx-get|hx-post)="([^"]*)"', html)
    return {local(address) for address in map(unescape, found) if local(address)[:1] == "/"}


def local(address: str) -> str:
    return address.removeprefix(OURS).partition("#")[0]


def mailed(mailbox: Mailbox) -> set[str]:
    """Every address in every letter, in its text and in its HTML."""
    messages = [parse(letter.raw) for letter in mailbox.letters()]
    bodies = [body for message in messages for body in (text_of(message), html_of(message))]
    return {local(found) for body in bodies for found in re.findall(rf"{OURS}/[^\s\"<>]*", body)}


def crawl(
    client: FlaskClient, starts: Iterable[str], watch: Watch, skip: Iterable[str] = ()
) -> tuple[set[str], list[str]]:
    """Follow every link from the given addresses, by GET and HEAD: all that was seen, what wrote."""
    waiting, seen, wrote = sorted(starts), set(skip) | set(starts), []
    watch.has_changed()
    while waiting:
        address = waiting.pop()
        for method in ("GET", "HEAD"):
            with client.open(address, method=method) as response:
                if response.mimetype == "text/html" and response.status_code not in (303, 308):
                    new = links(response.text) - seen
                    waiting += sorted(new)
                    seen |= new
            if watch.has_changed():
                wrote.append(f"{method} {address}")
    return seen, wrote


@pytest.fixture
def watch(world: World) -> Iterator[Watch]:
    with closing(sqlite3.connect(str(db.engine.url.database))) as connection:
        yield Watch(connection)


def starts(world: World, role: str) -> set[str]:
    """Every route that answers GET, also with the links that work no more."""
    return {
        world.address(path, state)
        for method, path in routes(world.app)
        for state in ((role, "spent", "late", "fake") if role == "nobody" else (role,))
        if method == "GET"
    }


@on_sqlite
def test_reading_changes_nothing(world: World, watch: Watch, mailbox: Mailbox) -> None:
    before = digest()
    same_for_all: set[str] = set()
    for role in ROLES:
        begin = (starts(world, role) | mailed(mailbox)) - same_for_all
        seen, wrote = crawl(world.signed_in(role), begin, watch, same_for_all)
        assert (role, wrote) == (role, [])
        assert digest() == before
        same_for_all |= {address for address in seen if SAME_FOR_ALL.match(address)}
        if role == "staff":  # The crawl went where people go.
            assert {"/cohorts/southern-california/flyer.pdf", "/staff/outbox?state=held"} <= seen


def planted(world: World, *, in_get: bool) -> None:
    """A view that writes when it is merely opened, or only when a mail scanner asks for its head."""

    def view() -> str:
        if in_get or request.method == "HEAD":
            with transaction():
                letter = db.session.scalar(select(Letter).limit(1))
                assert letter is not None
                letter.attempts = letter.attempts + 1
        return ""

    view.audience = access.EVERYBODY  # type: ignore[attr-defined]
    world.app.view_functions["series.home"] = view


@on_sqlite
def test_a_view_that_writes_is_caught(world: World, watch: Watch) -> None:
    before = digest()
    planted(world, in_get=True)
    assert crawl(world.signed_in("nobody"), ["/"], watch)[1] == ["GET /", "HEAD /"]
    assert [name for name in before if digest()[name] != before[name]] == ["letter"]


@on_sqlite
def test_a_view_that_writes_for_its_head_alone_is_caught(world: World, watch: Watch) -> None:
    planted(world, in_get=False)
    assert crawl(world.signed_in("nobody"), ["/"], watch)[1] == ["HEAD /"]
