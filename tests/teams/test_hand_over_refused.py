"""Whom a side is not handed over to, by whom, and when."""

import pytest

from cdef.teams.models import Team
from tests.cast import (
    DISTRICT_LEAD,
    FEW,
    OAKLAND,
    OTHER_LEAD,
    STAFF,
    SUCCESSOR,
    UNION_LEAD,
    Cast,
    Mailbox,
)
from tests.pages import Browser, Page
from tests.teams.handing import INVITATION, NAME, ask, count


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team(members=FEW)


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    """The district lead, with the team's page open."""
    lead = cast.browser(DISTRICT_LEAD)
    lead.get(f"/teams/{team.id}")
    return lead


def typed(page: Page, team: Team) -> tuple[str | None, str | None]:
    form = page.form(f"/teams/{team.id}/handovers")
    return form.value("name"), form.value("email")


@pytest.mark.parametrize(
    ("email", "said"),
    [
        (DISTRICT_LEAD, "Imogen Castellanos leads the district side already."),
        (f" {DISTRICT_LEAD.upper()}", "Imogen Castellanos leads the district side already."),
        (UNION_LEAD, "Beatriz Holloway leads the union side, and cannot lead both."),
        (
            "dashiell.nakagawa@example.org",
            "Dashiell Nakagawa comes for the union side. The district side needs a lead of its own.",
        ),
    ],
)
def test_who_cannot_lead_the_side_is_refused(
    lead: Browser, team: Team, mailbox: Mailbox, email: str, said: str
) -> None:
    page = ask(lead, team, email)
    assert page.status == 422
    assert said in page.text()
    assert typed(page, team) == (NAME, email.strip())
    assert not mailbox.letters(INVITATION)
    assert count() == 0


def test_nobody_is_asked_for_both_sides(cast: Cast, lead: Browser, team: Team) -> None:
    cast.ask_successor(team, "union")
    page = ask(lead, team)
    assert page.status == 422
    assert f"{NAME} is asked to take over the union side. Nobody can lead both." in page.text()


@pytest.mark.parametrize(("name", "email"), [("", SUCCESSOR), (NAME, ""), (NAME, "x@")])
def test_what_is_missing_is_asked_for(
    lead: Browser, team: Team, mailbox: Mailbox, name: str, email: str
) -> None:
    page = ask(lead, team, email, name)
    assert page.status == 422
    assert page.find("p", class_="field__error")
    assert typed(page, team) == (name, email)
    assert not mailbox.letters(INVITATION)


def test_three_letters_an_hour_go_to_one_address(
    cast: Cast, lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    assert [ask(lead, team).status for _ in range(4)] == [200, 200, 200, 429]
    assert lead.page is not None
    assert "three links to this address within the hour" in lead.page.text()
    assert typed(lead.page, team) == (NAME, SUCCESSOR)
    cast.later(minutes=61)
    assert ask(lead, team).status == 200
    assert len(mailbox.letters(INVITATION)) == 4


def test_a_refused_form_comes_back_alone_by_script(lead: Browser, team: Team) -> None:
    answer = lead.htmx(f"/teams/{team.id}/handovers", name=NAME, email=UNION_LEAD)
    assert answer.status_code == 422
    assert "cannot lead both" in answer.text
    assert 'hx-target="#handover-district"' in answer.text


def test_the_other_sides_lead_cannot_ask(lead: Browser, team: Team, mailbox: Mailbox) -> None:
    page = ask(lead, team, side="union")
    assert page.status == 422
    assert "Only the lead of the union side or the staff can hand it over." in page.text()
    assert page.value("email") == SUCCESSOR
    assert not mailbox.letters(INVITATION)


def test_a_side_that_is_none_is_refused(lead: Browser, team: Team) -> None:
    page = ask(lead, team, side="<b>")
    assert page.status == 422
    assert "Please say which side is handed over." in page.text()


def test_a_side_that_nobody_has_joined_is_invited_and_not_handed_over(
    cast: Cast, mailbox: Mailbox
) -> None:
    team = cast.team(partner=None, members=[])
    lead = cast.browser(DISTRICT_LEAD)
    lead.get(f"/teams/{team.id}")
    lead.submit(f"/teams/{team.id}/partner", name="Beatriz Holloway", email=UNION_LEAD)
    invited = cast.browser(UNION_LEAD).get(f"/teams/{team.id}")
    assert not invited.has_form(f"/teams/{team.id}/handovers")
    cast.staff()
    staff = cast.browser(STAFF)
    staff.get(f"/staff/teams/{team.id}")
    page = ask(staff, team, side="union")
    assert page.status == 422
    assert "Nobody leads the union side yet." in page.text()


@pytest.mark.parametrize(
    ("verb", "said"),
    [("withdraw", "This team is withdrawn."), ("decline", "This team was declined.")],
)
def test_a_team_that_takes_no_part_is_not_handed_over(
    cast: Cast, mailbox: Mailbox, verb: str, said: str
) -> None:
    team = cast.submitted(members=FEW)
    lead = cast.browser(DISTRICT_LEAD)
    stale = lead.get(f"/teams/{team.id}")
    cast.decide(team, verb, "The cohort is full.")
    assert not lead.get(f"/teams/{team.id}").has_form(f"/teams/{team.id}/handovers")
    lead.page = stale
    page = ask(lead, team)
    assert page.status == 422
    assert said in page.text()
    assert page.value("email") == SUCCESSOR
    assert not mailbox.letters(INVITATION)


@pytest.mark.parametrize("email", [OTHER_LEAD, "dashiell.nakagawa@example.org"])
def test_others_learn_nothing(cast: Cast, team: Team, mailbox: Mailbox, email: str) -> None:
    cast.team(cd_code=OAKLAND, lead=OTHER_LEAD, partner=None, members=[])
    stranger = cast.browser(email)
    token = stranger.get("/teams").value("csrf_token")
    fields = [("csrf_token", token), ("name", "B"), ("email", SUCCESSOR), ("side", "district")]
    assert stranger.post(f"/teams/{team.id}/handovers", fields).status == 404
    assert not mailbox.letters(INVITATION)
