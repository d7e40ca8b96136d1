"""A participant corrects their own name and address, at once and known to the leads."""

import pytest

from cdef.kernel import audit
from cdef.registrations import change_actions
from cdef.teams.models import Team
from cdef.teams.row_rules import Row
from tests.cast import DISTRICT_LEAD, FEW, UNION_LEAD, Cast, Mailbox, calendars_of, text_of
from tests.conftest import both_databases
from tests.pages import Browser, Page
from tests.publishing import hand_over

DASHIELL = "dashiell.nakagawa@example.org"
NEW = "d.nakagawa@example.org"


@pytest.fixture
def team(cast: Cast) -> Team:
    team = cast.approved(members=FEW)
    hand_over()
    return team


@pytest.fixture
def mine(cast: Cast, team: Team) -> Browser:
    return cast.browser(DASHIELL, is_personal=True)


def page_of(team: Team) -> str:
    own = next(member.id for member in team.members if member.email == DASHIELL)
    return f"/personal/{own}/details"


def correct(mine: Browser, team: Team, **fields: str) -> Page:
    mine.get(page_of(team))
    return mine.submit(page_of(team), **fields)


@both_databases
def test_a_name_spelled_right_holds_at_once_and_both_leads_are_told(
    cast: Cast, mine: Browser, team: Team, mailbox: Mailbox
) -> None:
    page = correct(mine, team, name="Dashiel Nakagawa")
    assert "Your details are corrected, and the leads of your team are told." in page.text()
    assert "Dashiel Nakagawa, Classified union president" in page.text()
    assert audit.timeline(team.about)[0].what == "corrected Dashiel Nakagawa"
    for lead in (DISTRICT_LEAD, UNION_LEAD):
        said = text_of(mailbox.last("roster_corrected", lead))
        assert "name from Dashiell Nakagawa to Dashiel Nakagawa" in said
    assert mailbox.letters("confirmation", DASHIELL)[1:] == []


@both_databases
def test_a_new_address_has_the_link_and_the_days_and_the_old_one_loses_them(
    mine: Browser, team: Team, mailbox: Mailbox
) -> None:
    page = correct(mine, team, email="D.Nakagawa@Example.org ")
    assert f"Your address is {NEW} now." in page.text()
    assert "You have no confirmed place yet" in page.text()
    arrived = calendars_of(mailbox.last("confirmation", NEW))
    gone = calendars_of(mailbox.last("cancellation", DASHIELL))
    assert {each["METHOD"] for each in arrived} == {"REQUEST"}
    assert {each["METHOD"] for each in gone} == {"CANCEL"}
    assert "/personal/open/" in text_of(mailbox.last("confirmation", NEW))
    assert "/personal/open/" not in text_of(mailbox.last("cancellation", DASHIELL))


def test_another_person_is_refused_and_what_was_typed_is_kept(mine: Browser, team: Team) -> None:
    page = correct(mine, team, name="Ottoline Brandt")
    assert page.status == 422
    assert "ask one of your team’s leads to swap you" in page.text()
    assert page.form(page_of(team)).value("name") == "Ottoline Brandt"


@pytest.mark.parametrize("email", ["nowhere", "", DISTRICT_LEAD])
def test_an_address_that_cannot_be_is_refused(mine: Browser, team: Team, email: str) -> None:
    page = correct(mine, team, email=email)
    assert page.status == 422
    assert page.form(page_of(team)).value("email") == email


def test_what_a_lead_corrected_meanwhile_is_shown_beside(mine: Browser, team: Team) -> None:
    mine.get(page_of(team))
    member = next(member for member in team.members if member.email == DASHIELL)
    row = Row(member.name, member.email, member.position, member.site)
    theirs = Row("Dashielle Nakagawa", row.email, row.position, row.site)
    change_actions.correct(member, theirs, row, by=team.leads[0].person, now=team.created_at)
    page = mine.submit(page_of(team), name="Dashiel Nakagawa")
    assert page.status == 409
    assert "Dashielle Nakagawa" in page.text()
    assert page.form(page_of(team)).value("name") == "Dashiel Nakagawa"
    assert mine.submit(page_of(team)).status == 200
    assert "Dashiel Nakagawa, Classified" in mine.get("/personal").text()


def test_nothing_changed_is_nothing_said(mine: Browser, team: Team, mailbox: Mailbox) -> None:
    lines = len(audit.timeline(team.about))
    correct(mine, team)
    assert len(audit.timeline(team.about)) == lines
    assert mailbox.letters("roster_corrected") == []
