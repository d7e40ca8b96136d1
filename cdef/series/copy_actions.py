"""The next year: a copy of a series, prepared unseen, and the moment from which everybody sees it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from cdef.kernel import audit, tokens
from cdef.kernel.access import Someone
from cdef.kernel.db import Base, db, transaction
from cdef.kernel.problems import refusal
from cdef.outbox.wording_models import Wording, wordings_in
from cdef.series.desk_rules import why_not_shown
from cdef.series.models import Cohort, Meeting, Series, TeamRule, TrainingSession, Venue

KEPT = (
    "subtitle",
    "intro",
    "audience",
    "partners",
    "price_cents",
    "smallest_team",
    "largest_team",
)
OF_SESSION = ("number", "title", "overview", "topics", "days")
OF_VENUE = ("name", "room", "street", "city", "state", "zip", "notes")


def copy_series(
    series: Series,
    key: str,
    title: str,
    seats: Mapping[int, int],
    *,
    by: Someone,
    now: datetime,
    once: str,
) -> Series:
    """Copy texts, wordings, sessions, cohorts, venues and rules to another year, which only staff see.

    ``seats`` are people, by the id of the cohort that is copied. Dates are TBD and every cohort is
    closed, until staff say otherwise.
    """
    done_key = tokens.once_key(once, "series", str(series.id))
    with transaction(series):
        done = tokens.already_done(done_key)
        if done and (earlier := db.session.get(Series, int(done))):
            return earlier
        check_key(key)
        new = Series(key=key, title=title, created_at=now, is_draft=True, **same(series, KEPT))
        db.session.add(new)
        for rule in series.team_rules:
            new.team_rules.append(TeamRule(**same(rule, ("position", "text", "met_by"))))
        sessions = {}
        for session in series.training_sessions:
            sessions[session.number] = TrainingSession(**same(session, OF_SESSION))
            new.training_sessions.append(sessions[session.number])
        new.cohorts = [copy_of(each, seats[each.id], sessions, now=now) for each in series.cohorts]
        db.session.flush()
        copy_wordings(series, new)
        tokens.remember(done_key, str(new.id), now=now)
        after = {"key": key, "title": title, "seats": {c.slug: c.seats for c in new.cohorts}}
        what = f"copied the series {series.key}"
        audit.record(new.about, what, by=by, now=now, after=after)
        return new


def copy_wordings(series: Series, new: Series) -> None:
    """The staff's words for letters come along; what letters fill in is the new year's own."""
    for row in wordings_in(series.about):
        kept = same(row, ("kind", "subject", "opening", "closing", "by", "at"))
        db.session.add(Wording(scope=new.about, **kept))


def check_key(key: str) -> None:
    taken = db.session.scalar(select(Series.title).where(Series.key == key))
    if taken is not None:
        raise refusal(f"There is a series for {key} already: {taken}.", "key")


def same(row: Base, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def copy_of(
    cohort: Cohort, seats: int, sessions: Mapping[int, TrainingSession], *, now: datetime
) -> Cohort:
    """A cohort of the same name and address, its meetings at the same places on days TBD."""
    new = Cohort(slug=cohort.slug, name=cohort.name, position=cohort.position, seats=seats)
    new.is_open = False
    places: dict[int, Venue] = {}
    for meeting in cohort.meetings:
        session = sessions[meeting.number]
        copied = Meeting(training_session=session, number=session.number, changed_at=now)
        if meeting.venue:
            place = Venue(**same(meeting.venue, OF_VENUE))
            copied.venue = places.setdefault(meeting.venue.id, place)
        new.meetings.append(copied)
    return new


def make_current(series: Series, *, by: Someone, now: datetime) -> None:
    """Let the public pages show this series in place of the one before; twice is once."""
    with transaction(series):
        if not series.is_draft:
            return
        reason = why_not_shown(series)
        if reason:
            raise refusal(reason)
        newer = select(Series.key).where(Series.id > series.id, Series.is_draft.is_(False))
        shown = db.session.scalar(newer)
        if shown:
            raise refusal(f"The series {shown} is newer and is shown already.")
        series.is_draft = False
        audit.record(
            series.about,
            "made this the current series",
            by=by,
            now=now,
            before={"is_shown": False},
            after={"is_shown": True},
        )
