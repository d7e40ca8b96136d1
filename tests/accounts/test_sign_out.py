"""Signing out."""

from sqlalchemy import select

from cdef.accounts.models import SignedIn
from cdef.kernel.db import db
from tests.cast import DISTRICT_LEAD, Cast
from tests.pages import Browser


def test_signing_out_ends_the_sign_in_for_good(cast: Cast) -> None:
    browser = cast.browser(DISTRICT_LEAD)
    with browser.client.session_transaction() as session:
        key = session["key"]
    browser.get("/teams")
    assert browser.submit("/sign-out").path == "/"
    assert browser.get("/teams").path == "/sign-in"
    with browser.client.session_transaction() as session:
        session["key"] = key
    assert browser.get("/teams").path == "/sign-in"


def test_signing_out_leaves_other_browsers_alone(cast: Cast) -> None:
    browser, other = cast.browser(DISTRICT_LEAD), cast.browser(DISTRICT_LEAD)
    browser.get("/teams")
    browser.submit("/sign-out")
    assert other.get("/teams").path == "/teams"


def test_the_sign_in_is_kept_by_a_hash_only(cast: Cast) -> None:
    browser = cast.browser(DISTRICT_LEAD)
    with browser.client.session_transaction() as session:
        key = session["key"]
    assert key not in db.session.scalars(select(SignedIn.key_hash)).all()


def test_opening_the_address_signs_nobody_out(cast: Cast) -> None:
    browser = cast.browser(DISTRICT_LEAD)
    assert browser.get("/sign-out").status == 405
    assert browser.get("/teams").path == "/teams"


def test_whoever_is_not_signed_in_is_asked_to(browser: Browser) -> None:
    browser.get("/sign-in")
    page = browser.post("/sign-out", [("csrf_token", browser.page.value("csrf_token"))])
    assert page.status == 401
