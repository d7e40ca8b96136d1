"""No page is in anybody's way, in any of its states."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.barriers import WIDTHS, barriers
from tests.browser.conftest import Visit
from tests.browser.server import Server
from tests.browser.stage import backstage
from tests.browser.states.campaigns import CAMPAIGNS
from tests.browser.states.changes import CHANGES
from tests.browser.states.demo import DEMO
from tests.browser.states.desk import DESK
from tests.browser.states.directory import DIRECTORY_STATES
from tests.browser.states.handover import HANDOVER
from tests.browser.states.imports import IMPORTS
from tests.browser.states.own import OWN
from tests.browser.states.places import PLACES
from tests.browser.states.public import PUBLIC, code_wrong
from tests.browser.states.publications import PUBLICATIONS
from tests.browser.states.queue import QUEUE
from tests.browser.states.reminders import REMINDERS
from tests.browser.states.reports import REPORTS
from tests.browser.states.series import SERIES
from tests.browser.states.stage import Stage
from tests.browser.states.team import TEAM
from tests.browser.states.waiting import WAITING
from tests.browser.visitor import Visitor
from tests.cast import Cast, Mailbox, html_of

pytestmark = pytest.mark.browser


@pytest.fixture
def settings(server: Server) -> dict[str, Any]:
    """Without a mail server: letters are held, as on the first day."""
    return {"BASE_URL": server.url}


@pytest.fixture(scope="module")
def regulars() -> Iterator[list[Visitor]]:
    """Whoever came once comes again: a browser's new window takes longer than a look at a page."""
    visitors: list[Visitor] = []
    yield visitors
    for visitor in visitors:
        visitor.context.close()


@pytest.fixture
def visit(chromium: Browser, site: Server, regulars: list[Visitor]) -> Iterator[Visit]:
    here: list[Visitor] = []

    def come() -> Visitor:
        if len(here) == len(regulars):
            context = chromium.new_context(reduced_motion="reduce")
            regulars.append(Visitor(context, site.url))
        visitor = regulars[len(here)]
        visitor.base = site.url
        here.append(visitor)
        return visitor

    yield come
    assert [each for visitor in here for each in visitor.forget()] == []


@pytest.mark.parametrize(
    "state",
    CHANGES
    + CAMPAIGNS
    + PUBLIC
    + PUBLICATIONS
    + TEAM
    + HANDOVER
    + PLACES
    + OWN
    + IMPORTS
    + DESK
    + QUEUE
    + SERIES
    + REMINDERS
    + REPORTS
    + DIRECTORY_STATES
    + WAITING
    + DEMO,
    ids=lambda state: state.__name__,
)
def test_a_page_is_in_nobodys_way(visit: Visit, cast: Cast, state: Callable[[Stage], Page]) -> None:
    assert barriers(state(Stage(visit, cast))) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_six_digits_fit_into_their_field(visit: Visit, cast: Cast, width: int) -> None:
    page = code_wrong(Stage(visit, cast))
    page.set_viewport_size({"width": width, "height": 800})
    field = page.get_by_label("Six-digit code")
    expect(field).to_have_value("000000")
    assert field.evaluate("(field) => field.scrollWidth - field.clientWidth") == 0


@pytest.mark.parametrize("kind", ["confirmation", "approved"])
def test_a_letter_is_in_nobodys_way(visit: Visit, cast: Cast, mailbox: Mailbox, kind: str) -> None:
    with backstage():
        cast.approved()
        letter = mailbox.last(kind)
    page = visit().page
    page.set_content(html_of(letter))
    found = barriers(page)
    # Landmarks are for the page that a mail program shows the letter on.
    assert [each for each in found if "landmark" not in each] == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p style='color: #bbb; background: white'>Pale</p>", "320 px: dark: color-contrast"),
        ("<p class='pale'>Pale at night</p>", "320 px: dark: color-contrast"),
        ("<p style='width: 400px'>Wide</p>", "320 px: scrolls sideways"),
        ("<button style='width: 20px'>x</button>", "1280 px: too small: <button"),
        ("<input>", "1280 px: light: label"),
    ],
)
def test_a_barrier_is_found(visit: Visit, body: str, found: str) -> None:
    page = visit().page
    style = "<style>@media (prefers-color-scheme: dark) { .pale { color: #333; background: #000 } }"
    page.set_content(f"<!DOCTYPE html><html lang=en><title>Planted</title>{style}</style>{body}")
    assert any(each.startswith(found) for each in barriers(page)), barriers(page)


def test_a_page_without_barriers_passes(visit: Visit) -> None:
    page = visit().page
    page.set_content("<!DOCTYPE html><html lang=en><title>Plain</title><main><h1>Plain</h1></main>")
    assert barriers(page) == []
