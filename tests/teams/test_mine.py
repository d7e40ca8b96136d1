"""My teams, and the team's page with its live checklist."""

from tests.cast import DISTRICT_LEAD, FEW, OAKLAND, OTHER_LEAD, STAFF, UNION_LEAD, Cast
from tests.conftest import both_databases
from tests.pages import Page


def checklist(page: Page) -> dict[str, str]:
    """Each line of the checklist, and how it stands."""
    found = {}
    for line in page.find("li"):
        if "check" in (line.get("class") or "").split():
            said = [" ".join(part.split()) for part in line[0].itertext() if part.strip()]
            mark, text = said[:2]  # After them comes the link to where it can be mended.
            found[text] = mark
    return found


@both_databases
def test_all_teams_that_one_leads_are_listed_with_their_state(cast: Cast) -> None:
    first = cast.submitted(members=FEW)
    second = cast.team(cd_code=OAKLAND, members=[])
    cast.team(cohort="sacramento", lead=OTHER_LEAD, partner=None, members=[])
    page = cast.browser(UNION_LEAD).get("/teams")
    links = [link.get("href", "") for link in page.find("a")]
    assert [link for link in links if link.startswith("/teams/")] == [
        f"/teams/{second.id}",
        f"/teams/{first.id}",
    ]
    assert "Submitted" in page.text()
    assert "Draft" in page.text()


def test_without_a_team_the_page_says_what_to_do(cast: Cast) -> None:
    page = cast.browser(DISTRICT_LEAD).get("/teams")
    assert "You lead no team yet" in page.text()
    assert page.find("a", href="/register")


def test_the_checklist_moves_with_the_roster(cast: Cast) -> None:
    team = cast.team(members=[])
    lead = cast.browser(DISTRICT_LEAD)
    before = checklist(lead.get(f"/teams/{team.id}"))
    assert before["Missing: school board member."] == "Needed, or waived by staff"
    assert before["The team has 2 people; it needs at least 4."] == "Needed"
    for row in FEW:
        cast.add(team, *row)
    after = checklist(lead.get(f"/teams/{team.id}"))
    assert set(after.values()) == {"Met"}
    assert after["School board member"] == "Met"


def test_htmx_gets_the_roster_alone_and_others_the_page(cast: Cast) -> None:
    team = cast.team(members=[])
    lead = cast.browser(DISTRICT_LEAD)
    answer = lead.client.get(f"/teams/{team.id}/roster", headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert 'id="roster"' in answer.text
    assert lead.get(f"/teams/{team.id}/roster").path == f"/teams/{team.id}"


def test_what_is_missing_leads_to_where_it_can_be_met(cast: Cast) -> None:
    team = cast.team(members=[])
    page = cast.browser(DISTRICT_LEAD).get(f"/teams/{team.id}?position=board")
    links = [link.get("href") or "" for link in page.find("a")]
    assert f"/teams/{team.id}?position=board#add-district-name" in links
    assert page.find("option", value="board")[0].get("selected") is not None


def test_leads_and_staff_see_the_team_and_nobody_else(cast: Cast) -> None:
    team = cast.team(members=[])
    cast.staff()
    for email, status in {
        DISTRICT_LEAD: 200,
        UNION_LEAD: 200,
        STAFF: 200,
        OTHER_LEAD: 404,
    }.items():
        assert cast.browser(email).get(f"/teams/{team.id}").status == status
