"""Cookies and form tokens are signed with SHA-256; a change of either opens nothing."""

from hashlib import sha1, sha256

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from tests.cast import DISTRICT_LEAD, Cast


def test_the_cookie_is_signed_with_sha_256(app: Flask) -> None:
    assert isinstance(app.session_interface, SecureCookieSessionInterface)
    assert app.session_interface.digest_method is sha256


def test_a_cookie_with_a_changed_letter_opens_nothing(cast: Cast) -> None:
    client = cast.browser(DISTRICT_LEAD).client
    cookie = client.get_cookie("session")
    assert cookie is not None
    client.set_cookie("session", ("a" if cookie.value[0] != "a" else "b") + cookie.value[1:])
    assert client.get("/teams").status_code == 303


def test_a_cookie_signed_as_libraries_are_wont_to_opens_nothing(app: Flask, cast: Cast) -> None:
    client = cast.browser(DISTRICT_LEAD).client
    with client.session_transaction() as held:
        content = dict(held)
    usual = URLSafeTimedSerializer(
        app.config["SECRET_KEY"],
        salt="cookie-session",
        signer_kwargs={"key_derivation": "hmac", "digest_method": sha1},
    )
    client.set_cookie("session", str(usual.dumps(content)))
    assert client.get("/teams").status_code == 303


def test_a_forms_token_is_signed_with_sha_256_too(app: Flask) -> None:
    signer = URLSafeTimedSerializer("key", salt="wtf-csrf-token").make_signer("wtf-csrf-token")
    assert signer.digest_method is sha256
