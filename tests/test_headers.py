"""What every answer carries, and what a request must carry: headers, Host, CSRF, where it leads."""

from itertools import product
from typing import Any

import pytest
from flask import Flask, Response, abort
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from tests.cast import DISTRICT_LEAD, Cast, Mailbox
from tests.pages import Browser
from tests.world import World, digest, routes

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
DYNAMIC = ALWAYS | {"Cache-Control": "no-store", "Vary": "Cookie, HX-Request"}
STRICT = {"Content-Security-Policy": POLICY}
ERRORS = (400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503)
# A letter is shown as it would arrive, with its own styles and nothing else, in a sandbox.
SANDBOX = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"
)
WITH_FRAME = (
    *(f"/staff/outbox/<letter_id>{end}" for end in ("", "/setting-aside")),
    *(f"/staff/campaigns/<campaign_id>{end}" for end in ("", "/letter", "/districts", "/contacts")),
)
LETTERS = (
    "/staff/outbox/<letter_id>/html",
    "/demo/letters/<letter_id>/html",
    "/staff/campaigns/<campaign_id>/letter.html",
)
# Programs ask for these again and again, and are told that nothing is new.
FEEDS = ("/calendars/<secret>.ics", "/cohorts/<slug>/calendar.ics")
FEED = {"Cache-Control": "private, no-cache"}


def missing(response: TestResponse, expected: dict[str, str]) -> list[str]:
    got = response.headers
    return [
        f"{name}: {got.get(name)}" for name, value in expected.items() if got.get(name) != value
    ]


def test_every_route_sends_the_security_headers(world: World) -> None:
    for method, path in routes(world.app):
        if path.startswith("/static"):
            continue
        shown = f"{POLICY}; frame-src 'self'" if path in WITH_FRAME else POLICY
        policy = {"Content-Security-Policy": SANDBOX if path in LETTERS else shown}
        kept = FEED if path in FEEDS else {}
        response = world.ask(method, world.address(path, "staff"), "staff")
        assert (path, missing(response, DYNAMIC | policy | kept)) == (path, [])


def test_every_error_does_too(app: Flask, client: FlaskClient) -> None:
    app.add_url_rule("/planted/<int:code>", "planted", opened(fail), methods=["POST"])
    app.config["WTF_CSRF_ENABLED"] = False
    for status, htmx in product(ERRORS, ("true", "false")):
        response = client.post(f"/planted/{status}", headers={"HX-Request": htmx})
        assert response.status_code == status
        assert (status, missing(response, DYNAMIC | STRICT)) == (status, [])


def test_a_wrong_method_is_told_the_right_ones(client: FlaskClient) -> None:
    response = client.delete("/sign-in")
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_a_view_that_loosens_them_is_caught(app: Flask, client: FlaskClient) -> None:
    loose = Response("", headers={"Content-Security-Policy": "", "Cache-Control": "public"})
    app.view_functions["series.home"] = opened(lambda: loose)
    found = missing(client.get("/"), DYNAMIC | STRICT)
    assert found == ["Cache-Control: public", "Content-Security-Policy: "]


def fail(code: int) -> None:
    abort(code)


def opened(view: Any) -> Any:
    view.audience = "everybody"
    return view


def test_a_crash_and_a_busy_database_do_too(app: Flask, client: FlaskClient) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    busy = OperationalError("SELECT 1", None, Exception("database is locked"))
    for status, error in ((500, RuntimeError("planted")), (503, busy)):
        app.view_functions["series.home"] = opened(raising(error))
        response = client.get("/")
        assert response.status_code == status
        assert "planted" not in response.text
        assert missing(response, DYNAMIC | STRICT) == []


def raising(error: Exception) -> Any:
    def view() -> str:
        raise error

    return view


def test_static_files_are_kept_while_they_are_there(client: FlaskClient) -> None:
    for address, kept_for in (
        ("/static/cdef.css", "no-cache"),
        ("/static/cdef.css?v=1", "public, max-age=31536000, immutable"),
        ("/static/gone.css", "no-store"),
        ("/static/gone.css?v=1", "no-store"),
        ("/static/../config.py", "no-store"),
    ):
        with client.get(address) as response:
            expected = ALWAYS | STRICT | {"Cache-Control": kept_for}
            assert (address, missing(response, expected)) == (address, [])


