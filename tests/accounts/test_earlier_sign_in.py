"""Signing in ends what the same browser had open before, so that an old key is worth nothing."""

import pytest

from tests.cast import DISTRICT_LEAD, FEW, UNION_LEAD, Cast, Mailbox
from tests.pages import Browser


def key_of(browser: Browser) -> str:
    with browser.client.session_transaction() as cookie:
        return str(cookie["key"])


def opens(cast: Cast, key: str) -> bool:
    """Whether somebody who took the key along gets in with it."""
    thief = cast.app.test_client()
    with thief.session_transaction() as cookie:
        cookie["key"] = key
    return thief.get("/personal").status_code == 200


def by_link(browser: Browser, mailbox: Mailbox) -> None:
    browser.get("/sign-in")
    browser.submit("/sign-in", email=UNION_LEAD)
    link = mailbox.link("sign_in", UNION_LEAD)
    browser.get(link)
    browser.submit(link)


def by_code(browser: Browser, mailbox: Mailbox) -> None:
    browser.get("/sign-in")
    browser.submit("/sign-in", email=UNION_LEAD)
    browser.submit("/sign-in/code", code=mailbox.code("sign_in", UNION_LEAD))


def by_personal_link(browser: Browser, mailbox: Mailbox) -> None:
    link = mailbox.link("confirmation", UNION_LEAD)
    browser.get(link)
    browser.submit(link)


@pytest.mark.parametrize("enter", [by_link, by_code, by_personal_link])
def test_the_key_of_before_opens_nothing(cast: Cast, mailbox: Mailbox, enter: object) -> None:
    cast.approved(members=FEW)
    browser = cast.browser(DISTRICT_LEAD)
    earlier = key_of(browser)
    assert opens(cast, earlier)
    assert callable(enter)
    enter(browser, mailbox)
    assert key_of(browser) != earlier
    assert not opens(cast, earlier)
    assert opens(cast, key_of(browser))
