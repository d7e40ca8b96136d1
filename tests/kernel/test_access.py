"""The gate is closed unless a view opens it by name; test_access.py above walks every real route."""

import pytest
from flask import Flask, session

from cdef.kernel import access
from cdef.kernel.access import (
    for_participants,
    open_to_all,
    remember_browser,
    staff_only,
    staff_with,
)
from tests.cast import DISTRICT_LEAD, STAFF, Cast

OPENINGS = {
    "/closed": lambda view: view,
    "/participants": for_participants,
    "/staff-only": staff_only,
    "/open": open_to_all,
}
# What each visitor gets at the four addresses above, in their order.
ANSWERS = {
    "nobody": [303, 303, 303, 200],
    "personal": [303, 200, 303, 200],
    "lead": [200, 200, 403, 200],
    "staff": [200, 200, 200, 200],
}


@pytest.fixture
def app(app: Flask) -> Flask:
    """The app with a view for each opening."""
    for path, opening in OPENINGS.items():

        def view() -> str:
            return "inside"

        app.add_url_rule(path, path[1:], opening(view))
    return app


@pytest.mark.parametrize("visitor", ANSWERS)
def test_a_view_lets_in_whom_it_names_and_nobody_by_default(
    app: Flask, cast: Cast, visitor: str
) -> None:
    cast.staff()
    email = STAFF if visitor == "staff" else DISTRICT_LEAD
    browser = cast.browser(email, is_personal=visitor == "personal")
    client = app.test_client() if visitor == "nobody" else browser.client
    assert [client.get(path).status_code for path in OPENINGS] == ANSWERS[visitor]


def test_a_view_of_a_role_lets_in_only_staff_who_have_it(app: Flask, cast: Cast) -> None:
    cast.staff()
    for role in ("needs", "none of ours"):
        app.add_url_rule(f"/{role}", role, staff_with(role)(lambda: "inside"))
    client = cast.browser(STAFF).client
    assert client.get("/needs").status_code == 200
    refused = client.get("/none of ours")
    assert refused.status_code == 403
    assert "It needs the role “none of ours”. Ask an administrator" in refused.text
    assert cast.browser(DISTRICT_LEAD).client.get("/needs").status_code == 403
    assert app.test_client().get("/needs").status_code == 303


def test_nobody_is_sent_to_sign_in_and_back(app: Flask) -> None:
    answer = app.test_client().get("/closed?a=1")
    assert answer.headers["Location"] == "/sign-in?next=/closed?a%3D1"


def test_staff_with_a_personal_link_are_not_staff(app: Flask, cast: Cast) -> None:
    cast.staff()
    client = cast.browser(STAFF, is_personal=True).client
    assert client.get("/staff-only").status_code == 303


def test_a_made_up_key_opens_nothing(app: Flask) -> None:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["key"] = "made up"
    assert client.get("/closed").status_code == 303


def test_a_cookie_signed_with_another_key_opens_nothing(app: Flask, cast: Cast) -> None:
    client = cast.browser(DISTRICT_LEAD).client
    assert client.get("/closed").status_code == 200
    app.config["SECRET_KEY"] = "another"
    assert client.get("/closed").status_code == 303


def test_signing_in_drops_what_the_browser_held_before(app: Flask) -> None:
    with app.test_request_context():
        session["planted"] = "by somebody else"
        remember_browser("fresh")
        assert dict(session) == {"key": "fresh", "_permanent": True}


def test_a_request_without_an_address_counts_against_one_limit(app: Flask) -> None:
    with app.test_request_context(environ_base={"REMOTE_ADDR": None}):
        assert access.network() == "unknown"
