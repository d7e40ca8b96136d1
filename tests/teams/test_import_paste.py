"""Pasting a list: what reaches the preview, and what is refused."""

from collections import Counter

import pytest

from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, Cast
from tests.pages import Browser
from tests.teams import list_of_people
from tests.teams.importing import CASPIAN, NAMELESS, WINIFRED, lines, lists, paste, press, states


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.team(members=[])


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    return cast.browser(DISTRICT_LEAD)


def test_pasted_rows_reach_the_preview_each_with_its_state(lead: Browser, team: Team) -> None:
    page = paste(lead, team, WINIFRED, CASPIAN, NAMELESS, WINIFRED)
    assert page.status == 200
    assert states(page) == {"Needs mending": 1, "Duplicate": 1, "Ready": 2}
    assert "2 ready, 1 needs mending and 1 duplicate." in page.text()


def test_what_is_ready_is_added_by_one_button(lead: Browser, team: Team) -> None:
    revision = team.revision
    paste(lead, team, WINIFRED, CASPIAN, NAMELESS)
    page = press(lead, "Add 2 people")
    assert "2 people are on the roster now." in page.text()
    assert {"Winifred Abernathy", "Caspian Delacroix"} <= {each.name for each in team.members}
    assert team.revision == revision + 1
    assert [line.name for line in lines()] == ["TBD"]
    assert "1 person of a list waits to be added or mended" in lead.get(f"/teams/{team.id}").text()


def test_a_real_looking_sheet_of_300_rows_asks_about_one_column(lead: Browser, team: Team) -> None:
    page = paste(lead, team, list_of_people.pasted(300), headings="")
    assert "What do the columns hold?" in page.text()
    page = lead.submit(f"{page.path}/columns")
    assert len(lines()) == 300
    tally = Counter(list_of_people.VERDICTS[fate] for fate in list_of_people.fates(300))
    ready, mend, twice = (tally[verdict] for verdict in ("ready", "mend", "duplicate"))
    assert f"{ready} ready, {mend} need mending and {twice} duplicates." in page.text()
    assert states(page) == {"Needs mending": mend}  # The first of several pages.
    assert lists()[0].is_settled
