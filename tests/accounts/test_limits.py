"""How often one may ask for links and try codes: refused with 429, and the form keeps its text."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from cdef.accounts import rules
from cdef.accounts.models import Try
from cdef.kernel.db import db
from tests.cast import DISTRICT_LEAD, UNION_LEAD, Cast, Mailbox
from tests.conftest import both_databases
from tests.pages import Browser, Page


@pytest.fixture(autouse=True)
def known(cast: Cast) -> None:
    cast.person(DISTRICT_LEAD, "Imogen Castellanos")


def ask(browser: Browser, email: str = DISTRICT_LEAD) -> Page:
    browser.get("/sign-in")
    return browser.submit("/sign-in", email=email)


def guess(browser: Browser, times: int) -> Iterator[Page]:
    for number in range(times):
        yield browser.submit("/sign-in/code", code=f"wrong {number}")


def come_from(browser: Browser, address: str) -> None:
    browser.client.environ_base["REMOTE_ADDR"] = address


@both_databases
def test_three_links_an_hour_go_to_one_address(
    browser: Browser, mailbox: Mailbox, cast: Cast
) -> None:
    for _ in range(3):
        assert ask(browser).status == 200
    page = ask(browser)
    assert page.status == 429
    assert "three links to this address within the hour" in page.text()
    assert page.value("email") == DISTRICT_LEAD
    assert len(mailbox.letters("sign_in")) == 3
    cast.later(minutes=61)
    assert ask(browser).status == 200


def test_links_to_an_unknown_address_are_counted_alike(browser: Browser) -> None:
    answers = [ask(browser, "nobody@example.org").status for _ in range(4)]
    assert answers == [200, 200, 200, 429]


def test_one_address_at_its_limit_stops_no_other(browser: Browser) -> None:
    for _ in range(4):
        ask(browser)
    assert ask(browser, UNION_LEAD).status == 200


def test_links_to_start_a_team_count_against_the_same_limit(browser: Browser) -> None:
    for _ in range(3):
        ask(browser)
    browser.get("/register")
    page = browser.submit(
        "/register",
        cohort_id="1",
        district_id="1",
        name="Imogen Castellanos",
        email=DISTRICT_LEAD,
        side="district",
        position="superintendent",
    )
    assert page.status == 429
    assert "three links to this address within the hour" in page.text()
    assert page.value("name") == "Imogen Castellanos"
    assert page.value("position") == "superintendent"


@both_databases
def test_ten_wrong_codes_close_an_address_for_a_quarter_of_an_hour(
    browser: Browser, mailbox: Mailbox, cast: Cast
) -> None:
    ask(browser)
    assert [page.status for page in guess(browser, 10)] == [422] * 10
    right = mailbox.code("sign_in", DISTRICT_LEAD)
    page = browser.submit("/sign-in/code", code=right)
    assert page.status == 429
    assert "Too many wrong codes" in page.text()
    assert page.value("code") == right
    cast.later(minutes=16)
    assert browser.submit("/sign-in/code", code=right).path == "/teams"


def test_the_link_works_while_codes_are_refused(browser: Browser, mailbox: Mailbox) -> None:
    ask(browser)
    list(guess(browser, 11))
    link = mailbox.link("sign_in", DISTRICT_LEAD)
    browser.get(link)
    assert browser.submit(link).path == "/teams"


@both_databases
def test_a_network_has_sixty_tries_an_hour(
    app: Flask, browser: Browser, cast: Cast, mailbox: Mailbox
) -> None:
    for number in range(30):
        ask(browser, f"nobody-{number}@example.org")
    for number in range(3):
        ask(browser, f"guessed-{number}@example.org")
        list(guess(browser, 9))
    assert tries() == 60
    for page in (*guess(browser, 1), ask(browser)):
        assert page.status == 429
        assert "Too many tries from your network" in page.text()
    elsewhere = Browser(app.test_client())
    come_from(elsewhere, "192.0.2.7")
    assert ask(elsewhere).status == 200
    cast.later(minutes=61)
    assert ask(browser).status == 200
    assert len(mailbox.letters("sign_in")) == 2


def test_a_whole_school_behind_one_address_gets_in(
    app: Flask, cast: Cast, mailbox: Mailbox
) -> None:
    for number in range(rules.TRIES_PER_NETWORK.most + 5):
        teacher, email = Browser(app.test_client()), f"teacher.{number}@example.org"
        cast.person(email, f"Teacher {number}")
        assert ask(teacher, email).status == 200
        link = mailbox.link("sign_in", email)
        teacher.get(link)
        assert teacher.submit(link).path == "/teams"


def test_who_has_proved_one_address_has_no_more_tries_for_others(
    browser: Browser, mailbox: Mailbox
) -> None:
    ask(browser)
    link = mailbox.link("sign_in", DISTRICT_LEAD)
    browser.get(link)
    browser.submit(link)
    answers = [ask(browser, f"nobody-{number}@example.org").status for number in range(61)]
    assert answers == [200] * 60 + [429]


def tries() -> int:
    return db.session.scalar(select(func.count()).select_from(Try)) or 0
