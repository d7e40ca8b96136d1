"""Staff draft when and where a session is held; nobody sees it before it is published."""

from typing import Any

import pytest

from cdef.kernel.audit import timeline
from cdef.kernel.db import db
from cdef.series.draft_models import Draft
from tests.cast import Cast
from tests.conftest import both_databases
from tests.pages import Browser, Page
from tests.publishing import at_desk, draft, draft_venue, meeting_of, part_of

BAY = "/staff/cohorts/bay-area"


@pytest.fixture
def staff(cast: Cast) -> Browser:
    return at_desk(cast)


def errors(page: Page) -> list[str]:
    return ["".join(found.itertext()).strip() for found in page.find("p", class_="field__error")]


@both_databases
def test_a_draft_says_who_made_it_and_stands_beside_what_is_published(staff: Browser) -> None:
    page = draft(staff, "bay-area", 1, day_1="2016-12-06", day_2="12/07/2016", starts="8:30 am")
    assert "Kept as a draft." in page.text()
    assert "Draft of Rosalind Achterberg, October 17, 2016" in page.text()
    assert "Published November 29–30, 2016 Venue to follow Draft December 6–7, 2016" in page.text()
    meeting = meeting_of("bay-area", 1)
    assert [day.isoformat() for day in meeting.dates] == ["2016-11-29", "2016-11-30"]
    line = timeline(f"cohort:{meeting.cohort_id}")[0]
    assert (line.who, line.what) == ("Rosalind Achterberg", "drafted Session 1")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"day_1": "2016-12-07", "day_2": "2016-12-06"}, "The days come one after the other."),
        ({"day_1": "2016-12-07", "day_2": "2016-12-07"}, "This day stands here twice."),
        ({"day_2": ""}, "The session takes 2 days, and this is 1 day: please say why."),
        ({"day_3": "2016-12-01"}, "The session takes 2 days, and this is 3 days: please say why."),
        ({"day_1": "soon"}, "Please give a day like 11/15/2016, or leave this empty."),
        ({"starts": "15:00", "ends": "9:00"}, "A meeting ends after it starts."),
        ({"starts": "9:00", "ends": "9:00"}, "A meeting ends after it starts."),
        ({"starts": "noonish"}, "Please give a time like 8:30 am, or leave this empty."),
        ({"day_1": "2016-10-04", "day_2": "2016-10-05"}, "October 4–5, 2016 is past."),
        ({"venue": "new", "city": "Fremont"}, "People need this to find the place."),
        ({"venue": "", "name": "Alder Hall"}, "Choose “A new venue” here"),
        ({"venue": "999"}, "Not a valid choice."),
        ({"hint": "x" * 121}, "Please use at most 120 characters."),
    ],
    ids=str,
)
def test_what_cannot_be_is_explained_and_kept(
    staff: Browser, fields: dict[str, Any], said: str
) -> None:
    page = draft(staff, "bay-area", 1, **fields)
    assert page.status == 422
    assert any(each.startswith(said) for each in errors(page)), errors(page)
    form = page.form(f"{BAY}/meetings/{part_of('bay-area', 1)}/draft")
    kept = {name: form.value(name) for name in fields if fields[name] != "999"}
    assert kept == {name: fields[name] for name in kept}
    assert db.session.query(Draft).count() == 0


def test_more_days_than_the_session_takes_need_a_reason(staff: Browser) -> None:
    page = draft(staff, "bay-area", 1, day_3="2016-12-01", reason="A day of practice.")
    assert "November 29 – December 1, 2016" in page.text()
    assert "A day of practice." in page.text()


def test_past_days_are_asked_about_and_taken_when_they_are_meant(staff: Browser) -> None:
    days = {"day_1": "2016-10-04", "day_2": "2016-10-05"}
    page = draft(staff, "bay-area", 1, **days)
    assert page.status == 422
    action = f"{BAY}/meetings/{part_of('bay-area', 1)}/draft"
    assert "October 4–5, 2016" in staff.submit(action, past_is_meant="y").text()


