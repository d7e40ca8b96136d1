"""Needs are kept no longer than they are needed: 30 days after a cohort's last meeting they go."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, select

from cdef.kernel import audit
from cdef.kernel.db import db, transaction
from cdef.kernel.words import local_day, plural
from cdef.participants.models import Needs
from cdef.series.models import Cohort, Meeting, MeetingDay
from cdef.teams.member_models import Member
from cdef.teams.models import Team

KEPT = timedelta(days=30)


def erase_needs(*, now: datetime) -> bool:
    """Erase what the people of one cohort told of their needs; whether there was any to erase."""
    found = over(now)
    db.session.rollback()  # A look holds no lock.
    for cohort in found[:1]:
        with transaction(cohort):
            erase(cohort, now=now)
    return bool(found)


def over(now: datetime) -> Sequence[Cohort]:
    """The cohorts whose last day was long enough ago, and that still keep needs.

    While a meeting is TBD there is no last day.
    """
    last = (
        select(func.max(MeetingDay.date))
        .join(Meeting, Meeting.id == MeetingDay.meeting_id)
        .where(Meeting.cohort_id == Cohort.id, Meeting.is_held)
        .correlate(Cohort)
        .scalar_subquery()
    )
    to_follow = exists().where(
        Meeting.cohort_id == Cohort.id,
        Meeting.is_held,
        ~exists().where(MeetingDay.meeting_id == Meeting.id),
    )
    kept = exists().where(
        Needs.member_id == Member.id, Member.team_id == Team.id, Team.cohort_id == Cohort.id
    )
    query = select(Cohort).where(last < local_day(now) - KEPT, ~to_follow, kept)
    return db.session.scalars(query.order_by(Cohort.id)).all()


def erase(cohort: Cohort, *, now: datetime) -> None:
    people = select(Member.id).join(Team, Team.id == Member.team_id)
    of_cohort = people.where(Team.cohort_id == cohort.id).scalar_subquery()
    erased = db.session.execute(delete(Needs).where(Needs.member_id.in_(of_cohort)))
    number = plural(int(getattr(erased, "rowcount", 0)), "person", "people")
    audit.record(cohort.about, f"erased the needs of {number}", by=None, now=now)
