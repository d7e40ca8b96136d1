"""Inviting the lead of the other side."""

import pytest
from flask import Flask

from cdef.kernel import audit
from cdef.teams.models import Team
from tests.cast import (
    DISTRICT_LEAD,
    OAKLAND,
    OTHER_LEAD,
    STAFF,
    UNION_LEAD,
    Cast,
    Mailbox,
    text_of,
)
from tests.conftest import both_databases
from tests.pages import Browser, Page


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team(partner=None, members=[])


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    return cast.browser(DISTRICT_LEAD)


def invite(
    lead: Browser, team: Team, email: str = UNION_LEAD, name: str = "Beatriz Holloway"
) -> Page:
    lead.get(f"/teams/{team.id}")
    return lead.submit(f"/teams/{team.id}/partner", name=name, email=email)


def typed(page: Page, team: Team) -> tuple[str | None, str | None]:
    form = page.form(f"/teams/{team.id}/partner")
    return form.value("name"), form.value("email")


@both_databases
def test_the_partner_gets_a_letter_with_the_way_in(
    lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    page = invite(lead, team)
    assert page.status == 200
    assert (
        f"Beatriz Holloway is invited. The letter to {UNION_LEAD} is in the outbox." in page.text()
    )
    assert "Invited, and has not joined yet." in page.text()
    letter = mailbox.last("partner_invitation", UNION_LEAD)
    assert letter["To"].addresses[0].display_name == "Beatriz Holloway"
    for words in ("Imogen Castellanos", "Milpitas Unified", "Bay Area", "November 29–30, 2016"):
        assert words in text_of(letter)


def test_it_is_on_the_timeline(lead: Browser, team: Team) -> None:
    invite(lead, team)
    assert audit.timeline(team.about)[0].what == "invited the partner"


def test_nobody_is_invited_once_both_have_joined(cast: Cast, lead: Browser, team: Team) -> None:
    assert lead.get(f"/teams/{team.id}").has_form(f"/teams/{team.id}/partner")
    cast.join(team, UNION_LEAD)
    for browser in (lead, cast.browser(UNION_LEAD)):
        assert not browser.get(f"/teams/{team.id}").has_form(f"/teams/{team.id}/partner")


def test_an_invitation_is_corrected_and_the_old_link_dies(
    app: Flask, lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    invite(lead, team, "beatrix@example.org", "Beatrix")
    old = mailbox.link("partner_invitation", "beatrix@example.org")
    invite(lead, team)
    assert Browser(app.test_client()).get(old).status == 410
    assert mailbox.letters("partner_invitation", "beatrix@example.org")[0].state == "cancelled"
    new = mailbox.link("partner_invitation", UNION_LEAD)
    assert Browser(app.test_client()).get(new).status == 200
    union = team.lead("union")
    assert union is not None
    assert (union.name, union.email) == ("Beatriz Holloway", UNION_LEAD)


def test_whoever_was_invited_by_mistake_sees_the_team_no_more(
    cast: Cast, lead: Browser, team: Team
) -> None:
    invite(lead, team, "beatrix@example.org", "Beatrix")
    mistaken = cast.browser("beatrix@example.org")
    assert mistaken.get(f"/teams/{team.id}").status == 200
    invite(lead, team)
    assert mistaken.get(f"/teams/{team.id}").status == 404


@both_databases
def test_an_invitation_sent_again_has_a_new_link(
    app: Flask, lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    invite(lead, team)
    old = mailbox.link("partner_invitation", UNION_LEAD)
    invite(lead, team)
    new = mailbox.link("partner_invitation", UNION_LEAD)
    browser = Browser(app.test_client())
    assert browser.get(old).status == 410
    assert browser.get(new).status == 200
    states = [letter.state for letter in mailbox.letters("partner_invitation")]
    assert states == ["cancelled", "held"]


def test_invitations_to_other_teams_stay_good(
    cast: Cast, lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    other = cast.team(cd_code=OAKLAND, lead=OTHER_LEAD, partner=None, members=[])
    invite(lead, team)
    first = mailbox.link("partner_invitation", UNION_LEAD)
    elsewhere = cast.browser(OTHER_LEAD)
    invite(elsewhere, other)
    invite(elsewhere, other)
    assert cast.browser(UNION_LEAD).get(first).status == 200


# Refusals.


@pytest.mark.parametrize("email", [DISTRICT_LEAD, f" {DISTRICT_LEAD.upper()}"])
def test_ones_own_address_is_refused(
    lead: Browser, team: Team, mailbox: Mailbox, email: str
) -> None:
    page = invite(lead, team, email)
    assert page.status == 422
    assert "This is your own address." in page.text()
    assert typed(page, team) == ("Beatriz Holloway", email.strip())
    assert team.lead("union") is None
    assert not mailbox.letters()


@pytest.mark.parametrize(("name", "email"), [("", UNION_LEAD), ("Beatriz", ""), ("Beatriz", "x@")])
def test_what_is_missing_is_asked_for(
    lead: Browser, team: Team, mailbox: Mailbox, name: str, email: str
) -> None:
    page = invite(lead, team, email, name)
    assert page.status == 422
    assert page.find("p", class_="field__error")
    assert typed(page, team) == (name, email)
    assert not mailbox.letters()


def test_three_invitations_an_hour_go_to_one_address(
    cast: Cast, lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    assert [invite(lead, team).status for _ in range(4)] == [200, 200, 200, 429]
    assert lead.page is not None
    assert "three links to this address within the hour" in lead.page.text()
    assert typed(lead.page, team) == ("Beatriz Holloway", UNION_LEAD)
    assert len(mailbox.letters("partner_invitation")) == 3
    assert invite(lead, team, "beatriz@example.org").status == 200
    cast.later(minutes=61)
    assert invite(lead, team).status == 200


def test_a_refused_invitation_comes_back_as_the_roster_alone_for_htmx(
    lead: Browser, team: Team
) -> None:
    lead.get(f"/teams/{team.id}")
    answer = lead.htmx(f"/teams/{team.id}/partner", name="Beatriz Holloway", email=DISTRICT_LEAD)
    assert answer.status_code == 422
    assert "<html" not in answer.text
    assert "This is your own address." in answer.text


def test_a_lead_who_has_joined_stays(
    cast: Cast, lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    lead.get(f"/teams/{team.id}")
    cast.join(team, UNION_LEAD)
    page = lead.submit(f"/teams/{team.id}/partner", name="Somebody Else", email=OTHER_LEAD)
    assert page.status == 422
    assert "Beatriz Holloway leads the union side already." in page.text()
    assert page.value("name") == "Somebody Else"
    assert team.lead("union").email == UNION_LEAD
    assert not mailbox.letters("partner_invitation")


def test_staff_do_not_invite(cast: Cast, lead: Browser, team: Team, mailbox: Mailbox) -> None:
    cast.staff()
    staff = cast.browser(STAFF)
    page = staff.get(f"/teams/{team.id}")
    assert not page.has_form(f"/teams/{team.id}/partner")
    fields = [("csrf_token", page.value("csrf_token")), ("name", "B"), ("email", UNION_LEAD)]
    page = staff.post(f"/teams/{team.id}/partner", fields)
    assert page.status == 422
    assert "Only the leads of this team can do that." in page.text()
    assert not mailbox.letters()


def test_strangers_learn_nothing(cast: Cast, team: Team, mailbox: Mailbox) -> None:
    stranger = cast.browser(OTHER_LEAD)
    token = stranger.get("/teams").value("csrf_token")
    fields = [("csrf_token", token), ("name", "B"), ("email", UNION_LEAD)]
    assert stranger.post(f"/teams/{team.id}/partner", fields).status == 404
    assert not mailbox.letters()
