"""The link to the personal page is mailed again to whoever asks, and tells nobody who is known."""

import pytest

from tests.cast import FEW, OTHER_LEAD, Cast, Mailbox
from tests.conftest import both_databases
from tests.pages import Browser, Page

DASHIELL = "dashiell.nakagawa@example.org"


def ask(browser: Browser, email: str = DASHIELL) -> Page:
    browser.get("/personal/link")
    return browser.submit("/personal/link", email=email)


@both_databases
def test_a_new_link_opens_the_page_and_the_first_one_still_does(
    cast: Cast, browser: Browser, mailbox: Mailbox
) -> None:
    cast.approved(members=FEW)
    first = mailbox.link("confirmation", DASHIELL)
    ask(browser, DASHIELL.upper())
    for link in (mailbox.link("personal_link", DASHIELL), first):
        browser.get(link)
        assert browser.submit(link).path == "/personal"


def test_whoever_left_the_team_gets_one_too(cast: Cast, browser: Browser, mailbox: Mailbox) -> None:
    cast.decide(cast.approved(members=FEW), "withdraw")
    ask(browser)
    assert len(mailbox.letters("personal_link", DASHIELL)) == 1


@pytest.mark.parametrize("email", ["nobody.of.note@example.org", OTHER_LEAD])
def test_an_address_on_no_roster_gets_none_and_the_same_answer(
    cast: Cast, browser: Browser, mailbox: Mailbox, email: str
) -> None:
    cast.approved(members=FEW)
    known = ask(browser).text()
    assert ask(browser, email).text() == known.replace(DASHIELL, email)
    assert mailbox.letters("personal_link", email) == []


def test_the_fourth_within_an_hour_is_refused_and_keeps_the_form(
    cast: Cast, browser: Browser, mailbox: Mailbox
) -> None:
    cast.approved(members=FEW)
    for _ in range(3):
        assert ask(browser).status == 200
    page = ask(browser)
    assert page.status == 429
    assert page.form("/personal/link").value("email") == DASHIELL
    assert len(mailbox.letters("personal_link")) == 3


def test_a_spent_link_leads_to_a_new_one(browser: Browser) -> None:
    page = browser.get("/personal/open/made-up")
    assert [link.get("href") for link in page.find("a", class_="button button--main")] == [
        "/personal/link"
    ]
