"""Pasting a list: what reaches the preview, and what is refused."""

from collections import Counter

import pytest

from cdef.kernel.words import fold
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, MILPITAS, OAKLAND, OTHER_LEAD, Cast
from tests.conftest import both_databases
from tests.pages import Browser
from tests.teams import list_of_people
from tests.teams.importing import (
    CASPIAN,
    HEADINGS,
    NAMELESS,
    WINIFRED,
    lines,
    lists,
    paste,
    press,
    states,
)


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
    assert "“TBD” is not a name yet." in page.text()


def test_nobody_is_on_the_roster_before_somebody_says_so(lead: Browser, team: Team) -> None:
    revision = team.revision
    paste(lead, team, WINIFRED)
    assert [member.name for member in team.members] == ["Imogen Castellanos", "Beatriz Holloway"]
    assert team.revision == revision


@both_databases
def test_the_preview_survives_a_reload_and_the_team_leads_to_it(lead: Browser, team: Team) -> None:
    where = paste(lead, team, WINIFRED, NAMELESS).path
    page = lead.get(f"/teams/{team.id}")
    assert "2 people of a list wait to be added or mended" in page.text()
    assert page.find("a", href=where)
    assert states(lead.get(where)) == {"Needs mending": 1, "Ready": 1}


def test_a_real_looking_sheet_of_300_rows_asks_about_one_column(lead: Browser, team: Team) -> None:
    page = paste(lead, team, list_of_people.pasted(300), headings="")
    assert "What do the columns hold?" in page.text()
    page = lead.submit(f"{page.path}/columns")
    assert len(lines()) == 300
    tally = Counter(list_of_people.VERDICTS[fate] for fate in list_of_people.fates(300))
    ready, mend, twice = (tally[verdict] for verdict in ("ready", "mend", "duplicate"))
    assert f"{ready} ready, {mend} need mending and {twice} duplicates." in page.text()
    assert states(page) == {"Needs mending": mend}  # The first of several pages.


def test_addresses_alone_can_be_pasted_and_wait_for_names(lead: Browser, team: Team) -> None:
    page = paste(lead, team, "jo@example.org\nlee@example.org\n", headings="")
    assert states(page) == {"Needs mending": 2}
    assert [line.email for line in lines()] == ["jo@example.org", "lee@example.org"]


def test_a_side_is_taken_from_the_form_where_the_list_says_none(lead: Browser, team: Team) -> None:
    paste(lead, team, "Jo Lee\tjo@example.org\t\t\n", side="union")
    assert [line.side for line in lines()] == ["union"]


