"""Proposals of leads, once the roster is submitted: who joins, leaves or changes sides."""

import pytest

from cdef.teams.models import Team
from tests.cast import (
    DISTRICT_LEAD,
    OAKLAND,
    OTHER_LEAD,
    STAFF,
    UNION_LEAD,
    Cast,
    Mailbox,
    html_of,
    text_of,
)
from tests.conftest import both_databases
from tests.pages import Browser
from tests.registrations.changing import (
    BOARD,
    CLASSIFIED,
    NEWCOMER,
    WHY,
    address,
    approved,
    empty_outbox,
    make,
    member_named,
    names,
    newest,
    propose_joining,
    told,
)


@pytest.fixture
def team(cast: Cast) -> Team:
    return approved(cast)


@pytest.fixture
def lead(cast: Cast) -> Browser:
    return cast.browser(DISTRICT_LEAD)


def withdrawal(team: Team) -> str:
    return f"/teams/{team.id}/proposals/{newest(team).id}/withdrawal"


@both_databases
def test_the_roster_stays_as_it_is_until_staff_decide(
    lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    page = propose_joining(lead, team)
    assert "Winifred Abernathy is proposed. It waits for the staff now." in page.text()
    assert "Winifred Abernathy joins the district side (School board member)" in page.text()
    assert WHY in page.text()
    assert "Winifred Abernathy" not in names(team)
    assert (newest(team).state, team.state) == ("open", "approved")


@pytest.mark.parametrize(
    ("who", "change", "fields", "sentence"),
    [
        (BOARD, "departure", {}, f"{BOARD} leaves the district side"),
        (
            CLASSIFIED,
            "side",
            {"position": "principal"},
            f"{CLASSIFIED} changes from the union side to the district side",
        ),
    ],
)
def test_the_row_says_what_waits(
    lead: Browser, team: Team, who: str, change: str, fields: dict[str, str], sentence: str
) -> None:
    page = make(lead, team, who, change, **fields, reason=WHY)
    assert f"Proposed: {sentence}" in page.text()
    assert who in names(team)
    assert f"proposed {sentence}" in page.text()


def test_the_other_lead_and_staff_hear_of_several_in_one_letter(
    lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    propose_joining(lead, team)
    make(lead, team, BOARD, "departure", reason=WHY)
    assert told(mailbox, "change_proposed") == [UNION_LEAD, STAFF]
    for email in (UNION_LEAD, STAFF):
        mail = mailbox.last("change_proposed", email)
        for said in (text_of(mail), html_of(mail)):
            assert "Winifred Abernathy joins the district side (School board member)" in said
            assert f"{BOARD} leaves the district side" in said
            assert f"Imogen Castellanos writes: {WHY}" in said
    assert f"/staff/teams/{team.id}" in text_of(mailbox.last("change_proposed", STAFF))
    assert "/staff/" not in text_of(mailbox.last("change_proposed", UNION_LEAD))


def test_either_lead_withdraws_it_and_nobody_is_told_of_what_was_taken_back(
    cast: Cast, lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    propose_joining(lead, team)
    partner, path = cast.browser(UNION_LEAD), withdrawal(team)
    partner.get(f"/teams/{team.id}")
    page = partner.submit(path)
    assert "The proposal is withdrawn." in page.text()
    assert not page.has_form(path)
    assert "withdrawn the proposal" in page.text()
    assert newest(team).state == "withdrawn"
    assert told(mailbox, "change_proposed") == []


def test_what_was_told_already_is_not_told_again_when_another_is_withdrawn(
    lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    propose_joining(lead, team)
    empty_outbox()
    make(lead, team, BOARD, "departure", reason=WHY)
    empty_outbox()
    before = len(mailbox.letters("change_proposed"))
    lead.get(f"/teams/{team.id}")
    lead.submit(withdrawal(team))
    assert len(mailbox.letters("change_proposed")) == before


@both_databases
def test_the_same_form_twice_proposes_once(lead: Browser, team: Team) -> None:
    path = address(team, BOARD, "departure")
    page = lead.get(path)
    for _ in range(2):
        lead.page = page
        again = lead.submit(path, reason=WHY)
    assert again.status == 200
    assert len(again.find("form", action=withdrawal(team))) == 1


def test_a_second_change_of_one_person_is_refused(lead: Browser, team: Team) -> None:
    path, other = address(team, BOARD, "departure"), address(team, BOARD, "side")
    lead.get(path)
    lead.submit(path, reason=WHY)
    lead.get(other)
    page = lead.submit(other, position="teacher", reason=WHY)
    assert page.status == 422
    assert f"A change of {BOARD} waits for the staff already." in page.text()
    swap = address(team, BOARD, "swap")
    lead.get(swap)
    page = lead.submit(swap, **NEWCOMER)
    assert page.status == 422
    assert f"A change of {BOARD} waits for the staff already." in page.text()
    propose_joining(lead, team)
    page = propose_joining(lead, team, name="Winnie")
    assert "Somebody with this address is proposed already." in page.text()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": ""}, "Please give a reason: the staff decide by it."),
        ({"email": UNION_LEAD}, "Beatriz Holloway is on the roster with this address already."),
        ({"position": "teacher"}, "Not a valid choice"),
        ({"email": "no"}, "This does not look like an e-mail address."),
    ],
)
def test_what_is_wrong_is_said_and_kept(
    lead: Browser, team: Team, fields: dict[str, str], sentence: str
) -> None:
    page = propose_joining(lead, team, **fields)
    assert page.status == 422
    assert sentence in page.text()
    assert page.value("name") == NEWCOMER["name"]


def test_a_draft_has_no_proposals(cast: Cast, lead: Browser) -> None:
    draft = cast.team(cd_code=OAKLAND)
    assert "Change the roster" not in lead.get(f"/teams/{draft.id}").text()
    page = lead.get(f"/teams/{draft.id}/proposals/new?side=union")
    assert page.status == 422
    assert "The roster of this team is not changed here now." in page.text()


def test_another_teams_lead_finds_nothing(cast: Cast, lead: Browser, team: Team) -> None:
    propose_joining(lead, team)
    other = cast.team(cd_code=OAKLAND, lead=OTHER_LEAD, partner=None)
    stranger = cast.browser(OTHER_LEAD)
    assert stranger.get(f"/teams/{team.id}/proposals/new?side=union").status == 404
    token = stranger.get("/teams").value("csrf_token")
    assert stranger.post(withdrawal(team), [("csrf_token", token)]).status == 404
    through_own = withdrawal(team).replace(f"/teams/{team.id}/", f"/teams/{other.id}/")
    assert stranger.post(through_own, [("csrf_token", token)]).status == 404


def test_by_script_the_form_stands_in_the_rows_place(lead: Browser, team: Team) -> None:
    member = member_named(team, BOARD)
    path = address(team, BOARD, "departure")
    html = lead.client.get(path, headers={"HX-Request": "true"}).text
    assert f'id="member-{member.id}"' in html
    assert "<!DOCTYPE" not in html
    lead.get(path)
    response = lead.htmx(path, reason=WHY)
    assert response.status_code == 200
    assert "standing-changed" in response.headers["HX-Trigger"]
    assert "Proposed:" in response.text
