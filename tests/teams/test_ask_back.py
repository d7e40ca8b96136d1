"""Staff ask last year's teams back; whoever presses the letter's link begins with last year's roster."""

import re

import pytest
from sqlalchemy import select

from cdef.kernel.db import db, transaction
from cdef.registrations.recount_actions import recount
from cdef.series.models import Cohort
from cdef.teams.back_models import AskedBack
from cdef.teams.models import Team
from tests.cast import (
    DISTRICT_LEAD,
    FEW,
    MEMBERS,
    OAKLAND,
    OTHER_LEAD,
    UNION_LEAD,
    Cast,
    Mailbox,
    html_of,
    text_of,
)
from tests.conftest import both_databases
from tests.pages import Browser
from tests.series.desk import newest_event, staff_browser
from tests.state import guest

PAGE = "/staff/series/2/teams-back"


@pytest.fixture
def old(cast: Cast) -> Team:
    """Last year's team, approved; a new series is current."""
    team = cast.approved(members=MEMBERS)
    cast.next_series()
    return team


def chosen(staff: Browser, *teams: Team) -> None:
    staff.get(PAGE)
    assert staff.page
    fields = [each for each in staff.page.form(PAGE).fields if each[0] != "team"]
    staff.post(PAGE, fields + [("team", str(team.id)) for team in teams])


def ask(cast: Cast, *teams: Team) -> str:
    staff = staff_browser(cast)
    chosen(staff, *teams)
    return staff.submit(PAGE, send="1").text()


def teams() -> list[Team]:
    db.session.expire_all()
    return list(db.session.scalars(select(Team).order_by(Team.id)))


def come(cast: Cast, email: str) -> Browser:
    browser = guest(cast)
    link = Mailbox().link("asked_back", email)
    browser.get(link)
    browser.submit(link, meant="y")
    return browser


def test_last_years_teams_are_listed_with_both_leads(cast: Cast, old: Team) -> None:
    page = staff_browser(cast).get(PAGE)
    assert "Milpitas Unified" in page.text()
    assert "Imogen Castellanos, district" in page.text()
    assert "Beatriz Holloway, union" in page.text()
    assert page.value("team") == str(old.id)


def test_a_look_shows_each_letter_and_sends_none(cast: Cast, old: Team, mailbox: Mailbox) -> None:
    staff = staff_browser(cast)
    chosen(staff, old)
    assert staff.page
    text = staff.page.text()
    assert "2 letters, not sent yet" in text
    assert f"Imogen Castellanos ({DISTRICT_LEAD}), district lead" in text
    assert "Dear Imogen Castellanos," in text
    assert mailbox.letters("asked_back") == []


@both_databases
def test_each_lead_gets_one_letter(cast: Cast, old: Team, mailbox: Mailbox) -> None:
    assert "2 letters are in the outbox." in ask(cast, old)
    assert {letter.to_email for letter in mailbox.letters("asked_back")} == {
        DISTRICT_LEAD,
        UNION_LEAD,
    }
    letter = mailbox.last("asked_back", DISTRICT_LEAD)
    for said in (text_of(letter), re.sub("<[^>]+>", "", html_of(letter))):
        assert "You begin with the roster of 2016-17 (8 people)" in said
        assert "Beatriz Holloway has a letter like this." in said
    event = newest_event(old.about)
    assert event.what == "asked the team back for 2017-18"
    assert event.after == {"to": [DISTRICT_LEAD, UNION_LEAD]}


def test_nobody_is_asked_twice(cast: Cast, old: Team, mailbox: Mailbox) -> None:
    staff, other = staff_browser(cast), staff_browser(cast)
    for browser in (staff, other):
        chosen(browser, old)
    staff.submit(PAGE, send="1")
    assert "Everybody was asked already; nothing was sent." in other.submit(PAGE, send="1").text()
    chosen(staff, old)
    assert staff.page
    assert "were asked already" in staff.page.text()
    assert len(mailbox.letters("asked_back")) == 2


def test_nothing_chosen_is_said(cast: Cast, old: Team) -> None:
    staff = staff_browser(cast)
    chosen(staff)
    assert staff.page
    assert staff.page.status == 422
    assert "Please choose at least one team." in staff.page.text()


