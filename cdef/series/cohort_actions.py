"""The cohorts of a series: adding, editing, ordering and removing them."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from cdef.kernel import audit, tokens
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.edits import Values, save, told
from cdef.kernel.problems import refusal
from cdef.series.desk_rules import slug_of
from cdef.series.draft_models import Draft
from cdef.series.models import Cohort, Meeting, Series


def add_cohort(
    series: Series, typed: Values, seats: int, *, by: Someone, now: datetime, once: str
) -> Cohort:
    """Add a cohort at the end, which meets for each session on days to be determined.

    Its address is made from its name, and stays when the name changes.
    """
    key = tokens.once_key(once, "cohort", str(series.id))
    with transaction(series):
        done = tokens.already_done(key)
        if done and (earlier := db.session.get(Cohort, int(done))):
            return earlier
        slug = free_slug(series, typed["name"])
        position = 1 + max((each.position for each in series.cohorts), default=-1)
        cohort = Cohort(slug=slug, position=position, seats=seats, **typed)
        cohort.meetings = [
            Meeting(training_session=session, number=session.number, changed_at=now)
            for session in series.training_sessions
        ]
        series.cohorts.append(cohort)
        db.session.flush()
        tokens.remember(key, str(cohort.id), now=now)
        after = told({**typed, "slug": slug, "seats": seats})
        audit.record(cohort.about, "added the cohort", by=by, now=now, after=after)
        return cohort


def free_slug(series: Series, name: str) -> str:
    slug = slug_of(name)
    if not slug:
        raise refusal("Its address is made from the name, so use letters from A to Z.", "name")
    for cohort in series.cohorts:
        if cohort.slug == slug:
            raise refusal(f"{cohort.name} has the address /cohorts/{slug} already.", "name")
    return slug


def edit_cohort(cohort: Cohort, typed: Values, seen: str, *, by: Someone, now: datetime) -> Values:
    """Write what a cohort is called, and whether and until when it takes registrations."""
    with transaction(cohort):
        what = "edited the cohort"
        return save(cohort, typed, seen, about=cohort.about, what=what, by=by, now=now)


def move_cohort(cohort: Cohort, *, step: int, by: Someone, now: datetime) -> None:
    """Change places with the cohort before (-1) or after (1); at the end of the list it stays."""
    series = cohort.series
    with transaction(series, cohort):
        order = list(series.cohorts)
        before = [each.name for each in order]
        here = order.index(cohort)
        there = min(max(here + step, 0), len(order) - 1)
        if here == there:
            return
        order.insert(there, order.pop(here))
        for position, each in enumerate(order):
            each.position = position
        audit.record(
            series.about,
            "changed the order of the cohorts",
            by=by,
            now=now,
            before={"cohorts": before},
            after={"cohorts": [each.name for each in order]},
        )


def remove_cohort(cohort: Cohort, *, by: Someone, now: datetime) -> None:
    """Take a cohort away that no team has begun to register for."""
    series = cohort.series
    with transaction(series, cohort):
        if team_counts(series).get(cohort.id):
            raise refusal(
                f"Teams have registered for {cohort.name}, so it stays. It can be closed."
            )
        before = {name: getattr(cohort, name) for name in ("name", "slug", "seats")}
        audit.record(cohort.about, "removed the cohort", by=by, now=now, before=before)
        try:
            take_away(cohort)
        except IntegrityError:
            said = f"Something was published for {cohort.name}, so it stays. It can be closed."
            raise refusal(said) from None


def take_away(cohort: Cohort) -> None:
    """Delete a cohort with its meetings and whatever was drafted for them."""
    for kind in (Draft, Meeting):
        for row in db.session.scalars(select(kind).where(kind.cohort_id == cohort.id)):
            db.session.delete(row)
    db.session.flush()
    db.session.delete(cohort)
    db.session.flush()


def team_counts(series: Series) -> dict[int, int]:
    """How many teams have begun for each cohort that has any."""
    query = (
        select(Cohort.id, func.count())
        .join(Cohort.teams)
        .where(Cohort.series_id == series.id)
        .group_by(Cohort.id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}
