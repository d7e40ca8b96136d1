"""The watch on every visitor's browser hears what goes wrong there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from tests.browser.conftest import Visit
from tests.browser.stage import backstage, cookie_of
from tests.browser.visitor import Visitor
from tests.cast import DISTRICT_LEAD, Cast

pytestmark = pytest.mark.browser


def planted(body: str, policy: str = "") -> Callable[[Route], None]:
    page = f"<!DOCTYPE html><html lang=en><title>Planted</title><body>{body}</body></html>"
    headers = {"Content-Security-Policy": policy} if policy else {}
    return lambda route: route.fulfill(content_type="text/html", body=page, headers=headers)


def troubles_of(visitor: Visitor, path: str = "/planted") -> str:
    """What the watch noted; the test that planted it expects it."""
    visitor.expect("")
    visitor.go(path)
    visitor.page.wait_for_timeout(50)  # The console's messages come on their own.
    return "\n".join(visitor.troubles)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_style_against_the_policy_is_heard(visit: Visit, scripts: bool) -> None:
    visitor = visit(scripts=scripts)
    visitor.page.route("**/planted", planted("<p style='color: red'>", "style-src 'self'"))
    assert "style-src" in troubles_of(visitor)


def test_a_script_against_the_policy_is_heard(visit: Visit) -> None:
    visitor = visit()
    visitor.page.route("**/planted", planted("<script>1</script>", "script-src 'self'"))
    assert "policy violated: script-src" in troubles_of(visitor)


def test_an_error_in_a_script_is_heard(visit: Visit) -> None:
    visitor = visit()
    visitor.page.route("**/planted", planted("<script>nothing.there()</script>"))
    assert "error in a script: nothing is not defined" in troubles_of(visitor)


def test_a_missing_file_is_heard(visit: Visit) -> None:
    visitor = visit()
    visitor.page.route("**/planted", planted("<img src='/static/missing.png' alt=''>"))
    assert "answer 404" in troubles_of(visitor)


def test_a_failed_request_is_heard(visit: Visit) -> None:
    visitor = visit()
    visitor.page.route("**/*.css*", lambda route: route.abort("connectionreset"))
    assert "request failed" in troubles_of(visitor, "/")


def test_a_failure_of_the_server_is_heard(visit: Visit) -> None:
    visitor = visit()
    visitor.page.route("**/planted", lambda route: route.fulfill(status=500, body="-"))
    assert "answer 500" in troubles_of(visitor)


def test_a_focus_that_is_lost_is_heard(visit: Visit, cast: Cast) -> None:
    with backstage():
        address = f"/teams/{cast.team().id}"
    visitor = visit().sign_in_as(cookie_of(cast, DISTRICT_LEAD))
    visitor.page.route("**/cdef.js*", lambda route: route.fulfill(body=""))
    visitor.expect("the focus fell to the body")
    button = visitor.go(address).get_by_role("button", name="Remove Priscilla Vang")
    with visitor.page.expect_console_message():
        button.click()
    assert "the focus fell to the body" in visitor.troubles[0]
