"""The invited lead comes in by the mailed link."""

import pytest
from flask import Flask

from cdef.kernel import audit
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, UNION_LEAD, Cast, Mailbox
from tests.conftest import both_databases
from tests.pages import Browser


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team(partner=None, members=[])


@pytest.fixture
def link(cast: Cast, team: Team, mailbox: Mailbox) -> str:
    lead = cast.browser(DISTRICT_LEAD)
    lead.get(f"/teams/{team.id}")
    lead.submit(f"/teams/{team.id}/partner", name="Beatriz Holloway", email=UNION_LEAD)
    return mailbox.link("partner_invitation", UNION_LEAD)


@both_databases
def test_joining_opens_the_same_team(browser: Browser, team: Team, link: str) -> None:
    assert "Join the team of Milpitas Unified" in browser.get(link).text()
    page = browser.submit(link, position="teachers_president")
    assert page.path == f"/teams/{team.id}"
    assert "Imogen Castellanos" in page.text()
    assert [member.name for member in team.side("union")] == ["Beatriz Holloway"]
    assert team.side("union")[0].position == "teachers_president"
    assert audit.timeline(team.about)[0].what == "joined the team"


def test_opening_the_link_changes_nothing(browser: Browser, team: Team, link: str) -> None:
    browser.client.head(link)
    browser.get(link)
    assert team.lead("union").joined_at is None
    assert browser.get(f"/teams/{team.id}").path == "/sign-in"


def test_a_lead_who_does_not_come_needs_no_position(
    browser: Browser, team: Team, link: str
) -> None:
    browser.get(link)
    browser.submit(link, attends=None)
    assert team.lead("union").joined_at
    assert team.side("union") == []


def test_a_lead_who_is_on_the_roster_already_stays_there_once(
    browser: Browser, cast: Cast, team: Team, link: str
) -> None:
    cast.add(team, "union", "Beatriz Holloway", "teachers_leader", email=UNION_LEAD)
    browser.get(link)
    browser.submit(link, position="teachers_president")
    assert [member.position for member in team.side("union")] == ["teachers_leader"]


@pytest.mark.parametrize("position", ["", "superintendent", "x" * 10_000])
def test_a_position_of_the_union_side_is_needed(
    browser: Browser, team: Team, link: str, position: str
) -> None:
    browser.get(link)
    page = browser.submit(link, position=position)
    assert page.status == 422
    assert page.find("p", class_="field__error")
    assert team.lead("union").joined_at is None


def test_the_link_works_once_and_says_how_to_come_back(
    app: Flask, browser: Browser, team: Team, link: str
) -> None:
    late = Browser(app.test_client())
    late.get(link)
    browser.get(link)
    browser.submit(link, position="teachers_president")
    page = late.submit(link, position="teachers_president")
    assert page.status == 410
    assert "sign in to open your team" in page.text()


@both_databases
def test_the_link_dies_after_thirty_days(
    browser: Browser, cast: Cast, team: Team, link: str
) -> None:
    cast.later(days=29)
    assert browser.get(link).status == 200
    cast.later(days=2)
    assert browser.submit(link, position="teachers_president").status == 410
    assert team.lead("union").joined_at is None


def test_joining_in_somebodys_browser_signs_in_who_was_invited(
    cast: Cast, team: Team, link: str
) -> None:
    browser = cast.browser("somebody.else@example.org")
    browser.get(link)
    page = browser.submit(link, position="teachers_president")
    assert page.status == 200
    who = "".join(page.find("span", class_="who__name")[0].itertext())
    assert "Beatriz Holloway" in who


def test_an_invited_lead_who_signs_in_by_themselves_joins_by_signing(
    cast: Cast, team: Team, link: str
) -> None:
    for name, position in (("Dashiell Nakagawa", "teacher"), ("Ambrose Till", "classified")):
        cast.add(team, "union", name, position)
    cast.add(team, "district", "Priscilla Vang", "principal")
    union = cast.browser(UNION_LEAD)
    union.get(f"/teams/{team.id}")
    union.submit(f"/teams/{team.id}/signatures")
    assert team.lead("union").joined_at
    district = cast.browser(DISTRICT_LEAD)
    district.get(f"/teams/{team.id}")
    assert "is submitted" in district.submit(f"/teams/{team.id}/signatures").text()
