"""Asking staff, with a reason, to waive a rule that the roster does not meet."""

from typing import Any

import pytest

from cdef.kernel import audit
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, OAKLAND, OTHER_LEAD, STAFF, UNION_LEAD, Cast
from tests.conftest import both_databases
from tests.pages import Browser, Page
from tests.teams.asking import BOARD, REASON, ask, rule_of, without_board


@pytest.fixture
def team(cast: Cast) -> Team:
    return without_board(cast)


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    browser = cast.browser(DISTRICT_LEAD)
    browser.get(f"/teams/{team.id}")
    return browser


@pytest.fixture
def partner(cast: Cast, team: Team) -> Browser:
    browser = cast.browser(UNION_LEAD)
    browser.get(f"/teams/{team.id}")
    return browser


def address(team: Team) -> str:
    return f"/teams/{team.id}/waivers"


def send(browser: Browser, team: Team, reason: str = REASON, **fields: Any) -> Page:
    return browser.submit(address(team), reason=reason, **fields)


def reasons(team: Team) -> list[str]:
    return [request.reason for request in team.waiver_requests]


@both_databases
def test_both_leads_read_on_the_checklist_what_was_asked(
    lead: Browser, partner: Browser, team: Team
) -> None:
    page = send(lead, team)
    assert "The waiver is asked for." in page.text()
    said = f"Waiver asked for: {REASON} (Imogen Castellanos, "
    assert said in page.text()
    assert said in partner.get(f"/teams/{team.id}").text()
    assert reasons(team) == [REASON]


def test_it_is_on_the_timeline_with_its_reason(lead: Browser, team: Team) -> None:
    send(lead, team)
    event = audit.timeline(team.about)[0]
    assert (event.who, event.what) == ("Imogen Castellanos", f"asked for a waiver: {BOARD}")
    assert event.after == {"reason": REASON}


def test_it_is_no_change_of_the_roster_and_leaves_signatures(
    cast: Cast, lead: Browser, team: Team
) -> None:
    cast.sign(team, "union")
    revision = team.revision
    page = send(lead, team)
    assert team.revision == revision
    assert "Union side: signed" in page.text()


def test_it_can_be_asked_once_submitted(cast: Cast, lead: Browser, team: Team) -> None:
    cast.sign(team, "union")
    cast.sign(team, "district")
    lead.get(f"/teams/{team.id}")
    send(lead, team)
    assert (team.state, reasons(team)) == ("submitted", [REASON])


@both_databases
def test_asking_twice_is_one_request(lead: Browser, partner: Browser, team: Team) -> None:
    send(lead, team)
    lines = len(audit.timeline(team.about))
    assert send(partner, team).status == 200
    assert (len(reasons(team)), len(audit.timeline(team.about))) == (1, lines)


@both_databases
def test_another_reason_takes_the_place_of_the_first(
    lead: Browser, partner: Browser, team: Team
) -> None:
    send(lead, team)
    partner.get(f"/teams/{team.id}")
    assert send(partner, team, "The seat is vacant.").status == 200
    assert reasons(team) == ["The seat is vacant."]
    event = audit.timeline(team.about)[0]
    assert event.what == f"gave another reason for a waiver: {BOARD}"
    assert event.before == {"reason": REASON}


@both_databases
def test_a_reason_given_meanwhile_is_shown_and_not_overwritten(
    lead: Browser, partner: Browser, team: Team
) -> None:
    send(lead, team)
    page = send(partner, team, "The seat is vacant.")
    assert page.status == 422
    assert f"Imogen Castellanos has given a reason meanwhile: “{REASON}”" in page.text()
    assert page.form(address(team)).value("reason") == "The seat is vacant."
    assert reasons(team) == [REASON]
    assert partner.submit(address(team)).status == 200
    assert reasons(team) == ["The seat is vacant."]


def test_once_the_rule_is_met_the_request_is_not_shown(
    cast: Cast, lead: Browser, team: Team
) -> None:
    send(lead, team)
    cast.add(team, "district", "Thaddeus Okonkwo-Reyes", "board")
    page = lead.get(f"/teams/{team.id}")
    assert "Waiver asked for" not in page.text()
    assert not page.has_form(address(team))


def test_a_rule_that_is_met_offers_no_waiver(cast: Cast) -> None:
    team = cast.team(cd_code=OAKLAND)
    assert not cast.browser(DISTRICT_LEAD).get(f"/teams/{team.id}").has_form(address(team))


def test_htmx_gets_the_line_and_the_roster(lead: Browser, team: Team) -> None:
    answer = lead.htmx(address(team), reason=REASON)
    assert answer.status_code == 200
    assert f'hx-target="#waiver-{rule_of(team)}"' in answer.text
    assert "The waiver is asked for." in answer.headers["HX-Trigger"]


# Refusals.


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 4001])
@pytest.mark.parametrize("by_script", [False, True])
def test_without_a_good_reason_the_form_stays_open_with_what_was_typed(
    lead: Browser, team: Team, reason: str, by_script: bool
) -> None:
    if by_script:
        answer = lead.htmx(address(team), reason=reason)
        page = Page(answer)
    else:
        page = send(lead, team, reason)
    assert page.status == 422
    assert page.form(address(team)).value("reason") == reason.strip()
    assert page.find("details", open="")
    assert reasons(team) == []


def test_what_the_roster_has_meanwhile_is_not_waived_and_the_reason_kept(
    cast: Cast, lead: Browser, team: Team
) -> None:
    cast.add(team, "district", "Thaddeus Okonkwo-Reyes", "board")
    page = send(lead, team)
    assert page.status == 422
    assert "The roster has somebody for this now" in page.text()
    assert page.value("reason") == REASON


@pytest.mark.parametrize("rule_id", ["0", "999", "x", "9" * 30])
def test_a_rule_that_is_none_is_refused(lead: Browser, team: Team, rule_id: str) -> None:
    assert send(lead, team, team_rule_id=rule_id).status == 422
    assert reasons(team) == []


def test_after_the_decision_it_is_refused_in_words(cast: Cast, lead: Browser, team: Team) -> None:
    cast.sign(team, "union")
    cast.sign(team, "district")
    lead.get(f"/teams/{team.id}")
    cast.decide(team, "waitlist")
    page = send(lead, team)
    assert page.status == 422
    assert "The staff have decided" in page.text()
    assert page.value("reason") == REASON
    assert not lead.get(f"/teams/{team.id}").has_form(address(team))


def test_staff_do_not_ask_themselves(cast: Cast, team: Team) -> None:
    cast.staff()
    staff = cast.browser(STAFF)
    page = staff.get(f"/teams/{team.id}")
    assert not page.has_form(address(team))
    fields = [("csrf_token", page.value("csrf_token")), ("reason", REASON)]
    page = staff.post(address(team), [*fields, ("team_rule_id", rule_of(team))])
    assert page.status == 422
    assert "Only the leads of this team can do that." in page.text()


def test_strangers_learn_nothing(cast: Cast, team: Team) -> None:
    cast.team(cd_code=OAKLAND, lead=OTHER_LEAD, partner=None, members=[])
    ask(team)
    stranger = cast.browser(OTHER_LEAD)
    token = stranger.get("/teams").value("csrf_token")
    assert stranger.post(address(team), [("csrf_token", token)]).status == 404
