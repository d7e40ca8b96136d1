"""The staff's queue: teams of one series by state and cohort, oldest first."""

from sqlalchemy import select

from cdef.kernel.db import db
from cdef.registrations.models import Registration
from cdef.registrations.rules import STATES
from cdef.series.models import Cohort, Series
from cdef.teams.listing_rules import WAITS_FOR_STAFF
from cdef.teams.models import Team

PAGE = 200


def queue(series: Series | None, state: str, cohort_slug: str) -> list[Team]:
    """The teams that a filter shows; an unknown state or cohort shows them all."""
    if series is None:
        return []
    query = select(Team).join(Cohort).outerjoin(Registration).where(Cohort.series_id == series.id)
    if cohort_slug in {cohort.slug for cohort in series.cohorts}:
        query = query.where(Cohort.slug == cohort_slug)
    if state == "waiting-for-staff":
        query = query.where(Registration.state.in_(WAITS_FOR_STAFF))
    elif state == "draft":
        query = query.where(Registration.id.is_(None) | (Registration.state == "draft"))
    elif state in STATES:
        query = query.where(Registration.state == state)
    oldest_first = query.order_by(
        Registration.submitted_at.is_(None), Registration.submitted_at, Team.id
    )
    return list(db.session.scalars(oldest_first.limit(PAGE)))
