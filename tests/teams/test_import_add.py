"""Adding everybody of a list who is ready, with one button."""

import pytest
from flask import Flask

from cdef.kernel import audit
from cdef.kernel.db import db
from cdef.teams.addition_actions import add_ready
from cdef.teams.import_models import RosterImport
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, UNION_LEAD, Cast, Mailbox, text_of
from tests.conftest import both_databases
from tests.pages import Browser
from tests.races import at_once
from tests.teams.importing import CASPIAN, NAMELESS, WINIFRED, lines, lists, paste, press, states


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team()


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    return cast.browser(DISTRICT_LEAD)


@both_databases
def test_what_is_ready_is_added_and_what_needs_mending_stays(lead: Browser, team: Team) -> None:
    people, revision = len(team.members), team.revision
    paste(lead, team, WINIFRED, CASPIAN, NAMELESS)
    page = press(lead, "Add 2 people")
    assert "2 people are on the roster now." in page.text()
    assert states(page) == {"Needs mending": 1}
    assert len(team.members) == people + 2
    assert team.revision == revision + 1
    assert [line.name for line in lines()] == ["TBD"]


def test_it_is_one_line_of_the_timeline_that_names_everybody(lead: Browser, team: Team) -> None:
    paste(lead, team, WINIFRED, CASPIAN)
    before = len(audit.timeline(team.about))
    press(lead, "Add 2 people")
    events = audit.timeline(team.about)
    assert len(events) == before + 1
    assert events[0].what == "added 2 people from a list"
    assert events[0].after is not None
    told = [person["email"] for person in events[0].after["people"]]
    assert told == ["winifred@example.org", "caspian@example.org"]


def test_signatures_are_voided_and_their_lead_is_told_once(
    cast: Cast, lead: Browser, team: Team, mailbox: Mailbox
) -> None:
    cast.sign(team, "union")
    paste(lead, team, WINIFRED, CASPIAN)
    press(lead, "Add 2 people")
    assert len(mailbox.letters("signature_voided")) == 1
    assert "added 2 people from a list" in text_of(mailbox.last("signature_voided", UNION_LEAD))


def test_a_list_that_is_done_keeps_nothing_of_what_was_in_it(lead: Browser, team: Team) -> None:
    page = paste(lead, team, WINIFRED, CASPIAN)
    press(lead, "Leave out Caspian")
    page = press(lead, "Add 1 person")
    assert page.path == f"/teams/{team.id}"
    said = "1 person is on the roster now. 1 row was left out. The list is done."
    assert said in page.text()
    assert lines() == []
    assert lists()[0].table is None
    assert "of a list wait" not in lead.get(f"/teams/{team.id}").text()


def test_pressed_twice_it_adds_once(lead: Browser, team: Team) -> None:
    where = paste(lead, team, WINIFRED, NAMELESS).path
    stale = lead.page
    press(lead, "Add 1 person")
    revision = team.revision
    lead.page = stale
    assert lead.submit(f"{where}/additions").status == 200
    db.session.expire_all()
    assert team.revision == revision


def test_a_done_list_answers_a_second_press_with_its_end(lead: Browser, team: Team) -> None:
    where = paste(lead, team, WINIFRED).path
    stale = lead.page
    press(lead, "Add 1 person")
    lead.page = stale
    page = lead.submit(f"{where}/additions").text()
    assert "This list is done" in page
    assert "1 person was added, 0 people updated." in page


@both_databases
def test_pressed_by_both_leads_at_once_it_adds_once(
    app: Flask, cast: Cast, lead: Browser, team: Team
) -> None:
    people, team_id = len(team.members), team.id
    paste(lead, team, WINIFRED, CASPIAN, NAMELESS)
    number, now = lists()[0].id, cast.now()

    def press_it(side: str) -> int:
        held = db.session.get_one(RosterImport, number)
        by = held.team.lead(side)
        assert by is not None
        return add_ready(held, by=by.person, now=now)[0]

    assert sorted(at_once(app, ["district", "union"], press_it)) == [0, 2]
    assert len(db.session.get_one(Team, team_id).members) == people + 2


def test_a_roster_that_was_submitted_meanwhile_takes_nobody(
    cast: Cast, lead: Browser, team: Team
) -> None:
    where = paste(lead, team, WINIFRED).path
    stale = lead.page
    for side in ("district", "union"):
        cast.sign(team, side)
    lead.page = stale
    page = lead.submit(f"{where}/additions")
    assert page.status == 422
    assert "cannot be changed here now" in page.text()
    assert "The list waits here." in lead.get(where).text()
    assert len(lines()) == 1


def test_a_hundred_people_come_at_once(lead: Browser, team: Team) -> None:
    people = len(team.members)
    rows = [f"Jo {'ab' * n}lee\tjo.{n}@example.org\tTeacher\tElm\n" for n in range(1, 50)]
    more = [f"Ana Ruiz-{'cd' * n}\tana.{n}@example.org\tPrincipal\tOak\n" for n in range(1, 50)]
    paste(lead, team, *rows, *more)
    press(lead, "Add 98 people")
    assert len(team.members) == people + 98


HELD = "TBD\t\tPrincipal\tHarbor High\n"


@both_databases
def test_a_row_whose_details_follow_can_hold_a_place(lead: Browser, team: Team) -> None:
    paste(lead, team, HELD, NAMELESS)
    page = press(lead, "Hold this place")
    assert states(page) == {"Needs mending": 1, "Ready": 1}
    press(lead, "Add 1 person")
    assert (team.members[-1].called, team.members[-1].email) == (
        "Name to follow (Principal or site administrator)",
        "",
    )
    assert [line.position_text for line in lines()] == ["Friend of the team"]


def test_a_place_cannot_be_held_without_a_position(lead: Browser, team: Team) -> None:
    page = paste(lead, team, "TBD\t\tFriend of the team\t\n")
    labels = [label for label, _, _ in page.form(f"{page.path}/lines").buttons]
    assert not any(label.startswith("Hold this place") for label in labels)


def test_a_list_whose_rows_were_all_left_out_waits_for_nobody(lead: Browser, team: Team) -> None:
    paste(lead, team, NAMELESS)
    press(lead, "Leave out")
    page = lead.get(f"/teams/{team.id}")
    assert "Every open row of a list was left out" in page.text()


def test_what_was_added_is_said_on_the_page_too(lead: Browser, team: Team) -> None:
    page = paste(lead, team, WINIFRED, NAMELESS)
    answer = lead.htmx(f"{page.path}/additions")
    assert "1 person is on the roster now." in answer.get_data(as_text=True)
