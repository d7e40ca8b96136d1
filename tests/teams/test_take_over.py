"""The successor becomes the side's lead by the button behind the mailed link."""

import pytest
from flask import Flask

from cdef.kernel import audit
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, FEW, STAFF, SUCCESSOR, UNION_LEAD, Cast, Mailbox, text_of
from tests.conftest import both_databases
from tests.pages import Browser
from tests.teams.handing import INVITATION, POSITION, district_lead, offered, take
from tests.world import digest


@pytest.fixture
def team(cast: Cast) -> Team:
    """A draft whose district side is offered to Cordelia."""
    team = cast.team(members=FEW)
    cast.ask_successor(team, "district")
    return team


@pytest.fixture
def link(team: Team, mailbox: Mailbox) -> str:
    return mailbox.link(INVITATION, SUCCESSOR)


@both_databases
def test_the_successor_leads_the_side_and_is_on_the_roster(
    browser: Browser, team: Team, link: str
) -> None:
    assert "Take over the district side of Milpitas Unified" in browser.get(link).text()
    page = browser.submit(link, position=POSITION)
    assert page.path == f"/teams/{team.id}"
    lead = district_lead(team)
    assert (lead.name, lead.email) == ("Cordelia Whitcombe", SUCCESSOR)
    assert lead.joined_at
    assert len(team.leads) == 2
    added = next(member for member in team.members if member.email == SUCCESSOR)
    assert (added.side, added.name, added.position) == (
        "district",
        "Cordelia Whitcombe",
        POSITION,
    )
    assert "Asked Cordelia" not in page.text()


@both_databases
def test_the_predecessor_loses_the_team_and_stays_on_the_roster(
    browser: Browser, cast: Cast, team: Team, link: str
) -> None:
    imogen = cast.browser(DISTRICT_LEAD)
    assert imogen.get(f"/teams/{team.id}").status == 200
    take(browser, link)
    for path in ("", "/changes?since=", "/roster"):
        assert imogen.get(f"/teams/{team.id}{path}").status == 404
    assert "You lead no team yet" in imogen.get("/teams").text()
    assert DISTRICT_LEAD in [member.email for member in team.members]


def test_it_is_on_the_timeline(browser: Browser, team: Team, link: str) -> None:
    take(browser, link, attends=None)
    event = audit.timeline(team.about)[0]
    assert event.who == "Cordelia Whitcombe"
    assert event.what == "took over the district side from Imogen Castellanos"
    assert (event.before, event.after) == ({"lead": DISTRICT_LEAD}, {"lead": SUCCESSOR})


@both_databases
def test_the_other_sides_lead_is_told_once(
    browser: Browser, team: Team, link: str, mailbox: Mailbox
) -> None:
    take(browser, link)
    (letter,) = mailbox.letters("lead_changed")
    assert letter.to_email == UNION_LEAD
    text = " ".join(text_of(mailbox.last("lead_changed")).split())
    assert f"Cordelia Whitcombe ({SUCCESSOR}) now leads the district side" in text
    assert "instead of Imogen Castellanos" in text
    assert "a signature that Imogen Castellanos gave does not count any more" in text


def test_the_predecessor_is_told_that_they_are_on_the_roster_still(
    browser: Browser, team: Team, link: str, mailbox: Mailbox
) -> None:
    take(browser, link)
    (letter,) = mailbox.letters("handed_over")
    assert letter.to_email == DISTRICT_LEAD
    text = " ".join(text_of(mailbox.last("handed_over")).split())
    assert "has taken over the district side" in text
    assert "You are still on the roster." in text


def test_a_predecessor_who_is_not_on_the_roster_is_not_told_so(
    browser: Browser, cast: Cast, mailbox: Mailbox
) -> None:
    team = cast.team(members=FEW)
    imogen = cast.browser(DISTRICT_LEAD)
    imogen.get(f"/teams/{team.id}")
    imogen.submit(f"/teams/{team.id}/members/{team.members[0].id}/removal")
    take(browser, offered(cast, mailbox, team))
    assert "on the roster" not in text_of(mailbox.last("handed_over"))


def test_an_invited_lead_of_the_other_side_hears_it_when_they_join(
    browser: Browser, cast: Cast, mailbox: Mailbox
) -> None:
    team = cast.team(partner=None, members=[])
    lead = cast.browser(DISTRICT_LEAD)
    lead.get(f"/teams/{team.id}")
    lead.submit(f"/teams/{team.id}/partner", name="Beatriz Holloway", email=UNION_LEAD)
    take(browser, offered(cast, mailbox, team))
    assert not mailbox.letters("lead_changed")
    assert len(mailbox.letters("handed_over")) == 1


# The link.


def test_a_scanner_that_opens_the_link_changes_nothing(
    browser: Browser, team: Team, link: str
) -> None:
    before = digest()
    browser.client.head(link)
    browser.get(link)
    assert digest() == before
    assert browser.get(f"/teams/{team.id}").path == "/sign-in"


