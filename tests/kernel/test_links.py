"""Addresses are made from the app's own, and a redirection never leads away from it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cdef.kernel.links import LARGEST_ID, link, local_path, path


@pytest.mark.parametrize("base", ["https://training.example.org", "https://training.example.org/"])
def test_a_link_is_the_apps_own_address_whatever_a_request_claims(app: Flask, base: str) -> None:
    app.config["BASE_URL"] = base
    with app.test_request_context(base_url="http://evil.example.org"):
        assert link("accounts.sign_in") == "https://training.example.org/sign-in"
        assert path("accounts.sign_in") == "/sign-in"


def test_a_link_is_made_outside_a_request_too(app: Flask) -> None:
    assert link("accounts.confirm", secret="a-_b?") == "http://localhost/sign-in/a-_b%3F"


@pytest.mark.parametrize("address", ["/", "/teams/7", "/teams?state=all&cohort=bay-area#top"])
def test_a_path_of_the_app_is_local(address: str) -> None:
    assert local_path(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "teams/7",
        "https://evil.example.org",
        "//evil.example.org",
        "/\\evil.example.org",
        "/teams\\..\\evil",
        "javascript:alert(1)",
        "/\t/evil.example.org",
        "/\n/evil.example.org",
        " /teams",
        "/teams\r\nSet-Cookie: x",
        "/\x00",
    ],
)
def test_everything_else_is_not(address: str | None) -> None:
    assert local_path(address) is None


@pytest.mark.parametrize("number", [LARGEST_ID + 1, 10**30, "-1", "1.0"])
def test_a_number_that_no_row_can_have_is_the_address_of_nothing(
    client: FlaskClient, number: object
) -> None:
    assert client.get(f"/teams/{number}").status_code == 404
