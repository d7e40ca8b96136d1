"""Staff find a letter among very many: by state, words and team, page by page, with figures."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import insert

from cdef.kernel import clock
from cdef.kernel.db import db, transaction
from cdef.outbox import queries, worker
from cdef.outbox.models import Letter
from cdef.outbox.queries import PAGE, Figures, Wanted
from tests.cast import STAFF, Cast
from tests.conftest import both_databases
from tests.outbox.conftest import Write
from tests.outbox.mail_server import MailServer


def many(number: int, **fields: object) -> None:
    """So many letters, written at once."""
    now = clock.now()
    row = {
        "kind": "returned",
        "about": "team:1",
        "to_name": "Imogen Castellanos",
        "subject": "Your roster",
        "raw": b"",
        "secrets": [],
        "state": "handed_over",
        "created_at": now,
        "due_at": now,
    }
    rows = [
        row | {"to_email": f"member{each}@example.org", "message_id": f"<{each}@x>"} | fields
        for each in range(number)
    ]
    with transaction():
        db.session.execute(insert(Letter), rows)


@both_databases
def test_every_letter_is_on_one_page_and_the_pages_are_in_order(app: Flask) -> None:
    many(2 * PAGE + 3)
    seen, before = [], 0
    for size in (PAGE, PAGE, 3):
        found = queries.find(Wanted(before=before), clock.now())
        assert len(found.letters) == size
        seen += [letter.id for letter in found.letters]
        before = found.older
    assert before == 0
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == 2 * PAGE + 3


def test_the_next_page_keeps_the_filter(cast: Cast) -> None:
    cast.staff()
    many(PAGE + 1)
    staff = cast.browser(STAFF)
    page = staff.get("/staff/outbox?state=handed_over&about=team:1&q=roster")
    (address,) = {
        link.get("href") or "" for link in page.find("a") if "before=" in str(link.get("href"))
    }
    assert "state=handed_over" in address
    assert "q=roster" in address
    assert "member0@example.org" in staff.get(address).text()


@both_databases
@pytest.mark.parametrize(
    ("words", "number"),
    [("MEMBER3@", 1), ("imogen roster", 5), ("imogen nobody", 0), ("%", 0), ("_", 0), ("'", 0)],
)
def test_words_are_found_in_address_name_and_subject(app: Flask, words: str, number: int) -> None:
    many(5)
    assert len(queries.find(Wanted(words=words), clock.now()).letters) == number


def test_an_unknown_filter_shows_everything(cast: Cast) -> None:
    cast.staff()
    many(2)
    text = cast.browser(STAFF).get("/staff/outbox?state=lost&before=soon").text()
    assert "member1@example.org" in text


@both_databases
def test_the_figures_are_what_happened(write: Write, post: MailServer, cast: Cast) -> None:
    post.answers["RCPT"] = ["550 No"]
    write("nobody@example.org")
    write()
    assert queries.figures(clock.now()).queued == 2
    while worker.work_once():
        pass
    since = write().waits_since
    assert queries.figures(clock.now()) == Figures(1, since, 1, 1)
    cast.later(hours=1, seconds=1)
    assert queries.figures(clock.now()).sent_last_hour == 0


def test_a_letter_that_waits_for_its_day_is_not_late(write: Write, cast: Cast) -> None:
    write(not_before=clock.now() + timedelta(days=7))
    cast.later(hours=1)
    assert queries.oldest_waiting(clock.now()) is None
    cast.later(days=7)
    assert queries.oldest_waiting(clock.now()) is not None
