"""What becomes of signatures and of the registration when a successor takes over."""

import pytest

from cdef.kernel import clock
from cdef.kernel.problems import Refused
from cdef.registrations import sign_actions
from cdef.teams.rules import current_signature, waiting_side
from tests.cast import DISTRICT_LEAD, FEW, SUCCESSOR, UNION_LEAD, Cast, Mailbox, text_of
from tests.conftest import both_databases
from tests.pages import Browser
from tests.teams.handing import offered, take


@both_databases
def test_in_a_draft_the_predecessors_signature_does_not_count(
    browser: Browser, cast: Cast, mailbox: Mailbox
) -> None:
    team = cast.team(members=FEW)
    cast.sign(team, "district")
    assert waiting_side(team) == "union"
    page = take(browser, offered(cast, mailbox, team), attends=None)
    assert waiting_side(team) is None
    assert current_signature(team, "district") is None
    assert "District side: not signed" in page.text()
    assert [signature.lead.email for signature in team.signatures] == [DISTRICT_LEAD]
    browser.submit(f"/teams/{team.id}/signatures")
    assert waiting_side(team) == "union"


def test_the_other_sides_signature_stays_when_the_roster_does(
    browser: Browser, cast: Cast, mailbox: Mailbox
) -> None:
    team = cast.team(members=FEW)
    cast.sign(team, "union")
    take(browser, offered(cast, mailbox, team), attends=None)
    assert waiting_side(team) == "district"
    assert not mailbox.letters("signature_voided")
    browser.submit(f"/teams/{team.id}/signatures")
    assert team.state == "submitted"


def test_the_other_side_is_asked_to_sign_again_when_the_successor_comes_along(
    browser: Browser, cast: Cast, mailbox: Mailbox
) -> None:
    team = cast.team(members=FEW)
    cast.sign(team, "union")
    take(browser, offered(cast, mailbox, team))
    assert current_signature(team, "union") is None
    (letter,) = mailbox.letters("signature_voided")
    assert letter.to_email == UNION_LEAD
    assert "Cordelia Whitcombe added Cordelia Whitcombe" in text_of(
        mailbox.last("signature_voided")
    )


def test_a_letter_that_asks_the_predecessor_to_sign_is_cancelled(
    browser: Browser, cast: Cast, mailbox: Mailbox
) -> None:
    team = cast.team(members=FEW)
    cast.sign(team, "district")
    union = cast.browser(UNION_LEAD)
    union.get(f"/teams/{team.id}")
    union.submit(f"/teams/{team.id}/members/{team.members[-1].id}/removal")
    assert [letter.state for letter in mailbox.letters("signature_voided")] == ["held"]
    take(browser, offered(cast, mailbox, team))
    assert [letter.state for letter in mailbox.letters("signature_voided")] == ["cancelled"]


@both_databases
@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_what_was_submitted_stays_as_it_is(
    browser: Browser, cast: Cast, mailbox: Mailbox, state: str
) -> None:
    team = getattr(cast, state)(members=FEW)
    revision, people = team.revision, [member.email for member in team.members]
    link = offered(cast, mailbox, team)
    page = browser.get(link)
    assert "The roster stays as it is" in page.text()
    assert page.value("position") is None
    page = browser.submit(link)
    assert (team.state, team.revision) == (state, revision)
    assert [member.email for member in team.members] == people
    assert "District side: signed by Imogen Castellanos," in page.text()
    assert "The registration stays as it is." in text_of(mailbox.last("lead_changed"))


def test_a_returned_team_is_signed_by_the_successor(
    browser: Browser, cast: Cast, mailbox: Mailbox
) -> None:
    team = cast.submitted(members=FEW)
    cast.decide(team, "return", "Please look again.")
    take(browser, offered(cast, mailbox, team))
    browser.submit(f"/teams/{team.id}/signatures")
    cast.sign(team, "union")
    assert team.state == "submitted"
    told = {letter.to_email for letter in mailbox.letters("submitted")[-2:]}
    assert told == {SUCCESSOR, UNION_LEAD}


def test_the_predecessor_signs_nothing_any_more(
    browser: Browser, cast: Cast, mailbox: Mailbox
) -> None:
    team = cast.team(members=FEW)
    link = offered(cast, mailbox, team)
    imogen = cast.browser(DISTRICT_LEAD)
    imogen.get(f"/teams/{team.id}")
    take(browser, link)
    assert imogen.submit(f"/teams/{team.id}/signatures").status == 404
    person = cast.person(DISTRICT_LEAD)
    with pytest.raises(Refused, match="Only the leads of this team can sign"):
        sign_actions.sign(team, team.revision, by=person, now=clock.now(), today=clock.today())
