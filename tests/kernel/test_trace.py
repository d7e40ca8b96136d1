"""Each request has a number of its own, which nobody outside can choose."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cdef.kernel.access import open_to_all
from tests.conftest import make_app

HEADER = "X-Request-ID"


def asked(app: Flask, number: str) -> str:
    return app.test_client().get("/sign-in", headers={HEADER: number}).headers[HEADER]


def test_every_request_has_a_number_of_its_own(client: FlaskClient) -> None:
    numbers = [client.get(path).headers[HEADER] for path in ("/", "/", "/nowhere", "/healthz/live")]
    assert len(set(numbers)) == len(numbers)
    assert all(re.fullmatch(r"[0-9a-f]{16}", number) for number in numbers)


@pytest.mark.parametrize(
    ("proxies", "given", "is_taken"),
    [
        (0, "0f9e8d7c-6b5a", False),
        (1, "0f9e8d7c-6b5a", True),
        (1, "short", False),
        (1, "x" * 65, False),
        (1, "two words here", False),
    ],
)
def test_only_a_proxy_of_ours_may_give_it(
    app: Flask, proxies: int, given: str, is_taken: bool
) -> None:
    app = make_app(app.config["SQLALCHEMY_DATABASE_URI"], {"PROXIES": proxies})
    assert (asked(app, given) == given) == is_taken


@pytest.mark.parametrize("htmx", ["true", "false"])
def test_the_page_of_our_own_mistake_says_it(app: Flask, client: FlaskClient, htmx: str) -> None:
    app.view_functions["accounts.sign_in"] = open_to_all(lambda: 1 // 0)
    answer = client.get("/sign-in", headers={"HX-Request": htmx})
    assert answer.status_code == 500
    assert f"<code>{answer.headers[HEADER]}</code>" in answer.text
