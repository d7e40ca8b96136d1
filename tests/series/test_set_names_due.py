"""Staff say until when rosters may hold places without names."""

from datetime import date

import pytest

from cdef.kernel import audit
from cdef.kernel.db import db
from cdef.series.models import Cohort, cohort_by_slug
from tests.cast import DISTRICT_LEAD, STAFF, Cast
from tests.pages import Browser

PAGE, FORM = "/staff/cohorts/bay-area", "/staff/cohorts/bay-area/names-due"


@pytest.fixture
def staff(cast: Cast) -> Browser:
    cast.staff()
    browser = cast.browser(STAFF)
    browser.get(PAGE)
    return browser


def bay_area() -> Cohort:
    db.session.expire_all()
    found = cohort_by_slug("bay-area")
    assert found
    return found


@pytest.mark.parametrize("typed", ["2016-11-15", "11/15/2016"])
def test_staff_set_the_day_and_it_is_on_the_timeline(staff: Browser, typed: str) -> None:
    page = staff.submit(FORM, names_due=typed)
    assert "Names are due by November 15, 2016." in page.text()
    assert bay_area().names_due == date(2016, 11, 15)
    (event,) = audit.timeline(f"cohort:{bay_area().id}")
    assert (event.who, event.after) == ("Rosalind Achterberg", {"names_due": "2016-11-15"})


def test_the_same_day_again_changes_nothing(staff: Browser) -> None:
    staff.submit(FORM, names_due="2016-11-15")
    staff.submit(FORM, names_due="2016-11-15")
    assert len(audit.timeline(f"cohort:{bay_area().id}")) == 1


def test_the_day_can_be_taken_away(staff: Browser) -> None:
    staff.submit(FORM, names_due="2016-11-15")
    page = staff.submit(FORM, names_due="")
    assert "Names may follow at any time." in page.text()
    assert bay_area().names_due is None


def test_what_is_no_day_is_refused_and_kept(staff: Browser) -> None:
    page = staff.submit(FORM, names_due="mid November")
    assert page.status == 422
    assert "Please give a day like 11/15/2016, or leave this empty." in page.text()
    assert page.value("names_due") == "mid November"


def test_leads_cannot_set_it(cast: Cast) -> None:
    cast.team()
    assert cast.browser(DISTRICT_LEAD).get(PAGE).status == 403
