"""Saying what the columns of a list hold."""

from collections.abc import Callable
from typing import Any

import pytest

from cdef.kernel.db import db
from cdef.teams import import_actions, import_views
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, Cast
from tests.pages import Browser
from tests.teams.importing import WINIFRED, lines, paste, press, states

UNSURE = "Who\tE-mail\nJo Lee\tjo@example.org\nAna Ruiz\tana@example.org\n"


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team(members=[])


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    return cast.browser(DISTRICT_LEAD)


def test_an_unsure_column_is_asked_about_once(lead: Browser, team: Team) -> None:
    page = paste(lead, team, UNSURE, headings="")
    assert "What do the columns hold?" in page.text()
    assert "Who; Jo Lee; Ana Ruiz" in page.text()
    assert lines() == []
    page = lead.submit(f"{page.path}/columns", **{"0-role": "name", "has_heading": "y"})
    assert [line.name for line in lines()] == ["Jo Lee", "Ana Ruiz"]
    assert "What do the columns hold?" not in lead.get(page.path).text()


def test_a_row_that_is_no_heading_is_somebody(lead: Browser, team: Team) -> None:
    page = paste(lead, team, UNSURE, headings="")
    lead.submit(f"{page.path}/columns", **{"0-role": "name", "has_heading": None})
    assert [line.name for line in lines()] == ["Who", "Jo Lee", "Ana Ruiz"]


def test_one_role_for_two_columns_is_refused_and_the_answers_kept(
    lead: Browser, team: Team
) -> None:
    where = paste(lead, team, UNSURE, headings="").path
    page = lead.submit(f"{where}/columns", **{"0-role": "email", "1-role": "email"})
    assert page.status == 422
    assert "E-mail is said of two columns." in page.text()
    assert page.form(f"{where}/columns").value("0-role") == "email"
    assert lines() == []


def test_columns_that_were_read_wrongly_can_be_said_anew(lead: Browser, team: Team) -> None:
    where = paste(lead, team, WINIFRED).path
    lead.get(f"{where}?columns=1")
    lead.submit(f"{where}/columns", **{"3-role": ""})
    assert [(line.site, line.rest) for line in lines()] == [("", [["Site", "Alder Middle"]])]


def test_after_a_change_the_columns_stay_and_nothing_mended_is_lost(
    lead: Browser, team: Team
) -> None:
    where = paste(lead, team, WINIFRED).path
    stale = lead.get(f"{where}?columns=1")
    lead.get(where)
    press(lead, "Leave out Winifred")
    lead.page = stale
    page = lead.submit(f"{where}/columns", **{"3-role": ""})
    assert page.status == 422
    assert "Rows of this list were changed already" in page.text()
    assert states(lead.get(where)) == {"Left out": 1}


def test_rubbish_in_the_place_of_roles_is_nothing(lead: Browser, team: Team) -> None:
    where = paste(lead, team, UNSURE, headings="").path
    sent = {"0-role": "superuser", "99-role": "email", "x-role": "name", "-role": "\ud800"}
    assert (
        lead.submit(f"{where}/columns", **{"1-role": "", **dict(list(sent.items())[:3])}).status
        < 500
    )


def test_while_a_list_is_read_nothing_holds_up_the_others(
    lead: Browser, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = []

    def watched(read: Callable[..., Any]) -> Callable[..., Any]:
        def watch(*given: Any) -> Any:
            reading.append(db.session().in_transaction())
            return read(*given)

        return watch

    monkeypatch.setattr(import_views, "from_paste", watched(import_views.from_paste))
    monkeypatch.setattr(import_actions, "recognise", watched(import_actions.recognise))
    page = paste(lead, team, UNSURE, headings="")
    lead.submit(f"{page.path}/columns", **{"0-role": "name"})
    assert reading == [False] * 3
