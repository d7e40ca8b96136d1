"""What the overview reads: a few rows of counters, however many people there are."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from cdef.kernel.db import db
from cdef.registrations.models import Registration
from cdef.series.models import Cohort, Series
from cdef.teams.listing_models import Tally
from cdef.teams.models import Team


def all_series() -> Sequence[Series]:
    """Every series, newest first."""
    return db.session.scalars(select(Series).order_by(Series.id.desc())).all()


def tallies(cohorts: Sequence[Cohort]) -> Sequence[Tally]:
    """The counters of some cohorts."""
    ids = [cohort.id for cohort in cohorts]
    return db.session.scalars(select(Tally).where(Tally.cohort_id.in_(ids))).all()


def held_seats(cohorts: Sequence[Cohort], now: datetime) -> dict[int, int]:
    """The seats that offers hold, by cohort."""
    ids = [cohort.id for cohort in cohorts]
    query = (
        select(Team.cohort_id, func.sum(Registration.offered_seats))
        .join(Registration.team)
        .where(
            Registration.state == "waitlisted",
            Registration.offered_until > now,
            Team.cohort_id.in_(ids),
        )
        .group_by(Team.cohort_id)
    )
    return dict(db.session.execute(query).all())
