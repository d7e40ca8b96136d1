"""The states of the staff's accounts."""

from collections.abc import Iterator

from cdef.accounts.actions import add_staff
from cdef.accounts.models import Person
from tests.cast import STAFF, Cast
from tests.pages import Browser
from tests.state import State

PAGE = "/staff/accounts"
COLLEAGUE = "hyacinth.lindqvist@example.org"


def colleague(cast: Cast, *roles: str) -> Person:
    """Somebody else on the desk."""
    name = "Hyacinth Lindqvist"
    return add_staff(COLLEAGUE, name=name, roles=roles or ["staff"], by=None, now=cast.now())


def staff_accounts(cast: Cast) -> Iterator[State]:
    admin = cast.staff()
    browser = cast.browser(STAFF)
    yield State("accounts", browser, browser.get(PAGE))
    refused = browser.submit(PAGE, name="", email="no", roles=None)
    yield State("account refused", browser, refused, 422)
    name = "Hyacinth <b>Lindqvist</b>"
    added = browser.submit(PAGE, name=name, email=COLLEAGUE, roles="staff")
    yield State("account added", browser, added)
    other = colleague(cast)
    yield from one_account(browser, f"{PAGE}/{other.id}", f"{PAGE}/{admin.id}")
    limited = cast.browser(COLLEAGUE)
    yield State("a role is missing", limited, limited.get(PAGE), 403)
    browser.get(f"{PAGE}/{other.id}")
    yield State("account removed", browser, browser.submit(f"{PAGE}/{other.id}/removal"))


def one_account(browser: Browser, page: str, own: str) -> Iterator[State]:
    stale = browser.get(page)
    yield State("account", browser, stale)
    yield State("roles refused", browser, browser.submit(f"{page}/roles", roles=None), 422)
    browser.get(page)
    yield State("roles changed", browser, browser.submit(f"{page}/roles", roles="needs"))
    browser.page = stale
    yield State("roles in conflict", browser, browser.submit(f"{page}/roles", roles="admin"), 409)
    yield State("own account", browser, browser.get(own))
    yield State("own role kept", browser, browser.submit(f"{own}/roles", roles="staff"), 422)