@pytest.mark.parametrize("settings", [{"BASE_URL": "https://training.example.org"}])
def test_outside_loopback_all_is_https(client: FlaskClient) -> None:
    response = client.get("/sign-in", base_url="https://training.example.org")
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert response.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    client.application.config["HSTS_SUBDOMAINS"] = False
    response = client.get("/sign-in", base_url="https://training.example.org")
    assert response.headers["Strict-Transport-Security"] == "max-age=63072000"


def test_a_foreign_host_is_400(client: FlaskClient) -> None:
    hosts = ("evil.example", "localhost.evil.example", "localhost@evil.example", "evil.example:80")
    for host, path in product(("", *hosts), ("/", "/nowhere", "/sign-in", "/static/cdef.css")):
        response = client.get(path, headers={"Host": host})
        assert response.status_code == 400
        assert "evil" not in response.text
        assert missing(response, DYNAMIC | STRICT) == []


def test_a_forwarded_host_is_not_believed(client: FlaskClient) -> None:
    response = client.get("/staff//outbox", headers={"X-Forwarded-Host": "evil.example"})
    assert response.location == "http://localhost/staff/outbox"


def without_token(world: World, path: str, headers: dict[str, str]) -> TestResponse:
    """A form sent by a signed-in browser from a page that is not ours."""
    fields = world.facts.fields | {"csrf_token": "made-up"}
    address = world.address(path, "lead")
    return world.signed_in("lead").post(address, data=fields, headers=headers)


def test_a_form_without_its_token_changes_nothing_and_is_kept(world: World) -> None:
    before = digest()
    for path in [path for method, path in routes(world.app) if method == "POST"]:
        response = without_token(world, path, {})
        assert (path, response.status_code) == (path, 400)
        assert 'name="name" value="Ottoline Brandt"' in response.text
    assert digest() == before


def test_for_htmx_it_loads_the_page_anew(world: World) -> None:
    response = without_token(world, "/teams/<team_id>/members", {"HX-Request": "true"})
    assert response.status_code == 400
    assert response.headers["HX-Refresh"] == "true"


def test_a_form_kept_over_an_ended_sign_in_is_sent_again(app: Flask, cast: Cast) -> None:
    team = cast.team(members=[])
    browser = cast.browser(DISTRICT_LEAD)
    browser.get(f"/teams/{team.id}")
    cast.later(days=31)
    action, person = f"/teams/{team.id}/members", {"name": "Ottoline Brandt"}
    fields = person | {"email": "ottoline.brandt@example.org", "position": "board"}
    page = browser.submit(action, **fields)
    assert page.status == 401
    again = Browser(cast.browser(DISTRICT_LEAD).client)
    again.page = page
    assert again.submit(action).status == 400  # The token was the other sign-in's.
    assert "Ottoline Brandt is on the roster." in again.submit(action).text()
    assert [member.name for member in team.members][-1:] == ["Ottoline Brandt"]


FOREIGN = (
    "//evil.example",
    "///evil.example/teams",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example/",
    "http:evil.example",
    "evil.example/teams",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/\n/evil.example",
    "\x00//evil.example",
    " //evil.example",
    "/teams\r\nSet-Cookie: key=1",
    "",
)


def led_to(browser: Browser, mailbox: Mailbox, email: str) -> str | None:
    """Where the link of the newest sign-in letter leads, after its button."""
    link = mailbox.link("sign_in", email)
    form = browser.get(link).form(link)
    return browser.client.post(link, data=dict(form.fields)).location


def test_signing_in_leads_nowhere_else(cast: Cast, browser: Browser, mailbox: Mailbox) -> None:
    for number, address in enumerate(FOREIGN):
        email = f"lead.{number}@example.org"
        cast.person(email)
        browser.get("/sign-in")
        browser.submit("/sign-in", email=email, next=address)
        assert (address, led_to(browser, mailbox, email)) == (address, "/teams")


def test_signing_in_leads_back_to_the_page_that_asked_for_it(
    cast: Cast, browser: Browser, mailbox: Mailbox
) -> None:
    cast.person(DISTRICT_LEAD)
    page = browser.get("/staff?state=all&cohort=bay-area")
    assert page.value("next") == "/staff?state=all&cohort=bay-area"
    browser.submit("/sign-in", email=DISTRICT_LEAD)
    assert led_to(browser, mailbox, DISTRICT_LEAD) == "/staff?state=all&cohort=bay-area"
