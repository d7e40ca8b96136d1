"""What the overview reads: a few rows of counters, however many people there are."""

from collections.abc import Sequence

from sqlalchemy import select

from cdef.kernel.db import db
from cdef.series.models import Cohort, Series
from cdef.teams.listing_models import Tally


def all_series() -> Sequence[Series]:
    """Every series, newest first."""
    return db.session.scalars(select(Series).order_by(Series.id.desc())).all()


def tallies(cohorts: Sequence[Cohort]) -> Sequence[Tally]:
    """The counters of some cohorts."""
    ids = [cohort.id for cohort in cohorts]
    return db.session.scalars(select(Tally).where(Tally.cohort_id.in_(ids))).all()


def held_seats(_cohorts: Sequence[Cohort]) -> dict[int, int]:
    """The seats that offers hold, by cohort."""
    return {}
