"""Undoing from the timeline: either lead, for ten minutes, and never over somebody's newer change."""

import pytest

from cdef.kernel.audit import Event
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, UNION_LEAD, Cast
from tests.conftest import both_databases
from tests.pages import Browser, Page
from tests.teams.undoing import address, change, newest, remove, undo


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team(members=[("district", "Priscilla Vang", "principal")])


@pytest.fixture
def member(team: Team) -> Member:
    return team.side("district")[1]


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    return cast.browser(DISTRICT_LEAD)


@pytest.fixture
def partner(cast: Cast, team: Team) -> Browser:
    return cast.browser(UNION_LEAD)


@both_databases
def test_undoing_an_addition_takes_the_person_off(
    partner: Browser, team: Team, member: Member
) -> None:
    revision = team.revision
    page = undo(partner, team)
    assert "Undone: added Priscilla Vang." in page.text()
    assert member.removed_at
    assert team.revision == revision + 1
    assert (newest(team).who, newest(team).what) == (
        "Beatriz Holloway",
        "undid adding Priscilla Vang",
    )


@both_databases
def test_undoing_a_change_brings_the_row_back(partner: Browser, team: Team, member: Member) -> None:
    change(member, name="Priscilla Ortiz", site="Alder")
    undo(partner, team)
    assert (member.name, member.site) == ("Priscilla Vang", "")
    assert newest(team).what == "undid changing Priscilla Ortiz"


@both_databases
def test_undoing_a_removal_puts_the_person_back(
    partner: Browser, team: Team, member: Member
) -> None:
    remove(member)
    undo(partner, team)
    assert member.removed_at is None
    assert newest(team).what == "undid removing Priscilla Vang"


@both_databases
def test_undoing_what_the_notice_put_back_takes_them_off_again(
    lead: Browser, partner: Browser, team: Team, member: Member
) -> None:
    remove(member)
    lead.get(f"/teams/{team.id}")
    lead.submit(f"/teams/{team.id}/members/{member.id}/restoration")
    undo(partner, team)
    assert member.removed_at
    assert newest(team).what == "redid removing Priscilla Vang"


@both_databases
def test_an_undo_can_be_undone_and_that_again(
    lead: Browser, partner: Browser, team: Team, member: Member
) -> None:
    said = []
    for browser in (lead, partner, lead):
        undo(browser, team)
        said.append((newest(team).what, member.removed_at is None))
    assert said == [
        ("undid adding Priscilla Vang", False),
        ("redid adding Priscilla Vang", True),
        ("undid adding Priscilla Vang", False),
    ]


def test_what_was_undone_says_so_and_has_no_button(lead: Browser, team: Team) -> None:
    event = newest(team)
    assert not says_undone(lead.get(f"/teams/{team.id}"), event)
    page = undo(lead, team, event)
    assert not page.has_form(address(team, event))
    assert says_undone(page, event)
    assert page.has_form(address(team))


def test_what_is_in_force_again_is_not_called_undone(
    lead: Browser, partner: Browser, team: Team, member: Member
) -> None:
    change(member, site="Alder")
    changed = newest(team)
    undo(lead, team)
    undid = newest(team)
    page = undo(partner, team)
    redid = newest(team)
    told = [says_undone(page, event) for event in (changed, undid, redid)]
    assert told == [False, True, False]
    offered = [page.has_form(address(team, event)) for event in (changed, undid, redid)]
    assert offered == [False, False, True]
    page = undo(lead, team)
    assert [says_undone(page, event) for event in (changed, undid, redid)] == [True, False, True]


def says_undone(page: Page, event: Event) -> bool:
    return "Undone." in "".join(page.find("li", id=f"event-{event.id}")[0].itertext())


@both_databases
def test_pressing_twice_undoes_once(
    lead: Browser, partner: Browser, team: Team, member: Member
) -> None:
    event = newest(team)
    partner.get(f"/teams/{team.id}")
    undo(lead, team, event)
    revision = team.revision
    assert partner.submit(address(team, event)).status == 200
    assert (team.revision, bool(member.removed_at)) == (revision, True)


def test_the_notice_counts_as_the_undo_of_the_removal(
    lead: Browser, team: Team, member: Member
) -> None:
    remove(member)
    removal = newest(team)
    lead.get(f"/teams/{team.id}")
    page = lead.submit(f"/teams/{team.id}/members/{member.id}/restoration")
    assert not page.has_form(address(team, removal))
    assert says_undone(page, removal)


def test_it_is_offered_for_ten_minutes(cast: Cast, lead: Browser, team: Team) -> None:
    cast.later(minutes=9)
    assert lead.get(f"/teams/{team.id}").has_form(address(team))
    cast.later(minutes=2)
    assert not lead.get(f"/teams/{team.id}").has_form(address(team))


def test_a_line_that_would_change_nothing_offers_no_undo(
    lead: Browser, team: Team, member: Member
) -> None:
    added = newest(team)
    change(member, site="Alder")
    changed = newest(team)
    change(member, site="")
    assert not lead.get(f"/teams/{team.id}").has_form(address(team, changed))
    remove(member)
    page = lead.get(f"/teams/{team.id}")
    assert not page.has_form(address(team, added))
    assert page.has_form(address(team))


def test_a_signature_is_void_once_something_is_undone(
    cast: Cast, lead: Browser, partner: Browser, team: Team, member: Member
) -> None:
    cast.add(team, "union", "Dashiell Nakagawa", "classified_president")
    added = newest(team)
    cast.sign(team, "union")
    undo(lead, team, added)
    assert "union side: not signed" in partner.get(f"/teams/{team.id}").text().lower()


def test_htmx_gets_the_roster_and_a_sentence_for_the_screen_reader(
    lead: Browser, team: Team
) -> None:
    lead.get(f"/teams/{team.id}")
    answer = lead.htmx(address(team))
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "Undone: added Priscilla Vang." in answer.headers["HX-Trigger"]