def test_a_days_that_stay_are_not_asked_about_when_they_are_past(
    staff: Browser, cast: Cast
) -> None:
    cast.later(days=50)
    staff = at_desk(cast)
    assert draft(staff, "bay-area", 1, starts="9:00").status == 200


def test_a_draft_that_says_what_is_published_is_none(staff: Browser) -> None:
    draft(staff, "bay-area", 1, day_1="2016-12-06", day_2="2016-12-07")
    page = draft(staff, "bay-area", 1, day_1="2016-11-29", day_2="2016-11-30")
    assert "Drop the draft" not in page.text()
    assert "Nothing to publish" in staff.get(f"{BAY}/publication").text()


def test_a_draft_can_be_dropped(staff: Browser) -> None:
    draft(staff, "bay-area", 1, day_1="2016-12-06", day_2="2016-12-07")
    action = f"{BAY}/meetings/{part_of('bay-area', 1)}/draft/removal"
    assert "December" not in staff.submit(action).text()


@both_databases
def test_two_drafts_of_one_meeting_are_shown_side_by_side(staff: Browser, cast: Cast) -> None:
    other = at_desk(cast)
    page = f"{BAY}/meetings/{part_of('bay-area', 1)}"
    other.get(page)
    draft(staff, "bay-area", 1, day_1="2016-12-06", day_2="2016-12-07")
    answer = other.submit(f"{page}/draft", day_1="2016-12-13", day_2="2016-12-14")
    assert answer.status == 409
    assert "Drafted meanwhile by Rosalind Achterberg December 6–7, 2016" in answer.text()
    assert answer.value("day_1") == "2016-12-13"
    assert "December 13–14, 2016" in other.submit(f"{page}/draft").text()


def test_drafts_of_two_meetings_do_not_disturb_each_other(staff: Browser, cast: Cast) -> None:
    other = at_desk(cast)
    page = f"{BAY}/meetings/{part_of('bay-area', 2)}"
    other.get(page)
    draft(staff, "bay-area", 1, day_1="2016-12-06", day_2="2016-12-07")
    answer = other.submit(f"{page}/draft", day_1="2017-02-14", day_2="2017-02-15")
    assert answer.status == 200
    assert "December 6–7, 2016" in answer.text()
    assert "February 14–15, 2017" in answer.text()


def test_a_new_venue_can_be_chosen_elsewhere(staff: Browser) -> None:
    named = {"venue": "new", "name": "Alder Hall", "city": "Fremont", "zip": "01234"}
    draft(staff, "bay-area", 1, **named)
    page = staff.get(f"{BAY}/meetings/{part_of('bay-area', 2)}")
    options = ["".join(found.itertext()) for found in page.find("option")]
    assert "Alder Hall, Fremont, CA 01234" in options


def test_a_venue_is_drafted_and_says_who_uses_it(staff: Browser) -> None:
    venue = meeting_of("southern-california", 2).venue_id or 0
    page = staff.get(f"/staff/cohorts/southern-california/venues/{venue}")
    assert "Used by Southern California, Session 2; Southern California, Session 3." in page.text()
    page = draft_venue(staff, "southern-california", venue, room="Gym", notes="Gate 3.")
    assert "Draft: Corona Norco Teachers Association, Gym, 1189" in page.text()
    assert "Gym" not in staff.get("/cohorts/southern-california").text()


def test_a_venue_needs_a_name_and_a_city(staff: Browser) -> None:
    page = draft_venue(staff, "bay-area", 1, name="", city="")
    assert page.status == 422
    assert errors(page) == ["People need this to find the place."] * 2


def test_a_year_that_is_prepared_can_be_drafted_too(staff: Browser, cast: Cast) -> None:
    staff.get("/staff/series/1/copy")
    prepared = staff.submit("/staff/series/1/copies", key="2017-18", title="The next year")
    link = next(
        found.get("href") or ""
        for found in prepared.find("a")
        if "".join(found.itertext()).strip() == "Bay Area"
    )
    cohort = link.rpartition("/")[2]
    page = staff.get(f"/staff/cohorts/{cohort}/meetings")
    assert page.text().count("TBD") == 3
    assert f"/staff/cohorts/{cohort}/publication" in page.html
