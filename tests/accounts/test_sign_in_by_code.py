"""Signing in by the six digits of a mailed letter."""

import pytest
from flask import Flask

from tests.cast import DISTRICT_LEAD, UNION_LEAD, Cast, Mailbox
from tests.conftest import both_databases
from tests.pages import Browser, Page


@pytest.fixture(autouse=True)
def known(cast: Cast) -> None:
    cast.person(DISTRICT_LEAD, "Imogen Castellanos")
    cast.person(UNION_LEAD, "Beatriz Holloway")


def ask(browser: Browser, email: str = DISTRICT_LEAD) -> Page:
    browser.get("/sign-in")
    return browser.submit("/sign-in", email=email)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


@both_databases
def test_the_code_signs_in_where_it_was_asked_for(browser: Browser, mailbox: Mailbox) -> None:
    ask(browser)
    page = browser.submit("/sign-in/code", code=mailbox.code("sign_in", DISTRICT_LEAD))
    assert page.path == "/teams"
    assert "Imogen Castellanos" in page.text()


def test_spaces_in_the_code_do_no_harm(browser: Browser, mailbox: Mailbox) -> None:
    ask(browser)
    code = mailbox.code("sign_in", DISTRICT_LEAD)
    assert browser.submit("/sign-in/code", code=f" {code[:3]} {code[3:]} ").path == "/teams"


def test_after_five_wrong_codes_the_right_one_still_works(
    browser: Browser, mailbox: Mailbox
) -> None:
    ask(browser)
    code = mailbox.code("sign_in", DISTRICT_LEAD)
    for _ in range(5):
        page = browser.submit("/sign-in/code", code=wrong(code))
        assert page.status == 422
        assert "This code is not right" in page.text()
        assert page.value("code") == wrong(code)
    assert browser.submit("/sign-in/code", code=code).path == "/teams"


def test_an_empty_code_is_asked_for_again(browser: Browser) -> None:
    ask(browser)
    page = browser.submit("/sign-in/code", code=" ")
    assert page.status == 422
    assert "six digits" in page.text()


def test_a_code_works_once(app: Flask, browser: Browser, mailbox: Mailbox) -> None:
    ask(browser)
    code = mailbox.code("sign_in", DISTRICT_LEAD)
    browser.submit("/sign-in/code", code=code)
    second = Browser(app.test_client())
    ask(second, DISTRICT_LEAD)
    assert second.submit("/sign-in/code", code=code).status == 422


def test_the_link_is_spent_with_its_code(browser: Browser, mailbox: Mailbox) -> None:
    ask(browser)
    link = mailbox.link("sign_in", DISTRICT_LEAD)
    browser.submit("/sign-in/code", code=mailbox.code("sign_in", DISTRICT_LEAD))
    assert browser.get(link).status == 410


def test_a_code_dies_after_half_an_hour(browser: Browser, mailbox: Mailbox, cast: Cast) -> None:
    ask(browser)
    cast.later(minutes=31)
    page = browser.submit("/sign-in/code", code=mailbox.code("sign_in", DISTRICT_LEAD))
    assert page.status == 422


def test_a_code_proves_no_other_address(app: Flask, browser: Browser, mailbox: Mailbox) -> None:
    ask(Browser(app.test_client()), UNION_LEAD)
    ask(browser, DISTRICT_LEAD)
    page = browser.submit("/sign-in/code", code=mailbox.code("sign_in", UNION_LEAD))
    assert page.status == 422


def test_no_code_proves_an_unknown_address(browser: Browser) -> None:
    ask(browser, "nobody@example.org")
    assert browser.submit("/sign-in/code", code="000000").status == 422


def test_without_an_address_the_code_page_asks_for_one(browser: Browser) -> None:
    assert browser.get("/sign-in/code").path == "/sign-in"


def test_a_code_typed_after_the_browser_forgot_the_address_asks_for_it_again(
    browser: Browser, mailbox: Mailbox
) -> None:
    ask(browser)
    with browser.client.session_transaction() as session:
        del session["proving"]
    page = browser.submit("/sign-in/code", code=mailbox.code("sign_in", DISTRICT_LEAD))
    assert page.path == "/sign-in"
