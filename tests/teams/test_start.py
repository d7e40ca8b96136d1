"""Starting a team: the form, the proof of the address, and the team that opens."""

import pytest
from flask import Flask
from sqlalchemy import select

from cdef.accounts.models import Person
from cdef.kernel import audit
from cdef.kernel.db import db
from tests.cast import DISTRICT_LEAD, MILPITAS, OAKLAND, UNION_LEAD, Cast, Mailbox
from tests.conftest import both_databases
from tests.pages import Browser
from tests.teams.starting import IMOGEN, ask, cohort, district, press, start, teams


@both_databases
def test_the_mailed_link_opens_the_new_team(browser: Browser, mailbox: Mailbox) -> None:
    browser.get("/")
    browser.get("/register?cohort=bay-area")
    browser.submit("/register", press="Find", district_query="milpitas")
    found = str(district(MILPITAS).id)
    page = browser.submit("/register", district_id=found, **IMOGEN)
    assert "Look into your mail" in page.text()
    page = press(browser, mailbox.link("start_team", DISTRICT_LEAD))
    team = teams()[0]
    assert page.path == f"/teams/{team.id}"
    assert "Milpitas Unified" in page.text()
    assert "Bay Area Cohort" in page.text()
    assert [(member.name, member.position) for member in team.side("district")] == [
        ("Imogen Castellanos", "superintendent")
    ]
    assert team.lead("union") is None


@both_databases
def test_the_code_opens_the_new_team_too(browser: Browser, mailbox: Mailbox) -> None:
    ask(browser)
    page = browser.submit("/register/code", code=mailbox.code("start_team", DISTRICT_LEAD))
    assert page.path == f"/teams/{teams()[0].id}"


def test_nothing_exists_before_the_address_is_proved(browser: Browser, mailbox: Mailbox) -> None:
    ask(browser)
    link = mailbox.link("start_team", DISTRICT_LEAD)
    browser.client.head(link)
    assert "Start your team" in browser.get(link).text()
    assert teams() == []
    assert db.session.scalars(select(Person)).all() == []


def test_the_start_is_on_the_timeline(browser: Browser, mailbox: Mailbox) -> None:
    start(browser, mailbox)
    event = audit.timeline(teams()[0].about)[0]
    assert (event.who, event.what) == ("Imogen Castellanos", "started the team")


def test_a_lead_who_does_not_come_is_not_on_the_roster(browser: Browser, mailbox: Mailbox) -> None:
    start(browser, mailbox, attends=None)
    assert teams()[0].members == []


def test_the_find_button_finds_and_keeps_what_was_typed(browser: Browser) -> None:
    browser.get("/register")
    typed = IMOGEN | {"cohort_id": str(cohort("sacramento").id), "district_query": "oakland"}
    page = browser.submit("/register", press="Find", attends=None, **typed)
    assert page.status == 200
    assert "Oakland Unified (Alameda County)" in page.text()
    assert {name: page.value(name) for name in typed} == typed
    assert page.value("attends") is None
    assert not page.find("p", class_="field__error")


def test_a_district_that_was_chosen_stays_chosen(browser: Browser) -> None:
    browser.get("/register")
    found = str(district(MILPITAS).id)
    page = browser.submit("/register", press="Find", district_query="x", district_id=found)
    assert page.value("district_id") == found


def test_a_district_that_is_not_listed_is_typed(browser: Browser, mailbox: Mailbox) -> None:
    start(
        browser,
        mailbox,
        district_id=None,
        not_listed="y",
        district_name="Lakeview Unified",
        county="Kern",
    )
    assert teams()[0].district.label == "Lakeview Unified (Kern County)"


def test_whoever_is_signed_in_finds_their_name_and_address(cast: Cast) -> None:
    cast.person(DISTRICT_LEAD, "Imogen Castellanos")
    page = cast.browser(DISTRICT_LEAD).get("/register")
    assert (page.value("name"), page.value("email")) == ("Imogen Castellanos", DISTRICT_LEAD)


# The same team, not a second one.


def test_a_link_starts_one_team(app: Flask, browser: Browser, mailbox: Mailbox) -> None:
    ask(browser)
    link = mailbox.link("start_team", DISTRICT_LEAD)
    waiting = Browser(app.test_client())
    waiting.get(link)
    press(browser, link)
    late = waiting.submit(link)
    assert late.status == 410
    assert "sign in to open it" in late.text()
    assert len(teams()) == 1


def test_the_code_is_spent_with_its_link(browser: Browser, mailbox: Mailbox) -> None:
    ask(browser)
    with browser.client.session_transaction() as session:
        asking = dict(session)
    code = mailbox.code("start_team", DISTRICT_LEAD)
    press(browser, mailbox.link("start_team", DISTRICT_LEAD))
    with browser.client.session_transaction() as session:
        session.update(asking)
    browser.get("/register/code")
    assert browser.submit("/register/code", code=code).status == 422
    assert len(teams()) == 1


@both_databases
def test_asking_twice_opens_one_team(browser: Browser, mailbox: Mailbox) -> None:
    opened = [start(browser, mailbox).path for _ in range(2)]
    assert opened == [f"/teams/{teams()[0].id}"] * 2
    assert len(teams()) == 1


def test_asking_twice_for_a_typed_district_opens_one_team(
    browser: Browser, mailbox: Mailbox
) -> None:
    typed = {"district_id": None, "not_listed": "y", "county": "Kern"}
    start(browser, mailbox, district_name="Lakeview Unified", **typed)
    start(browser, mailbox, district_name="lakeview  unified", **typed)
    assert len(teams()) == 1


@pytest.mark.parametrize("other", [{"slug": "sacramento"}, {"cd_code": OAKLAND}])
def test_another_cohort_or_district_is_another_team(
    browser: Browser, mailbox: Mailbox, other: dict[str, str]
) -> None:
    start(browser, mailbox)
    start(browser, mailbox, **other)
    assert len(teams()) == 2


def test_another_person_starts_a_team_of_their_own(browser: Browser, mailbox: Mailbox) -> None:
    start(browser, mailbox)
    start(browser, mailbox, UNION_LEAD, side="union", position="teachers_president")
    first, second = teams()
    assert first.lead("union") is None
    assert second.lead("district") is None


def test_an_invited_lead_who_starts_the_team_anew_joins_it(
    browser: Browser, mailbox: Mailbox, cast: Cast
) -> None:
    team = cast.team(partner=None, members=[])
    lead = cast.browser(DISTRICT_LEAD)
    lead.get(f"/teams/{team.id}")
    lead.submit(f"/teams/{team.id}/partner", name="Beatriz Holloway", email=UNION_LEAD)
    union = {"name": "Beatriz Holloway", "side": "union", "position": "teachers_president"}
    page = start(browser, mailbox, UNION_LEAD, **union)
    assert page.path == f"/teams/{team.id}"
    assert team.lead("union").joined_at
    assert [member.name for member in team.side("union")] == ["Beatriz Holloway"]
