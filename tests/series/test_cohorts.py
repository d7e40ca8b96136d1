"""Staff add, edit, order and remove cohorts."""

from datetime import date

import pytest

from cdef.kernel.db import db
from cdef.series.models import Cohort
from tests.cast import Cast
from tests.conftest import both_databases
from tests.pages import Browser
from tests.series.desk import PAGE, current, newest_event, staff_browser

COHORTS = f"{PAGE}/cohorts"


@pytest.fixture
def staff(cast: Cast) -> Browser:
    return staff_browser(cast)


def names() -> list[str]:
    return [cohort.name for cohort in current().cohorts]


def address(name: str = "Bay Area") -> str:
    found = next(cohort for cohort in current().cohorts if cohort.name == name)
    return f"{COHORTS}/{found.id}"


def add(staff: Browser, name: str, **fields: str) -> str:
    staff.get(f"{COHORTS}/new")
    return staff.submit(COHORTS, name=name, **({"seats": "40"} | fields)).text()


@both_databases
def test_a_new_cohort_gets_its_address_from_its_name(staff: Browser) -> None:
    assert "at /cohorts/inland-empire-nino" in add(staff, "Inland Empire & Niño")
    new = current().cohorts[-1]
    assert (new.slug, new.seats, new.is_open) == ("inland-empire-nino", 40, False)
    assert [meeting.number for meeting in new.meetings] == [1, 2, 3]
    assert "TBD" in staff.get("/cohorts/inland-empire-nino").text()
    assert newest_event(new.about).what == "added the cohort"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Bay  area", "Bay Area has the address /cohorts/bay-area already."),
        ("东部", "use letters from A to Z"),
        ("", "Please give a name."),
    ],
)
def test_a_name_without_a_free_address_is_refused_and_kept(
    staff: Browser, name: str, said: str
) -> None:
    assert said in add(staff, name)
    assert staff.page
    assert staff.page.value("seats") == "40"
    assert len(names()) == 3


@pytest.mark.parametrize("seats", ["", "0", "-5", "many", "1e3"])
def test_a_new_cohort_needs_seats(staff: Browser, seats: str) -> None:
    add(staff, "Inland Empire", seats=seats)
    assert staff.page
    assert staff.page.status == 422
    assert len(names()) == 3


def test_a_name_changes_and_the_address_stays(staff: Browser) -> None:
    form = address()
    staff.get(form)
    page = staff.submit(form, name="San Francisco Bay", closes_on="11/15/2016")
    assert "San Francisco Bay is saved." in page.text()
    assert "San Francisco Bay Cohort" in staff.get("/cohorts/bay-area").text()
    found = current().cohorts[0]
    event = newest_event(found.about)
    assert event.before == {"name": "Bay Area", "closes_on": None}
    assert event.after == {"name": "San Francisco Bay", "closes_on": "2016-11-15"}
    assert found.closes_on == date(2016, 11, 15)


def test_the_switch_closes_and_opens_registration(staff: Browser) -> None:
    form = address()
    staff.get(form)
    staff.submit(form, is_open=None)
    assert "Registration for this cohort is closed." in staff.get("/cohorts/bay-area").text()
    staff.get(form)
    staff.submit(form, is_open="y")
    assert "Register your team" in staff.get("/cohorts/bay-area").text()


def test_two_edits_of_one_cohort_are_shown_side_by_side(cast: Cast) -> None:
    form = address()
    first, second = staff_browser(cast), staff_browser(cast)
    first.get(form)
    second.get(form)
    first.submit(form, closes_on="2016-11-15")
    page = second.submit(form, closes_on="2016-11-20", name="Bay")
    assert page.status == 409
    assert "Last day to register, as it is saved now 2016-11-15" in page.text()
    assert page.value("closes_on") == "2016-11-20"
    second.submit(form)
    assert current().cohorts[0].closes_on == date(2016, 11, 20)


def test_cohorts_change_places(staff: Browser) -> None:
    staff.get(PAGE)
    staff.submit(f"{address()}/later")
    assert names() == ["Sacramento", "Bay Area", "Southern California"]
    staff.submit(f"{address('Southern California')}/earlier")
    assert names() == ["Sacramento", "Southern California", "Bay Area"]
    event = newest_event("series:1")
    assert event.after == {"cohorts": names()}


def test_the_last_cohort_stays_last(staff: Browser) -> None:
    staff.get(PAGE)
    staff.post(
        f"{address('Southern California')}/later",
        staff.page.form(f"{address()}/later").fields if staff.page else [],
    )
    assert names()[-1] == "Southern California"


@both_databases
def test_a_cohort_without_teams_can_be_removed(staff: Browser) -> None:
    add(staff, "Inland Empire")
    form = address("Inland Empire")
    number = int(form.rpartition("/")[2])
    staff.get(form)
    assert "Inland Empire is removed." in staff.submit(f"{form}/removal").text()
    assert db.session.get(Cohort, number) is None
    assert newest_event(f"cohort:{number}").what == "removed the cohort"


def test_a_cohort_with_teams_stays(staff: Browser, cast: Cast) -> None:
    form = address()
    page = staff.get(form)
    cast.team()
    staff.page = page
    refused = staff.submit(f"{form}/removal")
    assert refused.status == 422
    assert "Teams have registered for Bay Area, so it stays." in refused.text()
    assert "1 team has begun to register" in staff.get(form).text()