def test_pressed_twice_it_is_taken_once(
    app: Flask, browser: Browser, team: Team, link: str, mailbox: Mailbox
) -> None:
    late = Browser(app.test_client())
    late.get(link)
    take(browser, link)
    page = late.submit(link, position=POSITION)
    assert page.status == 410
    assert "sign in to open your team" in page.text()
    assert [lead.email for lead in team.leads] == [SUCCESSOR, UNION_LEAD]
    assert len(mailbox.letters("lead_changed")) == 1


@both_databases
def test_the_link_dies_after_thirty_days(
    browser: Browser, cast: Cast, team: Team, link: str
) -> None:
    cast.later(days=29)
    assert browser.get(link).status == 200
    cast.later(days=2)
    assert browser.submit(link, position=POSITION).status == 410
    assert district_lead(team).email == DISTRICT_LEAD


def test_taking_over_in_somebodys_browser_signs_in_the_successor(
    cast: Cast, team: Team, link: str
) -> None:
    browser = cast.browser("somebody.else@example.org")
    page = take(browser, link)
    assert "Cordelia Whitcombe" in "".join(page.find("span", class_="who__name")[0].itertext())


# The roster.


def test_a_successor_who_does_not_come_needs_no_position(
    browser: Browser, team: Team, link: str
) -> None:
    take(browser, link, position="", attends=None)
    assert district_lead(team).email == SUCCESSOR
    assert SUCCESSOR not in [member.email for member in team.members]


@pytest.mark.parametrize("position", ["", "teacher", "x" * 10_000])
def test_a_position_of_the_side_is_needed(
    browser: Browser, team: Team, link: str, position: str
) -> None:
    page = take(browser, link, position=position)
    assert page.status == 422
    assert page.find("p", class_="field__error")
    assert district_lead(team).email == DISTRICT_LEAD


def test_a_successor_on_the_roster_already_stays_there_once(
    browser: Browser, cast: Cast, team: Team, link: str
) -> None:
    cast.add(team, "district", "Cordelia Whitcombe", "principal", email=SUCCESSOR)
    page = browser.get(link)
    assert "You are on the roster already, and stay on it." in page.text()
    assert page.value("position") is None
    browser.submit(link)
    assert district_lead(team).email == SUCCESSOR
    assert [member.position for member in team.members if member.email == SUCCESSOR] == [
        "principal"
    ]


# Whose turn has passed.


def test_a_side_can_be_handed_back(browser: Browser, cast: Cast, team: Team, link: str) -> None:
    take(browser, link)
    mailbox = Mailbox()
    cast.ask_successor(team, "district", DISTRICT_LEAD)
    imogen = cast.browser(DISTRICT_LEAD)
    back = mailbox.link(INVITATION, DISTRICT_LEAD)
    imogen.get(back)
    assert imogen.submit(back).path == f"/teams/{team.id}"
    assert district_lead(team).email == DISTRICT_LEAD
    assert browser.get(f"/teams/{team.id}").status == 404


def test_who_leads_the_other_side_by_now_cannot_take_over(
    browser: Browser, cast: Cast, mailbox: Mailbox
) -> None:
    team = cast.team(partner=None, members=[])
    link = offered(cast, mailbox, team)
    cast.join(team, SUCCESSOR)
    browser.get(link)
    page = browser.submit(link)
    assert page.status == 422
    assert "leads the union side, and cannot lead both." in page.text()
    assert district_lead(team).email == DISTRICT_LEAD


@both_databases
def test_a_team_that_was_withdrawn_meanwhile_is_offered_anew(
    browser: Browser, cast: Cast, mailbox: Mailbox
) -> None:
    team = cast.submitted(members=FEW)
    link = offered(cast, mailbox, team)
    browser.get(link)
    cast.decide(team, "withdraw")
    assert browser.submit(link).status == 410
    assert district_lead(team).email == DISTRICT_LEAD
    cast.decide(team, "reopen", "Come back.")
    assert take(browser, offered(cast, mailbox, team)).path == f"/teams/{team.id}"


def test_staff_put_somebody_in_the_place_of_a_lead_who_left(
    browser: Browser, cast: Cast, mailbox: Mailbox
) -> None:
    team = cast.approved(members=FEW)
    staff = cast.browser(STAFF)
    staff.get(f"/staff/teams/{team.id}")
    staff.submit(
        f"/teams/{team.id}/handovers", name="Cordelia Whitcombe", email=SUCCESSOR, side="union"
    )
    page = take(browser, mailbox.link(INVITATION, SUCCESSOR))
    assert page.path == f"/teams/{team.id}"
    union = team.lead("union")
    assert union is not None
    assert union.email == SUCCESSOR
    assert [letter.to_email for letter in mailbox.letters("lead_changed")] == [DISTRICT_LEAD]
    assert [letter.to_email for letter in mailbox.letters("handed_over")] == [UNION_LEAD]
