"""The overview: what the counters say, as charts and as tables, in few questions."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from cdef.reports.overview_rules import spread, thinned
from tests.cast import FEW, OAKLAND, STAFF, Cast
from tests.conftest import both_databases
from tests.pages import Browser, Page
from tests.reports.counting import questions

SACRAMENTO = "3467439"


@pytest.fixture
def staff(cast: Cast) -> Browser:
    cast.staff()
    return cast.browser(STAFF)


def table(page: Page, caption: str) -> dict[str, list[str]]:
    """The rows of one table by their headings."""
    for found in page.find("table"):
        rows = [
            [" ".join("".join(cell.itertext()).split()) for cell in row] for row in rows_of(found)
        ]
        if caption in "".join(found[0].itertext()):
            return {row[0]: row[1:] for row in rows[1:]}
    raise AssertionError(caption)


def rows_of(found: Any) -> list[Any]:
    return [each for each in found.iter() if each.tag.endswith("}tr")]


@both_databases
def test_seats_are_approved_waiting_or_free(cast: Cast, staff: Browser) -> None:
    cast.approved(members=FEW)
    cast.submitted(members=FEW, cd_code=OAKLAND)
    cast.team(cohort="sacramento", cd_code=SACRAMENTO, members=FEW)
    page = staff.get("/staff/overview")
    seats = table(page, "Seats by cohort")
    there = int(seats["Bay Area"][0].replace(",", ""))
    assert seats["Bay Area"][1:] == ["4", "0", "4", f"{there - 4:,}"]
    assert seats["Sacramento"][1:4] == ["0", "0", "0"]
    assert "4 people wait" in page.text()


def test_an_offer_holds_its_seats_until_it_lapses(cast: Cast, staff: Browser) -> None:
    team = cast.submitted(members=FEW)
    cast.decide(team, "waitlist")
    cast.decide(team, "offer")
    held = table(staff.get("/staff/overview"), "Seats by cohort")["Bay Area"]
    assert held[2:4] == ["4", "0"]
    assert int(held[0]) - int(held[4]) == 4
    cast.later(days=8)
    lapsed = table(staff.get("/staff/overview"), "Seats by cohort")["Bay Area"]
    assert lapsed[2:4] == ["0", "4"]


def test_the_sides_are_counted_once_their_roster_is_submitted(cast: Cast, staff: Browser) -> None:
    cast.submitted(members=[*FEW, ("union", "Ambrose Tillinghast", "teacher")])
    cast.team(members=FEW, cd_code=OAKLAND)
    sides = table(staff.get("/staff/overview"), "People of each side")
    assert sides["Bay Area"] == ["2", "3"]


def test_a_rule_that_is_not_met_is_counted_where(cast: Cast, staff: Browser) -> None:
    cast.submitted(members=[FEW[1], ("district", "Priscilla Vang", "principal")])
    lacking = table(staff.get("/staff/overview"), "lack a position")
    assert lacking["School board member"] == ["1", "0", "0", "1"]
    assert lacking["Superintendent or designee"] == ["0", "0", "0", "0"]


def test_counties_are_listed_with_their_teams(cast: Cast, staff: Browser) -> None:
    cast.submitted(members=FEW)
    cast.team(members=[], cd_code=OAKLAND)
    page = staff.get("/staff/overview")
    assert table(page, "Teams by county") == {"Santa Clara": ["1", "0"], "Alameda": ["0", "1"]}
    assert "1 county reached" in page.text()


@both_databases
def test_each_day_knows_how_many_teams_were_in_each_state(cast: Cast, staff: Browser) -> None:
    team = cast.submitted(members=FEW)
    cast.later(days=2)
    cast.decide(team, "approve")
    days = table(staff.get("/staff/overview"), "Teams in each state")
    assert days["October 19, 2016"] == ["0", "0", "0", "0", "1", "0", "0"]
    assert days["October 18, 2016"] == ["0", "1", "0", "0", "0", "0", "0"]


def test_a_series_and_a_cohort_are_chosen_by_the_address(cast: Cast, staff: Browser) -> None:
    cast.approved(members=FEW)
    cast.next_series()
    assert table(staff.get("/staff/overview"), "Seats")["Bay Area"][1] == "0"
    old = staff.get("/staff/overview?series=2016-17&cohort=bay-area")
    assert list(table(old, "Seats")) == ["Bay Area"]
    assert table(old, "Seats")["Bay Area"][1] == "4"
    assert len(table(staff.get("/staff/overview?series=x&cohort=y"), "Seats")) == 3


def test_every_chart_has_a_title_and_what_it_shows(cast: Cast, staff: Browser) -> None:
    cast.approved(members=FEW)
    page = staff.get("/staff/overview")
    svg = "{http://www.w3.org/2000/svg}"
    charts = [each for each in page.root.iter(f"{svg}svg") if each.get("role") == "img"]
    assert len(charts) == 4 + 7
    for chart in charts:
        named = (chart.get("aria-labelledby") or "").split()
        texts = {each.get("id"): "".join(each.itertext()) for each in chart.iter()}
        assert all(texts.get(name, "").strip() for name in named)


def test_nobody_is_named(cast: Cast, staff: Browser) -> None:
    cast.approved(members=FEW)
    text = staff.get("/staff/overview").html
    assert "Imogen" not in text
    assert "Milpitas" not in text


def test_it_asks_the_database_at_most_twelve_questions(cast: Cast, staff: Browser) -> None:
    cast.approved(members=FEW)
    with questions() as asked:
        staff.get("/staff/overview")
    assert len(asked) <= 12, asked
    assert not any("FROM member" in each for each in asked)


def test_many_days_are_shown_at_even_distances() -> None:
    first, last = date(2016, 1, 1), date(2017, 12, 31)
    days = spread(first, last, 120)
    assert len(days) <= 120
    assert days[-1] == last
    assert {after - before for before, after in pairwise(days)} == {timedelta(7)}
    assert thinned(days, 12)[-1] == last
    assert len(thinned(days, 12)) <= 12
    assert spread(first, first, 120) == [first]
