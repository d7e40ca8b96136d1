"""The personal link of a confirmation: inert until its button is pressed, and good for years."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from cdef.accounts.models import SignedIn
from cdef.kernel.db import db
from cdef.teams.models import Team
from tests.cast import FEW, STAFF, Cast, Mailbox
from tests.conftest import both_databases
from tests.pages import Browser, Page

DASHIELL = "dashiell.nakagawa@example.org"


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.approved(members=FEW)


@pytest.fixture
def link(team: Team, mailbox: Mailbox) -> str:
    return mailbox.link("confirmation", DASHIELL)


def press(browser: Browser, link: str) -> Page:
    browser.get(link)
    return browser.submit(link)


@both_databases
def test_pressing_the_button_opens_my_page(browser: Browser, link: str) -> None:
    page = press(browser, link)
    assert page.path == "/personal"
    assert "Dashiell Nakagawa, Classified union president, union side" in page.text()


def test_opening_the_link_changes_nothing(browser: Browser, link: str) -> None:
    for _ in range(2):
        assert browser.client.head(link).status_code == 200
        assert browser.get(link).status == 200
    assert db.session.scalar(select(func.count()).select_from(SignedIn)) == 0
    assert browser.get("/personal").path == "/sign-in"


def test_the_link_names_nobody_before_it_is_pressed(browser: Browser, link: str) -> None:
    text = browser.get(link).html
    assert "Dashiell" not in text
    assert DASHIELL not in text


def test_it_works_again_and_for_years(app: Flask, cast: Cast, link: str) -> None:
    for _ in range(2):
        assert press(Browser(app.test_client()), link).path == "/personal"
        cast.later(days=500)


def test_it_dies_after_three_years(browser: Browser, cast: Cast, link: str) -> None:
    cast.later(days=3 * 366 + 1)
    page = browser.get(link)
    assert page.status == 410
    assert "does not work any more" in page.text()


def test_a_made_up_link_is_a_spent_one(browser: Browser) -> None:
    for secret in ("x", "%ED%A0%80", "9" * 3000):
        assert browser.get(f"/personal/open/{secret}").status == 410


def test_a_sign_in_link_opens_no_personal_page(
    browser: Browser, team: Team, mailbox: Mailbox
) -> None:
    browser.get("/sign-in")
    browser.submit("/sign-in", email=DASHIELL)
    secret = mailbox.link("sign_in", DASHIELL).rsplit("/", 1)[1]
    assert browser.get(f"/personal/open/{secret}").status == 410


def test_a_personal_link_signs_nobody_in_for_more(browser: Browser, link: str) -> None:
    secret = link.rsplit("/", 1)[1]
    assert browser.get(f"/sign-in/{secret}").status == 410
    press(browser, link)
    assert browser.get("/teams").path == "/sign-in"


def test_who_is_signed_in_already_stays_so(cast: Cast, link: str) -> None:
    browser = cast.browser(DASHIELL)
    press(browser, link)
    assert browser.get("/teams").path == "/teams"


def test_somebody_elses_link_ends_ones_own_sign_in(cast: Cast, link: str) -> None:
    cast.staff()
    browser = cast.browser(STAFF)
    assert "Dashiell Nakagawa" in press(browser, link).text()
    assert browser.get("/staff").path == "/sign-in"
