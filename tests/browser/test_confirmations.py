"""An approval in the browser confirms everybody by mail, with what is known of each cohort's days."""

from datetime import UTC, date, datetime, time

import pytest

from cdef.kernel.db import transaction
from cdef.series.models import cohort_by_slug
from tests.browser import steps
from tests.browser.confirmations import EVERYBODY, check_confirmations, events_of
from tests.browser.conftest import Visit
from tests.browser.post import Post
from tests.browser.stage import backstage, cookie_of
from tests.cast import STAFF, Cast, html_of, text_of

pytestmark = pytest.mark.browser


def approve(visit: Visit, cast: Cast, cohort: str) -> None:
    """Staff approve the team of eight that both leads have signed."""
    with backstage():
        cast.staff()
        address = f"/staff/teams/{cast.submitted(cohort=cohort).id}"
    rosalind = visit().sign_in_as(cookie_of(cast, STAFF))
    rosalind.go(address)
    steps.decide(rosalind, "Approve 8 people", "Approved")


@pytest.mark.parametrize("cohort", ["sacramento", "southern-california"])
def test_a_confirmation_has_only_the_days_that_are_set(
    visit: Visit, post: Post, cast: Cast, cohort: str
) -> None:
    approve(visit, cast, cohort)
    check_confirmations(post, cohort)


def test_a_confirmation_has_the_hours_that_are_set(visit: Visit, post: Post, cast: Cast) -> None:
    set_hours()
    approve(visit, cast, "bay-area")
    for delivery in post.wait(subject="Confirmed", count=len(EVERYBODY)):
        starts = {event["DTSTART"].dt for event in events_of(delivery)}
        assert {start.astimezone(UTC) for start in starts if isinstance(start, datetime)} == {
            datetime(2016, 11, 29, 16, 30, tzinfo=UTC),
            datetime(2016, 11, 30, 16, 30, tzinfo=UTC),
            datetime(2017, 4, 4, 15, 30, tzinfo=UTC),  # Daylight-saving time has begun.
        }
        assert date(2017, 3, 1) in starts
        for event in events_of(delivery)[:3]:
            assert event["DTSTART"].params["TZID"] == "America/Los_Angeles"
            assert event["DTEND"].dt.time() == time(15)
        for said in (text_of(delivery.message), html_of(delivery.message)):
            assert "8:30 am – 3:00 pm" in said


def set_hours() -> None:
    """Session 1 from half past eight to three; session 2 as well, on one day in April."""
    with backstage(), transaction():
        cohort = cohort_by_slug("bay-area")
        assert cohort is not None
        for meeting in cohort.meetings[:2]:
            meeting.starts, meeting.ends = time(8, 30), time(15)
        cohort.meetings[1].days[1:] = []
        cohort.meetings[1].days[0].date = date(2017, 4, 4)
