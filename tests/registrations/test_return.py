"""Returning a registration with a note: the leads mend the roster and sign it again."""

import pytest

from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, FEW, STAFF, UNION_LEAD, Cast, Mailbox, html_of, text_of
from tests.conftest import both_databases
from tests.pages import Browser, Page

NOTE = "Please name a site.\n\nAnd <b>thank you</b> & {{7*7}}."


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.submitted(members=FEW)


@pytest.fixture
def staff(cast: Cast, team: Team) -> Browser:
    cast.staff()
    return cast.browser(STAFF)


def give_back(staff: Browser, team: Team, note: str = NOTE) -> Page:
    staff.get(f"/staff/teams/{team.id}")
    return staff.submit(f"/staff/teams/{team.id}/return", note=note)


@both_databases
def test_both_leads_read_the_note_as_it_was_written(
    staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    assert give_back(staff, team).status == 200
    for lead in (DISTRICT_LEAD, UNION_LEAD):
        letter = mailbox.last("returned", lead)
        assert NOTE in text_of(letter)
        assert "And &lt;b&gt;thank you&lt;/b&gt; &amp; {{7*7}}." in html_of(letter)
    assert not mailbox.letters("confirmation")


def test_the_note_stands_on_the_teams_page(cast: Cast, staff: Browser, team: Team) -> None:
    give_back(staff, team)
    text = cast.browser(DISTRICT_LEAD).get(f"/teams/{team.id}").text()
    assert "Returned" in text
    assert "And <b>thank you</b> & {{7*7}}." in text


@both_databases
def test_the_leads_change_the_roster_sign_and_submit_again(
    cast: Cast, staff: Browser, team: Team
) -> None:
    give_back(staff, team)
    cast.add(team, "union", "Marguerite Adeyemi", "teacher")
    for email in (UNION_LEAD, DISTRICT_LEAD):
        lead = cast.browser(email)
        lead.get(f"/teams/{team.id}")
        lead.submit(f"/teams/{team.id}/signatures")
    assert team.state == "submitted"
    assert [row.verb for row in team.registration.decisions] == ["submit", "return", "submit"]


def test_a_roster_that_needs_no_change_is_signed_again_too(
    cast: Cast, staff: Browser, team: Team
) -> None:
    give_back(staff, team)
    for email in (UNION_LEAD, DISTRICT_LEAD):
        lead = cast.browser(email)
        page = lead.get(f"/teams/{team.id}")
        assert "not signed" in page.text()
        lead.submit(f"/teams/{team.id}/signatures")
    assert team.state == "submitted"


def test_the_old_note_is_gone_once_it_is_submitted_again(
    cast: Cast, staff: Browser, team: Team
) -> None:
    give_back(staff, team)
    cast.sign(team, "district")
    cast.sign(team, "union")
    assert "name a site" not in cast.browser(DISTRICT_LEAD).get(f"/teams/{team.id}").text()
    assert "name a site" in staff.get(f"/staff/teams/{team.id}").text()


def test_a_note_that_is_too_long_is_refused_and_kept(
    staff: Browser, team: Team, mailbox: Mailbox
) -> None:
    long = "n" * 4001
    page = give_back(staff, team, long)
    assert page.status == 422
    assert "Please use at most 4000 characters." in page.text()
    assert page.value("note") == long
    assert team.state == "submitted"
    assert not mailbox.letters("returned")


def test_a_lead_cannot_return_it(cast: Cast, team: Team) -> None:
    lead = cast.browser(DISTRICT_LEAD)
    token = lead.get("/teams").value("csrf_token")
    fields = [("csrf_token", token), ("note", NOTE)]
    assert lead.post(f"/staff/teams/{team.id}/return", fields).status == 403
    assert team.state == "submitted"
