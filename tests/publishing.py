"""What staff do to draft and to publish when and where a cohort meets, in a browser without scripts."""

from datetime import date, time
from typing import Any

from sqlalchemy import update

from cdef.kernel.db import db, transaction
from cdef.outbox.models import Letter
from cdef.registrations import publication_actions
from cdef.series import draft_actions
from cdef.series.draft_models import newest_draft, planned
from cdef.series.draft_rules import Entry, mark
from cdef.series.models import Meeting, cohort_by_slug
from cdef.series.place_rules import Place
from cdef.teams.models import Team
from tests.cast import STAFF, Cast
from tests.pages import Browser, Page


def at_desk(cast: Cast) -> Browser:
    cast.staff()
    return cast.browser(STAFF)


def part_of(cohort: str, number: int) -> int:
    """The training session of this number, as addresses name it."""
    found = cohort_by_slug(cohort)
    assert found is not None
    return next(part.id for part in found.series.training_sessions if part.number == number)


def meeting_of(cohort: str, number: int) -> Meeting:
    found = cohort_by_slug(cohort)
    assert found is not None
    return next(meeting for meeting in found.known_meetings if meeting.number == number)


def draft(staff: Browser, cohort: str, number: int, **fields: Any) -> Page:
    """Draft one meeting; ``fields`` are those of its form, and the rest stays as it is."""
    page = f"/staff/cohorts/{cohort}/meetings/{part_of(cohort, number)}"
    staff.get(page)
    return staff.submit(f"{page}/draft", **fields)


def draft_venue(staff: Browser, cohort: str, venue_id: int, **fields: Any) -> Page:
    page = f"/staff/cohorts/{cohort}/venues/{venue_id}"
    staff.get(page)
    return staff.submit(f"{page}/draft", **fields)


def publish(staff: Browser, cohort: str) -> Page:
    """Look at what would be published, and publish it."""
    staff.get(f"/staff/cohorts/{cohort}/publication")
    return staff.submit(f"/staff/cohorts/{cohort}/publications")


def move(staff: Browser, cohort: str, number: int, *days: str, **fields: Any) -> Page:
    """Draft a meeting on other days, and publish that."""
    named = {f"day_{place}": day for place, day in enumerate(days, start=1)}
    page = draft(staff, cohort, number, **named, **fields)
    assert page.status == 200, page.text()
    return publish(staff, cohort)


def hand_over(state: str = "handed_over") -> None:
    """The outbox is emptied: whatever was in it has left."""
    with transaction():
        db.session.execute(
            update(Letter).where(Letter.state.in_(("held", "queued"))).values(state=state)
        )


def publish_directly(cast: Cast, team: Team, place: Place) -> None:
    """By the actions alone: the team's first meeting moves to other days, hours and to this place."""
    cohort, by, now = team.cohort, cast.staff(), cast.now()
    part = cohort.series.training_sessions[0]
    days = (date(2016, 12, 6), date(2016, 12, 7))
    entry = Entry(days, starts=time(8, 30), ends=time(15))
    draft_actions.draft_meeting(cohort, part, entry, place, seen=0, by=by, now=now)
    newest = newest_draft(cohort)
    assert newest is not None
    seen = mark(planned(cohort, newest.content))
    publication_actions.publish(cohort, draft_id=newest.id, seen=seen, by=by, now=now)
