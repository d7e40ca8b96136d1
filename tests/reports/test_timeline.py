"""The timeline of everything: who, what, before and after, found by what staff remember."""

from datetime import timedelta

import pytest

from cdef.kernel import audit, clock
from cdef.kernel.db import transaction
from cdef.reports import timeline
from cdef.teams.models import Team
from tests.cast import FEW, OAKLAND, OTHER_LEAD, STAFF, Cast
from tests.conftest import both_databases
from tests.pages import Browser, Page
from tests.reports.counting import questions


@pytest.fixture
def staff(cast: Cast) -> Browser:
    cast.staff()
    return cast.browser(STAFF)


@pytest.fixture
def team(cast: Cast) -> Team:
    cast.staff()
    return cast.approved(members=FEW)


def lines(page: Page) -> list[str]:
    rows = [row for row in page.find("tr") if row.get("id")]
    return [" ".join("".join(row.itertext()).split()) for row in rows]


def found(staff: Browser, filter_: str) -> list[str]:
    return lines(staff.get(f"/staff/timeline?{filter_}"))


@both_databases
def test_a_line_says_who_did_what_to_whom_before_and_after(staff: Browser, team: Team) -> None:
    newest = found(staff, f"team={team.id}")[0]
    assert "Rosalind Achterberg approved the registration" in newest
    assert "Milpitas Unified (Santa Clara County), Bay Area" in newest
    assert "State: Submitted State: Approved" in newest


def test_a_line_leads_to_its_thing(staff: Browser, team: Team) -> None:
    page = staff.get("/staff/timeline")
    addresses = {link.get("href") for row in page.find("tr") for link in row.iter()}
    assert {f"/staff/teams/{team.id}", "/staff/series/1"} <= addresses


@both_databases
@pytest.mark.parametrize(
    ("filter_", "number"),
    [
        ("q=approved", 1),
        ("q=THADDEUS+okonkwo%E2%80%91reyes", 1),
        ("q=milpitas+signed", 2),
        ("q=imogen+signed", 1),
        ("who=imogen", 4),
        ("who=rosalind+ach", 1),
        ("who=thaddeus", 0),
        ("q=%25", 0),
        ("q=100_", 0),
        ("q=nothing+like+this", 0),
    ],
)
def test_words_find_what_was_done(staff: Browser, team: Team, filter_: str, number: int) -> None:
    """Cases and accents aside, in the line itself or in the district's name."""
    shown = [line for line in found(staff, filter_) if "The system" not in line]
    assert len(shown) == number


@both_databases
def test_a_team_a_cohort_and_days_narrow_it(cast: Cast, staff: Browser, team: Team) -> None:
    cast.later(days=3)
    other = cast.team(
        cohort="sacramento", cd_code=OAKLAND, lead=OTHER_LEAD, partner=None, members=[]
    )
    assert ["started the team" in line for line in found(staff, f"team={other.id}")] == [True]
    assert ["Oakland" in line for line in found(staff, f"cohort={other.cohort_id}")] == [True]
    assert ["Oakland" in line for line in found(staff, "first=2016-10-20&last=10/20/2016")] == [
        True
    ]
    assert not any("Oakland" in line for line in found(staff, "last=2016-10-19"))
    assert found(staff, "first=2016-10-21") == []
    assert (
        "Oakland Unified (Alameda County)" in staff.get(f"/staff/timeline?team={other.id}").text()
    )


def test_a_day_that_is_none_is_given_back(staff: Browser, team: Team) -> None:
    page = staff.get("/staff/timeline?first=soon&q=approved")
    assert page.status == 422
    assert (page.value("first"), page.value("q")) == ("soon", "approved")
    assert "Please give a day" in page.text()


def record(number: int, what: str = "did something") -> None:
    with transaction():
        for each in range(number):
            now = clock.now() + timedelta(minutes=each)
            audit.record("directory", f"{what} {each}", by=None, now=now)


@both_databases
def test_pages_go_on_where_the_last_one_ended(staff: Browser) -> None:
    record(120)
    seen: list[str] = []
    page = staff.get("/staff/timeline?q=something")
    while True:
        seen += lines(page)
        older = [link.get("href") for link in page.find("a") if "before=" in link.get("href", "")]
        if not older:
            break
        page = staff.get(str(older[0]))
    assert [int(line.split("something ")[1].split()[0]) for line in seen] == list(
        range(119, -1, -1)
    )


def test_a_search_says_how_far_back_it_looked(
    staff: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline, "WINDOW", 10)
    record(1, "came upon the needle")
    record(25)
    page = staff.get("/staff/timeline?q=needle")
    for _ in range(2):
        assert "Nothing was found so far" in page.text()
        assert "was looked through" in page.text()
        page = staff.get(
            next(a.get("href", "") for a in page.find("a") if "before=" in a.get("href", ""))
        )
    assert ["needle" in line for line in lines(page)] == [True]


@pytest.mark.parametrize("filter_", ["", "q=signed&who=imogen&cohort=1&team=1&last=2016-10-31"])
def test_it_asks_the_database_at_most_twelve_questions(
    cast: Cast, staff: Browser, team: Team, filter_: str
) -> None:
    record(1)
    with questions() as asked:
        staff.get(f"/staff/timeline?{filter_}")
    assert len(asked) <= 12, asked


def test_needs_are_on_no_line(cast: Cast, staff: Browser, team: Team) -> None:
    member = team.members[0]
    browser = cast.browser(member.email, is_personal=True)
    browser.get("/personal")
    browser.submit(f"/personal/{member.id}/needs", dietary="No peanuts at all")
    assert "peanuts" not in staff.get("/staff/timeline").html
    assert found(staff, "q=peanuts") == []
