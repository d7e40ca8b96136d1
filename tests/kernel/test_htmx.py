"""One view, two answers: a fragment for htmx, and a whole page or a 303 for a browser without it."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask, get_flashed_messages
from flask.testing import FlaskClient
from jinja2 import ChoiceLoader, DictLoader

from cdef.kernel import htmx

HTMX = {"HX-Request": "true"}


@pytest.fixture
def app(app: Flask) -> Flask:
    loader = app.jinja_loader
    assert loader is not None
    pages = {"_row.html": "<li>{{ name }}</li>", "page.html": "<p>whole: {{ name }}</p>"}
    app.jinja_env.loader = ChoiceLoader([DictLoader(pages), loader])
    return app


@pytest.fixture(params=[HTMX, {}], ids=["htmx", "plain"])
def headers(app: Flask, request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    with app.test_request_context(headers=request.param):
        yield request.param


@pytest.mark.parametrize(
    ("headers", "is_fragment"),
    [
        ({}, False),
        (HTMX, True),
        ({"HX-Request": "false"}, False),
        (HTMX | {"HX-History-Restore-Request": "true"}, False),
    ],
)
def test_a_fragment_is_for_htmx_and_a_page_for_its_history(
    app: Flask, headers: dict[str, str], is_fragment: bool
) -> None:
    with app.test_request_context(headers=headers):
        assert htmx.is_htmx() == is_fragment


def test_after_a_change_htmx_gets_the_fragment_and_others_the_page(headers: dict[str, str]) -> None:
    answer = htmx.answer("_row.html", "/teams/7", said="Saved.", name="<Imogen>")
    if headers:
        assert (answer.status_code, answer.get_data(as_text=True)) == (
            200,
            "<li>&lt;Imogen&gt;</li>",
        )
        assert get_flashed_messages() == []
    else:
        assert (answer.status_code, answer.headers["Location"]) == (303, "/teams/7")
        assert get_flashed_messages(with_categories=True) == [("good", "Saved.")]


def test_facts_and_a_sentence_are_announced_in_plain_ascii(app: Flask) -> None:
    with app.test_request_context(headers=HTMX):
        said = "Éloïse – “removed”\r\nSet-Cookie: x"
        answer = htmx.answer("_row.html", "/", said=said, facts=("roster-changed",), name="")
        announced = answer.headers["HX-Trigger"]
        assert announced.isascii()
        assert announced.isprintable()
        assert json.loads(announced) == {"roster-changed": True, "announce": {"text": said}}


def test_nothing_is_announced_when_nothing_happened(app: Flask) -> None:
    with app.test_request_context(headers=HTMX):
        assert "HX-Trigger" not in htmx.answer("_row.html", "/", name="").headers


def test_what_is_wrong_comes_back_with_422_in_both(headers: dict[str, str]) -> None:
    answer = htmx.invalid("_row.html", "page.html", name="Imogen")
    assert answer.status_code == 422
    wanted = "<li>Imogen</li>" if headers else "<p>whole: Imogen</p>"
    assert answer.get_data(as_text=True) == wanted


def test_htmx_is_told_to_load_the_next_page_whole(headers: dict[str, str]) -> None:
    answer = htmx.see_other("/teams/7")
    if headers:
        assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, "/teams/7")
        assert answer.get_data() == b""
    else:
        assert (answer.status_code, answer.headers["Location"]) == (303, "/teams/7")


def test_caches_keep_fragments_and_pages_apart(client: FlaskClient) -> None:
    assert {"Cookie", "HX-Request"} <= set(client.get("/").headers["Vary"].split(", "))
