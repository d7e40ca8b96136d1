"""Staff edit, add and remove training sessions."""

import pytest
from sqlalchemy import select

from cdef.kernel.db import db, transaction
from cdef.series.models import Meeting, MeetingDay, TrainingSession
from tests.cast import Cast
from tests.conftest import both_databases
from tests.pages import Browser
from tests.series.desk import PAGE, current, newest_event, staff_browser

NEW = f"{PAGE}/sessions"


@pytest.fixture
def staff(cast: Cast) -> Browser:
    return staff_browser(cast)


def add(staff: Browser, title: str = "Looking back") -> None:
    staff.get(f"{NEW}/new")
    staff.submit(NEW, title=title, days="1", overview="**Together.**")


def titles() -> list[str]:
    return [f"{each.number} {each.title[:12]}" for each in current().training_sessions]


def forget_dates() -> None:
    with transaction():
        for day in db.session.scalars(select(MeetingDay)):
            db.session.delete(day)


def test_a_session_is_edited_and_shown(staff: Browser) -> None:
    session = current().training_sessions[1]
    address = f"{NEW}/{session.id}"
    staff.get(address)
    page = staff.submit(address, title="Teams", topics="- roles\n- alignment", days="3")
    assert "Session 2 is saved." in page.text()
    home = staff.get("/")
    assert "Session 2: Teams" in home.text()
    assert "<li>roles</li>" in home.html
    event = newest_event("series:1")
    assert event.what == "edited Session 2"
    assert event.before
    assert event.before["days"] == 2
    assert event.after == {"title": "Teams", "days": 3, "topics": "- roles\n- alignment"}


@pytest.mark.parametrize("days", ["", "0", "31", "two", "1.5"])
def test_days_are_a_number(staff: Browser, days: str) -> None:
    address = f"{NEW}/{current().training_sessions[0].id}"
    staff.get(address)
    page = staff.submit(address, days=days)
    assert page.status == 422
    assert page.value("days") == days


def test_two_edits_of_one_session_are_shown_side_by_side(cast: Cast) -> None:
    address = f"{NEW}/{current().training_sessions[0].id}"
    first, second = staff_browser(cast), staff_browser(cast)
    first.get(address)
    second.get(address)
    first.submit(address, days="1")
    page = second.submit(address, days="3")
    assert page.status == 409
    assert "Days, as it is saved now 1" in page.text()
    assert page.value("days") == "3"


@both_databases
def test_a_session_more_is_tbd_in_every_cohort(staff: Browser) -> None:
    add(staff)
    assert titles()[-1] == "4 Looking back"
    assert [cohort.meetings[-1].number for cohort in current().cohorts] == [4, 4, 4]
    assert "Session 4" in staff.get("/cohorts/bay-area").text()
    assert newest_event("series:1").what == "added Session 4"


def test_the_same_form_twice_adds_one(staff: Browser) -> None:
    staff.get(f"{NEW}/new")
    form = staff.page and staff.page.form(NEW)
    assert form
    fields = [("title", "Looking back"), *form.fields[:-3], ("days", "1")]
    staff.post(NEW, fields)
    staff.post(NEW, fields)
    assert len(current().training_sessions) == 4


def test_a_look_at_a_new_session_adds_nothing(staff: Browser) -> None:
    staff.get(f"{NEW}/new")
    page = staff.submit(NEW, press="Look", title="Looking back", overview="**Together.**")
    assert page.status == 200
    assert "<strong>Together.</strong>" in page.html
    assert len(current().training_sessions) == 3


def test_a_session_without_dates_can_be_removed(staff: Browser) -> None:
    add(staff)
    address = f"{NEW}/{current().training_sessions[-1].id}"
    staff.get(address)
    page = staff.submit(f"{address}/removal")
    assert "Session 4 is removed." in page.text()
    assert len(titles()) == 3
    assert db.session.scalars(select(Meeting).where(Meeting.number == 4)).all() == []
    event = newest_event("series:1")
    assert event.before
    assert event.before["title"] == "Looking back"


def test_a_session_with_dates_stays(staff: Browser) -> None:
    address = f"{NEW}/{current().training_sessions[0].id}"
    staff.get(address)
    page = staff.submit(f"{address}/removal")
    assert page.status == 422
    assert "Session 1 has dates already, so it stays." in page.text()
    assert len(titles()) == 3


def test_a_session_before_one_with_dates_stays(staff: Browser) -> None:
    with transaction():
        for day in db.session.scalars(
            select(MeetingDay)
            .join(Meeting, MeetingDay.meeting_id == Meeting.id)
            .where(Meeting.number == 1)
        ):
            db.session.delete(day)
    address = f"{NEW}/{current().training_sessions[0].id}"
    staff.get(address)
    page = staff.submit(f"{address}/removal")
    assert "Session 2 has dates already and would be called by another number" in page.text()


@both_databases
def test_later_sessions_move_up(staff: Browser) -> None:
    forget_dates()
    first = current().training_sessions[0].id
    staff.get(f"{NEW}/{first}")
    staff.submit(f"{NEW}/{first}/removal")
    assert [each.number for each in current().training_sessions] == [1, 2]
    assert db.session.get(TrainingSession, first) is None
    assert [[m.number for m in cohort.meetings] for cohort in current().cohorts] == [
        [1, 2],
        [1, 2],
        [1, 2],
    ]
