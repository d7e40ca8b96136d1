"""What a team's page costs: statements for its parts, bytes for a question without news."""

import socket
from pathlib import Path

import pytest

from cdef.kernel.db import db
from cdef.teams.models import Team
from tests.bench.data import make, settings
from tests.cast import DISTRICT_LEAD, Cast
from tests.pages import Browser
from tests.served import Served
from tests.teams.costs import HTMX, counted, roster_of_twelve

PAGE, FRAGMENT, POLL = 6, 8, 2  # statements
BYTES = 500


@pytest.fixture
def team(cast: Cast) -> Team:
    return roster_of_twelve(cast)


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    browser = cast.browser(DISTRICT_LEAD)
    browser.get(f"/teams/{team.id}")
    return browser


def cost(lead: Browser, path: str, fields: dict[str, str] | None = None) -> int:
    """The statements for one fragment, which must be there."""
    with counted() as statements:
        if fields is None:
            answer = lead.client.get(path, headers=HTMX)
        else:
            answer = lead.client.post(path, data=fields, headers=HTMX)
    assert answer.status_code in (200, 204)
    return len(statements)


def locks() -> int:
    """SQLite locks as it begins; PostgreSQL locks the team by a statement, and reads it by another."""
    return int(db.engine.dialect.name == "postgresql")


def filled(lead: Browser, page: str, action: str, **fields: str) -> dict[str, str]:
    return dict(lead.get(page).form(action).fields) | fields


def test_the_page_of_twelve_takes_at_most_six(lead: Browser, team: Team) -> None:
    address = f"/teams/{team.id}"
    with counted() as statements:
        lead.get(address)
    assert len(statements) <= PAGE


def test_a_question_without_news_takes_at_most_two(lead: Browser) -> None:
    assert lead.page is not None
    address = lead.page.find("div", id="live")[0].get("hx-get")
    assert cost(lead, str(address)) <= POLL


@pytest.mark.parametrize("part", ["roster", "changes", "members/{}/row", "members/{}/edit"])
def test_a_part_that_is_read_takes_at_most_eight(lead: Browser, team: Team, part: str) -> None:
    path = part.format(team.members[-1].id)
    assert cost(lead, f"/teams/{team.id}/{path}") <= FRAGMENT


def test_adding_somebody_takes_at_most_eight(lead: Browser, team: Team) -> None:
    person = {"name": "Ottoline Brandt", "email": "ottoline.brandt@example.org"}
    path = f"/teams/{team.id}/members"
    fields = filled(lead, f"/teams/{team.id}", path, **person, position="board")
    assert cost(lead, path, fields) <= FRAGMENT + locks()


def test_saving_a_row_takes_at_most_eight(lead: Browser, team: Team) -> None:
    path = f"/teams/{team.id}/members/{team.members[-1].id}"
    fields = filled(lead, f"{path}/edit", path, name="Wil Cho")
    assert cost(lead, path, fields) <= FRAGMENT + locks()


def test_removing_and_putting_back_take_at_most_eight(lead: Browser, team: Team) -> None:
    path = f"/teams/{team.id}/members/{team.members[-1].id}"
    for action in (f"{path}/removal", f"{path}/restoration"):
        fields = filled(lead, f"/teams/{team.id}", action)
        assert cost(lead, action, fields) <= FRAGMENT + locks()


def test_a_question_without_news_takes_fewer_than_500_bytes(tmp_path: Path) -> None:
    data = make(tmp_path, 12)
    # The worker asks leads about rosters that rest, at the hours of an office: that would be news.
    served = Served(tmp_path, **settings(data.path), WORKER="false").ready()
    try:
        words = f"Host: 127.0.0.1\r\nCookie: {data.leads[0].cookie}\r\nConnection: close\r\n\r\n"
        page = ask(served.port, f"GET /teams/1 HTTP/1.1\r\n{words}").decode()
        address = page.partition('hx-get="/teams/1/changes')[2].partition('"')[0]
        answer = ask(served.port, f"GET /teams/1/changes{address} HTTP/1.1\r\n{words}")
    finally:
        served.stop()
    assert answer.startswith(b"HTTP/1.1 204 ")
    assert b"Content-Security-Policy: default-src 'none'; " in answer
    assert len(answer) < BYTES


def ask(port: int, words: str) -> bytes:
    """Everything that the server sends in answer, from the status line on."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as caller:
        caller.sendall(words.encode())
        return b"".join(iter(lambda: caller.recv(65536), b""))
