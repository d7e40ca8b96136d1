"""What an open page gets after a row was saved: as little as it lacks."""

import pytest

from cdef.teams.member_models import Member
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, UNION_LEAD, Cast
from tests.pages import Browser, Page
from tests.teams.costs import HTMX, roster_of_twelve


@pytest.fixture
def team(cast: Cast) -> Team:
    return roster_of_twelve(cast)


@pytest.fixture
def member(team: Team) -> Member:
    return team.side("union")[-1]


@pytest.fixture
def lead(cast: Cast, team: Team) -> Browser:
    browser = cast.browser(DISTRICT_LEAD)
    browser.get(f"/teams/{team.id}")
    return browser


def knowing(lead: Browser) -> str:
    """What the open page sends along with each row."""
    assert lead.page is not None
    return str(lead.page.find("input", id="since")[0].get("value"))


def save(browser: Browser, member: Member, since: str, **fields: str) -> Page:
    path = f"/teams/{member.team_id}/members/{member.id}"
    form = browser.get(f"{path}/edit").form(path).fields
    sent = dict(form) | {"since": since} | fields
    return Page(browser.client.post(path, data=sent, headers=HTMX))


def targets(answer: Page) -> list[str]:
    return [str(part.get("hx-target")) for part in answer.find("hx-partial")]


def test_a_page_that_knows_all_else_gets_the_row_and_what_follows(
    lead: Browser, member: Member
) -> None:
    answer = save(lead, member, knowing(lead), name="Wilhelmina Chow")
    assert targets(answer)[:5] == [
        f"#member-{member.id}",
        "#checklist",
        "#standing",
        "#live",
        "#timeline",
    ]
    assert "changed Wilhelmina Cho" in answer.text()


def test_a_page_that_missed_something_gets_the_whole_roster(
    cast: Cast, lead: Browser, team: Team, member: Member
) -> None:
    since = knowing(lead)
    other = team.side("district")[-1]
    save(cast.browser(UNION_LEAD), other, "", name="Renamed Meanwhile")
    answer = save(lead, member, since, name="Wilhelmina Chow")
    assert "#roster" in targets(answer)
    assert "Renamed Meanwhile" in answer.text()


def test_a_mark_that_is_none_gets_the_whole_roster(lead: Browser, member: Member) -> None:
    assert "#roster" in targets(save(lead, member, "nonsense", name="Wilhelmina Chow"))


def test_lines_whose_undo_became_possible_or_pointless_are_drawn_again(
    lead: Browser, member: Member
) -> None:
    since = knowing(lead)
    for name in ("First Name", member.name, "Third Name"):
        answer = save(lead, member, since, name=name)
        since = str(answer.find("input", id="since")[0].get("value"))
    again = [target for target in targets(answer) if target.startswith("#event-")]
    assert len(again) == 2  # The first change can be undone again; that they were added no more.
    assert answer.text().count("Undo that") == 2


def test_a_row_saved_as_it_was_changes_nothing_else(lead: Browser, member: Member) -> None:
    answer = save(lead, member, knowing(lead))
    assert targets(answer) == [f"#member-{member.id}", "#checklist", "#standing", "#live"]
