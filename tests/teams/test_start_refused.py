"""Why a team does not start: a closed cohort, something missing, or a choice that is none."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from cdef.kernel.db import db, transaction
from cdef.series.models import Cohort
from tests.cast import DISTRICT_LEAD, Cast, Mailbox
from tests.conftest import both_databases
from tests.pages import Browser
from tests.teams.starting import IMOGEN, ask, close, press, start, teams


@pytest.mark.parametrize("closing", [{"is_open": False}, {"closes_on": date(2016, 10, 16)}])
def test_a_closed_cohort_is_not_offered_and_refused(
    browser: Browser, mailbox: Mailbox, closing: dict[str, Any]
) -> None:
    ask(browser)
    waiting = mailbox.link("start_team", DISTRICT_LEAD)
    close(**closing)
    assert "Bay Area" not in browser.get("/register").text()
    page = ask(browser)
    assert page.status == 422
    assert "does not take registrations now" in page.text()
    assert page.value("name") == "Imogen Castellanos"
    page = press(browser, waiting)
    assert page.status == 422
    assert "This cohort does not take registrations now." in page.text()
    assert teams() == []


def test_a_link_that_met_a_closed_cohort_works_when_it_opens_again(
    browser: Browser, mailbox: Mailbox
) -> None:
    ask(browser)
    close(is_open=False)
    link = mailbox.link("start_team", DISTRICT_LEAD)
    press(browser, link)
    close(is_open=True)
    press(browser, link)
    assert len(teams()) == 1


def test_a_team_can_start_on_the_closing_day(browser: Browser, mailbox: Mailbox) -> None:
    close(closes_on=date(2016, 10, 17))
    start(browser, mailbox)
    assert len(teams()) == 1


def test_when_all_cohorts_are_closed_the_page_says_so(browser: Browser) -> None:
    with transaction():
        for found in db.session.scalars(select(Cohort)):
            found.is_open = False
    page = browser.get("/register")
    assert "No cohort takes registrations now" in page.text()
    assert not page.has_form("/register")


def missing(field: str) -> dict[str, Any]:
    return {field: None if field in ("cohort_id", "district_id", "side") else ""}


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("cohort_id", "Please choose a cohort."),
        ("district_id", "Please find your district and choose it from the list."),
        ("name", "Please give a name."),
        ("email", "Please give an e-mail address."),
        ("side", "Please say which side you lead."),
        ("position", "Please choose your position."),
    ],
)
def test_what_is_missing_is_asked_for(
    browser: Browser, mailbox: Mailbox, field: str, sentence: str
) -> None:
    page = ask(browser, **missing(field))
    assert page.status == 422
    assert sentence in page.text()
    for name, value in IMOGEN.items():
        if name != field:
            assert page.value(name) == value
    assert not mailbox.letters()


def test_everything_that_is_missing_is_said_at_once(browser: Browser) -> None:
    browser.get("/register")
    text = browser.submit("/register").text()
    for sentence in ("choose a cohort", "find your district", "give a name", "which side"):
        assert sentence in text


def test_a_typed_district_needs_name_and_county(browser: Browser) -> None:
    page = ask(browser, district_id=None, not_listed="y")
    assert page.status == 422
    assert "Please give the name of your district." in page.text()
    assert "Please give its county." in page.text()


@pytest.mark.parametrize("chosen", ["0", "-1", "99999", "9" * 22, "9" * 5000, "x", "1.5"])
def test_a_district_that_is_none_is_refused(
    browser: Browser, mailbox: Mailbox, chosen: str
) -> None:
    page = ask(browser, district_id=chosen)
    assert page.status == 422
    assert "find your district and choose it from the list" in page.text()
    assert not mailbox.letters()


def test_a_position_of_the_other_side_is_refused(browser: Browser) -> None:
    page = ask(browser, position="teachers_president")
    assert page.status == 422
    assert "This is not a position of the district side." in page.text()


@both_databases
def test_the_link_dies_after_half_an_hour(browser: Browser, mailbox: Mailbox, cast: Cast) -> None:
    ask(browser)
    cast.later(minutes=31)
    assert browser.get(mailbox.link("start_team", DISTRICT_LEAD)).status == 410
    assert teams() == []


def test_a_code_typed_after_the_browser_forgot_the_address_leads_back_to_the_form(
    browser: Browser, mailbox: Mailbox
) -> None:
    ask(browser)
    with browser.client.session_transaction() as session:
        del session["starting"]
    page = browser.submit("/register/code", code=mailbox.code("start_team", DISTRICT_LEAD))
    assert page.path == "/register"
