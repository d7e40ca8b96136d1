"""Signing in by the link of a mailed letter."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from cdef.accounts.models import SignedIn
from cdef.kernel.db import db
from cdef.kernel.tokens import Token
from tests.cast import DISTRICT_LEAD, Cast, Mailbox
from tests.conftest import both_databases
from tests.pages import Browser, Page


@pytest.fixture(autouse=True)
def known(cast: Cast) -> None:
    cast.person(DISTRICT_LEAD, "Imogen Castellanos")


def ask(browser: Browser, email: str = DISTRICT_LEAD, start: str = "/sign-in") -> Page:
    browser.get(start)
    return browser.submit("/sign-in", email=email)


def press(browser: Browser, link: str) -> Page:
    browser.get(link)
    return browser.submit(link)


def sign_ins() -> int:
    return db.session.scalar(select(func.count()).select_from(SignedIn)) or 0


@both_databases
def test_pressing_the_button_behind_the_link_signs_in(browser: Browser, mailbox: Mailbox) -> None:
    assert "Look into your mail" in ask(browser).text()
    page = press(browser, mailbox.link("sign_in", DISTRICT_LEAD))
    assert page.status == 200
    assert page.path == "/teams"
    assert "Imogen Castellanos" in page.text()


def test_an_address_is_known_in_capitals_and_with_spaces(
    browser: Browser, mailbox: Mailbox
) -> None:
    ask(browser, f"  {DISTRICT_LEAD.upper()} ")
    assert mailbox.letters("sign_in", to=DISTRICT_LEAD)


def test_opening_the_link_signs_nobody_in(browser: Browser, mailbox: Mailbox) -> None:
    ask(browser)
    link = mailbox.link("sign_in", DISTRICT_LEAD)
    for _ in range(3):
        assert browser.client.head(link).status_code == 200
        assert browser.get(link).status == 200
    assert sign_ins() == 0
    assert browser.get("/teams").path == "/sign-in"
    assert press(browser, link).path == "/teams"


def test_the_page_that_asked_for_the_sign_in_opens_after_it(
    browser: Browser, mailbox: Mailbox
) -> None:
    ask(browser, start="/personal")
    assert press(browser, mailbox.link("sign_in", DISTRICT_LEAD)).path == "/personal"


@pytest.mark.parametrize("there", ["https://example.org/", "//example.org/", "/\\example.org", "x"])
def test_a_sign_in_leads_nowhere_else(browser: Browser, mailbox: Mailbox, there: str) -> None:
    browser.get("/sign-in")
    browser.submit("/sign-in", email=DISTRICT_LEAD, next=there)
    assert press(browser, mailbox.link("sign_in", DISTRICT_LEAD)).path == "/teams"


def test_signing_in_drops_what_the_browser_held_before(browser: Browser, mailbox: Mailbox) -> None:
    ask(browser)
    with browser.client.session_transaction() as session:
        session["key"] = "planted by somebody else"
    press(browser, mailbox.link("sign_in", DISTRICT_LEAD))
    with browser.client.session_transaction() as session:
        assert session["key"] != "planted by somebody else"
        assert "proving" not in session


def test_a_link_works_once(app: Flask, browser: Browser, mailbox: Mailbox) -> None:
    ask(browser)
    link = mailbox.link("sign_in", DISTRICT_LEAD)
    waiting = Browser(app.test_client())
    waiting.get(link)
    press(browser, link)
    late = waiting.submit(link)
    assert late.status == 410
    assert "does not work any more" in late.text()
    assert Browser(app.test_client()).get(link).status == 410
    assert sign_ins() == 1


@both_databases
def test_a_link_dies_after_half_an_hour(browser: Browser, mailbox: Mailbox, cast: Cast) -> None:
    ask(browser)
    link = mailbox.link("sign_in", DISTRICT_LEAD)
    cast.later(minutes=29)
    assert browser.get(link).status == 200
    cast.later(minutes=2)
    assert browser.submit(link).status == 410
    assert sign_ins() == 0


def test_a_sign_in_ends_after_thirty_days(cast: Cast) -> None:
    browser = cast.browser(DISTRICT_LEAD)
    cast.later(days=29)
    assert browser.get("/teams").path == "/teams"
    cast.later(days=2)
    assert browser.get("/teams").path == "/sign-in"


@pytest.mark.parametrize("secret", ["x", "code2", "%ED%A0%80", "9" * 3000, "..."])
def test_a_made_up_link_is_a_spent_one(browser: Browser, secret: str) -> None:
    assert browser.get(f"/sign-in/{secret}").status == 410


@both_databases
def test_an_unknown_address_gets_the_same_answer_and_no_letter(
    app: Flask, mailbox: Mailbox
) -> None:
    pages = {}
    for email in (DISTRICT_LEAD, "nobody@example.org"):
        page = ask(Browser(app.test_client()), email)
        pages[email] = page.status, page.path, page.text().replace(email, "THE ADDRESS")
    assert len(set(pages.values())) == 1
    assert [letter.to_email for letter in mailbox.letters()] == [DISTRICT_LEAD]


def test_only_hashes_of_the_secrets_are_kept(browser: Browser, mailbox: Mailbox) -> None:
    ask(browser)
    link = mailbox.link("sign_in", DISTRICT_LEAD)
    token = db.session.scalars(select(Token)).one()
    kept = f"{token.secret_hash} {token.code_hash} {token.payload}"
    assert link.rsplit("/", 1)[1] not in kept
    assert mailbox.code("sign_in", DISTRICT_LEAD) not in kept.split()


@pytest.mark.parametrize(
    "email", ["", "nobody", "a b@example.org", "@example.org", "ü@example.org"]
)
def test_what_cannot_be_an_address_is_refused_and_kept(
    browser: Browser, mailbox: Mailbox, email: str
) -> None:
    page = ask(browser, email)
    assert page.status == 422
    assert "e-mail address" in page.text()
    assert page.value("email") == email
    assert not mailbox.letters()