def test_names_are_turned_and_what_has_no_place_is_only_shown(lead: Browser, team: Team) -> None:
    rows = "“García, María José”\tmaria@example.org\tTeacher\tXL\n".replace("“", '"')
    headings = "Name\tE-mail\tPosition\tT-shirt\n"
    page = paste(lead, team, rows.replace("”", '"'), headings=headings)
    assert "Also in the list: T-shirt: XL" in page.text()
    press(lead, "Add 1 person")
    member = team.members[-1]
    assert fold(member.name) == "maria jose garcia"
    assert "XL" not in str(vars(member))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is nothing in it: no cell is filled."),
        ("\t\t\n\t", "There is nothing in it: no cell is filled."),
        ("Name\tE-mail\tPosition", "There is nobody in it, only headings."),
        ("Jo Lee\tjo@example.org\n" * 6000, "at most 5,000 rows"),
        ("\t".join(["x"] * 101), "100 columns"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence_and_kept(
    lead: Browser, team: Team, text: str, said: str
) -> None:
    page = paste(lead, team, text, headings="")
    assert page.status == 422
    assert said in page.text()
    assert (page.form(f"/teams/{team.id}/imports").value("text") or "").strip() == text.strip()
    assert lists() == []


def test_a_list_of_two_megabytes_is_taken(lead: Browser, team: Team) -> None:
    rows = (f"Jo Lee\tjo.{n}@example.org\tTeacher\t{'x' * 400}\n" for n in range(5_000))
    assert paste(lead, team, *rows).status == 200
    assert len(lines()) == 5_000


def test_the_same_form_twice_keeps_one_list_and_another_list_is_another(
    lead: Browser, team: Team
) -> None:
    where = f"/teams/{team.id}/imports"
    form = [(name, held) for name, held in lead.get(where).form(where).fields if name != "text"]
    first, again = ([*form, ("text", WINIFRED)] for _ in range(2))
    paths = [lead.post(where, sent).path for sent in (first, again, [*form, ("text", CASPIAN)])]
    assert paths[0] == paths[1] != paths[2]
    assert len(lists()) == 2


def test_a_sixth_list_has_to_wait(lead: Browser, team: Team) -> None:
    for _ in range(5):
        assert paste(lead, team, WINIFRED).status == 200
    page = paste(lead, team, CASPIAN)
    assert page.status == 422
    assert "5 lists of this team wait already." in page.text()
    assert "caspian@example.org" in (page.value("text") or "")


def test_a_submitted_roster_takes_no_list(cast: Cast) -> None:
    team = cast.submitted()
    lead = cast.browser(DISTRICT_LEAD)
    page = lead.get(f"/teams/{team.id}")
    assert not page.has_form(f"/teams/{team.id}/imports")
    sent = [("csrf_token", page.value("csrf_token")), ("text", WINIFRED)]
    page = lead.post(f"/teams/{team.id}/imports", sent)
    assert page.status == 422
    assert lists() == []


def test_a_list_is_its_teams_alone(cast: Cast, lead: Browser, team: Team) -> None:
    where = paste(lead, team, WINIFRED).path
    other = cast.team(cd_code=MILPITAS, cohort="sacramento", lead=OTHER_LEAD, partner=None)
    stranger = cast.browser(OTHER_LEAD)
    assert stranger.get(where).status == 404
    assert stranger.get(f"/teams/{other.id}/imports/{where.rpartition('/')[2]}").status == 404


def test_the_same_cells_for_the_other_side_are_another_list(lead: Browser, team: Team) -> None:
    form = lead.get(f"/teams/{team.id}/imports")
    for side in ("district", "union"):
        lead.page = form
        lead.submit(f"/teams/{team.id}/imports", text=HEADINGS + WINIFRED, side=side)
    assert [each.side for each in lists()] == ["district", "union"]


@pytest.mark.parametrize(
    "heading", ["Dietary needs", "Food", "Allergies?", "Remarks (access)", "Special Accommodations"]
)
def test_cells_about_somebodys_needs_are_not_kept(lead: Browser, team: Team, heading: str) -> None:
    headings = f"Name\tE-mail\tPosition\t{heading}\n"
    page = paste(lead, team, "Jo Lee\tjo@example.org\tTeacher\tvegan\n", headings=headings)
    assert "needs are not kept at all" in page.text()
    assert [line.rest for line in lines()] == [[]]
    assert "vegan" not in str(lists()[0].cells)


def test_a_list_is_kept_for_30_days_and_deleted_when_anybody_brings_the_next(
    cast: Cast, lead: Browser, team: Team
) -> None:
    where = paste(lead, team, WINIFRED).path
    cast.later(days=29)
    assert cast.browser(DISTRICT_LEAD).get(where).status == 200
    cast.later(days=2)
    late = cast.browser(DISTRICT_LEAD)
    assert late.get(where).status == 404
    assert "of a list wait" not in late.get(f"/teams/{team.id}").text()
    assert len(lists()) == 1
    other = cast.team(cd_code=OAKLAND, lead=OTHER_LEAD, partner=None, members=[])
    paste(cast.browser(OTHER_LEAD), other, CASPIAN)
    assert [each.team_id for each in lists()] == [other.id]
    assert [line.name for line in lines()] == ["Caspian Delacroix"]
