"""Staff copy a series to a next year, prepare it unseen, and make it the current one."""

import pytest
from sqlalchemy import select

from cdef.kernel.db import db
from cdef.series.desk_rules import next_title
from cdef.series.models import Series, cohort_by_slug
from tests.cast import Cast
from tests.conftest import both_databases
from tests.pages import Browser
from tests.series.desk import PAGE, current, newest_event, staff_browser

FORM = f"{PAGE}/copies"


@pytest.fixture
def staff(cast: Cast) -> Browser:
    browser = staff_browser(cast)
    browser.get(f"{PAGE}/copy")
    return browser


def copied(staff: Browser, **fields: str) -> Series:
    staff.submit(FORM, **fields)
    db.session.expire_all()
    return db.session.scalars(select(Series).order_by(Series.id.desc())).all()[0]


@both_databases
def test_everything_but_dates_comes_along(staff: Browser) -> None:
    old, new = current(), copied(staff, key="2017-18", title="2017–18 Training")
    assert (new.key, new.title, new.is_draft) == ("2017-18", "2017–18 Training", True)
    for name in ("subtitle", "intro", "audience", "partners", "price_cents", "largest_team"):
        assert getattr(new, name) == getattr(old, name)
    assert [rule.met_by for rule in new.team_rules] == [rule.met_by for rule in old.team_rules]
    assert [each.overview for each in new.training_sessions] == [
        each.overview for each in old.training_sessions
    ]
    assert [each.slug for each in new.cohorts] == [each.slug for each in old.cohorts]
    assert not any(cohort.is_open for cohort in new.cohorts)
    for was, cohort in zip(old.cohorts, new.cohorts, strict=True):
        assert [each.number for each in cohort.meetings] == [each.number for each in was.meetings]
        assert not any(each.days for each in cohort.meetings)
    southern = new.cohorts[2]
    assert southern.shared_venue
    assert southern.shared_venue.name == "Corona Norco Teachers Association"
    assert old.cohorts[2].shared_venue
    assert southern.shared_venue.id != old.cohorts[2].shared_venue.id
    event = newest_event(new.about)
    assert event.what == "copied the series 2016-17"
    assert event.after
    assert event.after["key"] == "2017-18"


def test_the_words_of_letters_come_along(staff: Browser) -> None:
    page = "/staff/series/1/letters/approved"
    staff.get(page)
    staff.submit(page, subject="Yes: {district}")
    staff.get(f"{PAGE}/copy")
    new = copied(staff, key="2017-18", title="2017–18 Training")
    page = f"/staff/series/{new.id}/letters/approved"
    assert staff.get(page).form(page).value("subject") == "Yes: {district}"
    page = f"/staff/series/{new.id}/letters/declined"
    assert staff.get(page).form(page).value("subject") == "Declined: the team of {district}"


def test_year_and_title_are_proposed(staff: Browser) -> None:
    assert staff.page
    assert staff.page.value("key") == "2017-18"
    assert staff.page.value("title") == "2017–18 Regional Cohort Training"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1999-00", "2000-01"),
        ("2098–99 X", "2099–00 X"),
        ("Year 2016", "Year 2017"),
        ("One", "One"),
    ],
)
def test_the_next_year_is_one_later(text: str, said: str) -> None:
    assert next_title(text) == said


def test_seats_are_chosen(staff: Browser) -> None:
    new = copied(staff, **{f"seats_{current().cohorts[0].id}": "24"})
    assert [cohort.seats for cohort in new.cohorts] == [24, 80, 80]


def test_a_year_that_is_there_is_refused_and_all_is_kept(staff: Browser) -> None:
    page = staff.submit(
        FORM, key="2016-17", title="Mine", **{f"seats_{current().cohorts[0].id}": "24"}
    )
    assert page.status == 422
    assert "There is a series for 2016-17 already" in page.text()
    assert page.value("title") == "Mine"
    assert page.value(f"seats_{current().cohorts[0].id}") == "24"


def test_the_same_form_twice_makes_one_copy(staff: Browser) -> None:
    assert staff.page
    fields = staff.page.form(FORM).fields
    staff.post(FORM, fields)
    assert staff.post(FORM, fields).status == 200
    assert len(db.session.scalars(select(Series)).all()) == 2


def test_nobody_but_staff_sees_the_copy(staff: Browser, cast: Cast) -> None:
    new = copied(staff)
    guest = Browser(cast.app.test_client())
    assert "2016–17" in guest.get("/").text()
    assert "2017–18" not in guest.get("/").text()
    assert "November 29–30, 2016" in guest.get("/cohorts/bay-area").text()
    assert guest.client.get("/flyer.pdf").headers["Content-Disposition"].endswith("2016-17.pdf")
    assert "2017–18" not in guest.get("/register").text()
    assert "Prepared. Only staff see it." in staff.get(f"/staff/series/{new.id}").text()
    assert current().key == "2016-17"


@both_databases
def test_staff_make_it_current_and_the_old_one_stays_reachable(staff: Browser, cast: Cast) -> None:
    new = copied(staff)
    page = staff.get(f"/staff/series/{new.id}")
    page = staff.submit(f"/staff/series/{new.id}/publication")
    assert "is the current series: the public pages show it." in page.text()
    guest = Browser(cast.app.test_client())
    assert "2017–18" in guest.get("/").text()
    assert "TBD" in guest.get("/cohorts/bay-area").text()
    assert "No cohort takes registrations now" in guest.get("/register").text()
    found = cohort_by_slug("bay-area")
    assert found
    assert found.series_id == new.id
    assert "An earlier series." in staff.get(PAGE).text()
    event = newest_event(new.about)
    assert (event.what, event.after) == ("made this the current series", {"is_shown": True})


def test_a_series_without_cohorts_is_not_shown(staff: Browser) -> None:
    new = copied(staff)
    staff.get(f"/staff/series/{new.id}")
    page = staff.page
    for cohort in list(new.cohorts):
        form = f"/staff/series/{new.id}/cohorts/{cohort.id}"
        staff.get(form)
        staff.submit(f"{form}/removal")
    staff.page = page
    refused = staff.submit(f"/staff/series/{new.id}/publication")
    assert refused.status == 422
    assert "It has no cohort yet." in refused.text()
