"""What the overview reads: a few rows of counters, however many people there are."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, func, literal, select, union_all

from cdef.kernel.db import db
from cdef.registrations.models import Registration
from cdef.registrations.offer_models import COHORT_OF_OFFER
from cdef.series.models import Cohort, Series
from cdef.teams.listing_models import Tally
from cdef.teams.models import Team

TOGETHER = ("county", "day")  # There are many of each, and no cohort is told by itself.


def all_series() -> Sequence[Series]:
    """Every series, newest first."""
    return db.session.scalars(select(Series).order_by(Series.id.desc())).all()


def tallies(cohorts: Sequence[Cohort]) -> Sequence[Row[int, str, str, str, int]]:
    """The counters of some cohorts: cohort, kind, key, state and count; of counties and days together."""
    of_these = Tally.cohort_id.in_([cohort.id for cohort in cohorts])
    what = Tally.kind, Tally.key, Tally.state
    each = select(Tally.cohort_id, *what, Tally.count).where(Tally.kind.not_in(TOGETHER))
    together = select(literal(0), *what, func.sum(Tally.count)).where(Tally.kind.in_(TOGETHER))
    both = each.where(of_these), together.where(of_these).group_by(*what)
    return db.session.execute(union_all(*both)).all()


def held_seats(cohorts: Sequence[Cohort], now: datetime) -> dict[int, int]:
    """The seats that offers hold, by cohort."""
    ids = [cohort.id for cohort in cohorts]
    query = (
        select(Team.cohort_id, func.sum(Registration.offered_seats))
        .join(Registration.team)
        .where(Registration.offered_until > now, COHORT_OF_OFFER.in_(ids))
        .group_by(Team.cohort_id)
    )
    return dict(db.session.execute(query).all())
