"""Editing what a series and its training sessions say; adding sessions and taking them away."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from cdef.kernel import audit, tokens
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.edits import Values, save
from cdef.kernel.problems import refusal
from cdef.series.desk_rules import why_session_stays
from cdef.series.draft_models import newest_draft
from cdef.series.models import Meeting, Series, TrainingSession


def edit_texts(series: Series, typed: Values, seen: str, *, by: Someone, now: datetime) -> Values:
    """Write the series' texts; ``Clash`` where somebody else has changed the same since."""
    with transaction(series):
        what = "edited the texts of the series"
        return save(series, typed, seen, about=series.about, what=what, by=by, now=now)


def edit_session(
    session: TrainingSession, typed: Values, seen: str, *, by: Someone, now: datetime
) -> Values:
    """Write one training session; ``Clash`` where somebody else has changed the same since."""
    with transaction(session.series, session):
        about, what = session.series.about, f"edited {session.name}"
        return save(session, typed, seen, about=about, what=what, by=by, now=now)


def add_session(
    series: Series, typed: Values, *, by: Someone, now: datetime, once: str
) -> TrainingSession:
    """Add a training session at the end; each cohort meets for it on days to be determined."""
    key = tokens.once_key(once, "session", str(series.id))
    with transaction(series):
        done = tokens.already_done(key)
        if done and (earlier := db.session.get(TrainingSession, int(done))):
            return earlier
        number = 1 + max((each.number for each in series.training_sessions), default=0)
        session = TrainingSession(number=number, **typed)
        series.training_sessions.append(session)
        for cohort in series.cohorts:
            meeting = Meeting(training_session=session, number=number, changed_at=now)
            cohort.meetings.append(meeting)
        db.session.flush()
        tokens.remember(key, str(session.id), now=now)
        after = {"number": number, **typed}
        audit.record(series.about, f"added {session.name}", by=by, now=now, after=after)
        return session


def remove_session(session: TrainingSession, *, by: Someone, now: datetime) -> None:
    """Take a training session away while nothing is planned for it, nor for those after it."""
    series = session.series
    with transaction(series, session):
        after = [each for each in series.training_sessions if each.number >= session.number]
        meetings = meetings_of(after)
        reason = why_session_stays(session, meetings, drafted_for(session))
        if reason:
            raise refusal(reason)
        before = {name: getattr(session, name) for name in ("title", "days", "overview", "topics")}
        what = f"removed {session.name}"
        try:
            take_away(session, meetings)
        except IntegrityError:
            raise refusal(f"{session.name} is in use, so it stays.") from None
        audit.record(series.about, what, by=by, now=now, before=before)


def drafted_for(session: TrainingSession) -> list[str]:
    """The cohorts whose newest draft says something of a session."""
    drafts = {cohort.name: newest_draft(cohort) for cohort in session.series.cohorts}
    return [
        name
        for name, draft in drafts.items()
        if draft and str(session.id) in draft.content["meetings"]
    ]


def meetings_of(sessions: list[TrainingSession]) -> list[Meeting]:
    ids = [session.id for session in sessions]
    query = select(Meeting).where(Meeting.training_session_id.in_(ids)).order_by(Meeting.number)
    return list(db.session.scalars(query))


def take_away(session: TrainingSession, meetings: list[Meeting]) -> None:
    """Delete a session with its meetings, and let those after it move up."""
    for meeting in meetings:
        if meeting.training_session_id == session.id:
            db.session.delete(meeting)
    db.session.flush()
    number, series = session.number, session.series
    db.session.delete(session)
    db.session.flush()
    db.session.expire(series, ["training_sessions"])
    for each in series.training_sessions:
        if each.number > number:
            each.number -= 1
            db.session.flush()
    for meeting in meetings:
        if meeting.number > number:
            meeting.number -= 1