@pytest.mark.parametrize("change", [{"is_open": False}, {"slug": "elsewhere"}])
def test_a_team_without_an_open_cohort_is_not_asked(
    cast: Cast, old: Team, mailbox: Mailbox, change: dict[str, object]
) -> None:
    with transaction():
        for cohort in db.session.scalars(select(Cohort).where(Cohort.series_id == 2)):
            if cohort.slug == "bay-area":
                for name, value in change.items():
                    setattr(cohort, name, value)
    staff = staff_browser(cast)
    chosen(staff, old)
    assert staff.page
    assert staff.page.status == 422
    assert mailbox.letters("asked_back") == []


def test_teams_are_not_asked_to_a_series_that_nobody_sees(cast: Cast, old: Team) -> None:
    page = staff_browser(cast).get("/staff/series/1/teams-back")
    assert "Teams are asked back for the series that the public pages show." in page.text()


def test_opening_the_link_changes_nothing(cast: Cast, old: Team) -> None:
    ask(cast, old)
    browser = guest(cast)
    browser.get(Mailbox().link("asked_back", DISTRICT_LEAD))
    assert len(teams()) == 1


@both_databases
def test_the_first_lead_begins_the_team_and_looks_through_last_years_people(
    cast: Cast, old: Team
) -> None:
    ask(cast, old)
    browser = come(cast, DISTRICT_LEAD)
    new = teams()[-1]
    assert (new.district_id, new.cohort.series.key) == (old.district_id, "2017-18")
    assert browser.page
    assert browser.page.path.startswith(f"/teams/{new.id}/imports/")
    assert "The roster of 2016-17" in browser.page.text()
    assert "Thaddeus Okonkwo-Reyes" in browser.page.text()
    assert [member.position for member in new.members] == ["superintendent"]
    assert "Came back" in staff_browser(cast).get(PAGE).text()


@both_databases
def test_the_other_lead_joins_the_same_team(cast: Cast, old: Team) -> None:
    ask(cast, old)
    come(cast, DISTRICT_LEAD)
    browser = come(cast, UNION_LEAD)
    assert len(teams()) == 2
    new = teams()[-1]
    assert browser.page
    assert browser.page.path == f"/teams/{new.id}"
    assert [(lead.side, lead.email) for lead in new.leads] == [
        ("district", DISTRICT_LEAD),
        ("union", UNION_LEAD),
    ]
    assert all(lead.joined_at for lead in new.leads)
    assert {member.email for member in new.members} == {DISTRICT_LEAD, UNION_LEAD}
    assert set(recount().values()) == {0}


def test_a_side_that_somebody_else_leads_now_is_refused(cast: Cast, old: Team) -> None:
    ask(cast, old)
    come(cast, DISTRICT_LEAD)
    cast.join(teams()[-1], "partner@example.org")
    browser = come(cast, UNION_LEAD)
    assert browser.page
    assert browser.page.status == 422
    assert "leads the union side of this year’s team already." in browser.page.text()


def test_the_link_works_once(cast: Cast, old: Team) -> None:
    ask(cast, old)
    come(cast, DISTRICT_LEAD)
    browser = guest(cast)
    assert browser.get(Mailbox().link("asked_back", DISTRICT_LEAD)).status == 410


def test_a_cohort_that_closed_meanwhile_begins_no_team(cast: Cast, old: Team) -> None:
    ask(cast, old)
    with transaction():
        for cohort in db.session.scalars(select(Cohort)):
            cohort.is_open = False
    browser = come(cast, DISTRICT_LEAD)
    assert browser.page
    assert browser.page.status == 422
    assert len(teams()) == 1


def test_two_teams_can_be_asked_at_once(cast: Cast, mailbox: Mailbox) -> None:
    one = cast.approved(members=FEW)
    two = cast.team(cd_code=OAKLAND, lead=OTHER_LEAD, partner=None, members=[])
    cast.next_series()
    assert "3 letters are in the outbox." in ask(cast, one, two)
    assert len(db.session.scalars(select(AskedBack)).all()) == 3


def test_leads_cannot_ask(cast: Cast, old: Team) -> None:
    assert cast.browser(DISTRICT_LEAD).get(PAGE).status == 403
