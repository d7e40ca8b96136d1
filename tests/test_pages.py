"""Every page in every state is sound HTML that people, programs and screen readers can use."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import product

import pytest
from flask import Flask, render_template_string
from werkzeug.exceptions import HTTPException

from cdef.demo.views import blueprint as demo_pages
from cdef.kernel.access import open_to_all
from cdef.kernel.db import db
from cdef.series.place_rules import MAP
from tests import markup
from tests.cast import DISTRICT_LEAD, Cast
from tests.markup import Markup, pieces
from tests.meter import MOST, Meter
from tests.state import State
from tests.states import SCENES
from tests.templates import Loud
from tests.weight import is_heavy
from tests.world import World, routes

LETTER = re.compile(r"(/demo/letters|/staff/outbox)/\d+(/attachments/\d+)?")  # One for all.
Scene = Callable[[Cast], Iterator[State]]


@pytest.fixture
def demo(app: Flask) -> Flask:
    app.register_blueprint(demo_pages)
    app.jinja_env.undefined = Loud
    return app


class Look:
    """What is wrong with pages: their HTML, their status, and where their links and forms lead."""

    def __init__(self, app: Flask) -> None:
        self.routes = app.url_map.bind("localhost")
        self.followed: set[tuple[object, str]] = set()

    def at(self, state: State) -> list[str]:
        html = state.page.html
        found = [fault for page in pieces(html) for fault in self.faults(state, page)]
        if state.page.status != state.status:
            found.append(f"came with {state.page.status} instead of {state.status}")
        if is_heavy(html):
            found.append("weighs more on the way than a page may")
        return [f"{state.name}: {fault}" for fault in found]

    def faults(self, state: State, page: Markup) -> list[str]:
        return [*markup.faults(page), *self.dead(state, page)] if page.html else []

    def dead(self, state: State, page: Markup) -> Iterator[str]:
        for element in page.elements:
            for name in ("href", "src", "hx-get"):
                yield from self.follow(state, (element.get(name) or "").partition("#")[0])
            method = element.get("method") or "post"
            for name in ("action", "formaction"):
                if address := element.get(name):
                    yield from self.match(address, method)

    def follow(self, state: State, address: str) -> Iterator[str]:
        """Where a link leads, for whoever sees it; a file is the same for all."""
        address = address.removeprefix("http://localhost").removeprefix("webcal://localhost")
        visit = (None if "." in address else state.browser, LETTER.sub("letter", address))
        if not address or visit in self.followed or address.startswith(MAP):
            return
        self.followed.add(visit)
        if not address.startswith("/"):
            yield f"a link leads away, to {address}"
            return
        with state.browser.client.get(address) as response:
            if response.status_code not in (200, 204, 303):
                yield f"the link to {address} gets {response.status_code}"

    def match(self, address: str, method: str) -> Iterator[str]:
        try:
            self.routes.match(address.partition("?")[0], method=method.upper())
        except HTTPException as error:
            yield f"the form to {address} would get {error.code}"


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_every_state_is_sound_and_leads_on(demo: Flask, cast: Cast, scene: Scene) -> None:
    meter, look = Meter(demo), Look(demo)
    found = [fault for state in scene(cast) for fault in look.at(state)]
    assert found + list(meter.faults()) == []


def test_a_page_that_asks_for_each_of_its_lines_is_caught(demo: Flask, cast: Cast) -> None:
    meter, lead = Meter(demo), cast.browser(DISTRICT_LEAD)
    for times in (MOST - 1, MOST):  # Who asks is a question, too.
        demo.view_functions["series.home"] = open_to_all(lambda times=times: asking(times))
        lead.get("/")
        assert list(meter.faults()) == [f"/ takes {MOST + 1} statements"] * (times == MOST)


def asking(times: int) -> str:
    for _ in range(times):
        db.session.execute(db.text("SELECT 1"))
    return "<p>Asked."


def title(html: str) -> str:
    found = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    return " ".join(found[1].split()) if found else ""


def titles(world: World) -> dict[str, set[str]]:
    """The pages that bear each title: fragments have none, and letters bear their own."""
    found = defaultdict(set)
    pages = {path for method, path in routes(world.app) if method == "GET"}
    for path, role in product(pages, ("nobody", "lead", "staff", "member")):
        client = world.signed_in(role)
        with client.session_transaction() as cookie:
            cookie["proving"] = cookie["starting"] = DISTRICT_LEAD
        with client.get(world.address(path, role)) as response:
            if response.mimetype == "text/html" and response.status_code == 200:
                found[title(response.text)].add(path)
    return {words: paths for words, paths in found.items() if words and "/html" not in str(paths)}


def test_every_page_has_a_title_of_its_own(world: World) -> None:
    found = titles(world)
    assert {words: paths for words, paths in found.items() if len(paths) > 1} == {}
    assert "Type the code to sign in · CDEF Cohort Training" in found


def test_a_title_that_two_pages_share_is_caught(world: World) -> None:
    twin = "<title>Staff desk · CDEF Cohort Training</title>"
    world.app.view_functions["teams.mine"] = open_to_all(lambda: twin)
    assert {"/staff", "/teams"} in titles(world).values()


PAGE = '{% extends "base.html" %}{% block main %}<h1>Page</h1>PLANTED{% endblock %}'
PLANTED = [
    ('<a href="/nowhere">Gone</a>', "the link to /nowhere gets 404"),
    ('<a href="/staff">Not mine</a>', "the link to /staff gets 403"),
    ('<a href="https://evil.example/">Away</a>', "a link leads away, to https://evil.example/"),
    ('<button form="x" formaction="/teams">Go</button>', "the form to /teams would get 405"),
    ("<p>{{ forgotten }}</p>", "came with 500 instead of 200"),
    ("<p>{{ person.nmae }}</p>", "came with 500 instead of 200"),
    ("<p>Two</p><h1>Heads</h1>", "there are 2 h1"),
]


def test_planted_faults_are_caught(demo: Flask, cast: Cast) -> None:
    demo.config["PROPAGATE_EXCEPTIONS"] = False
    lead = cast.browser(DISTRICT_LEAD)
    for planted, said in PLANTED:
        page = PAGE.replace("PLANTED", planted)
        demo.view_functions["series.home"] = open_to_all(
            lambda page=page: render_template_string(page)
        )
        found = Look(demo).at(State("planted", lead, lead.get("/")))
        assert [fault for fault in found if said in fault], planted
