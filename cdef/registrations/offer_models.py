"""What stands between a team and its seats: those held for others, and who waits before it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from cdef.kernel.db import db
from cdef.registrations.models import Registration, people_approved, seats_taken
from cdef.series.models import Cohort
from cdef.teams.member_models import Member
from cdef.teams.models import Team

# Not by its index: the few offers are found by their own, and then their teams.
COHORT_OF_OFFER = func.coalesce(Team.cohort_id, Team.cohort_id)
SHOWN = 50  # How many waiting teams staff see at once.


def held_by_offers(cohort_id: Any, now: datetime) -> Select[int]:
    """The seats held by offers that have not lapsed; only a team that waits has one."""
    query = select(func.sum(Registration.offered_seats)).join(Registration.team)
    return query.where(Registration.offered_until > now, cohort_id == COHORT_OF_OFFER)


def taken_and_held(
    cohort: Cohort, now: datetime, *, besides: Registration | None = None
) -> tuple[int, int]:
    """The seats of approved teams, and those held by offers, in one query."""
    held = held_by_offers(cohort.id, now)
    if besides is not None:
        held = held.where(Registration.id != besides.id)
    both = people_approved(cohort.id).scalar_subquery(), held.scalar_subquery()
    taken, offered = db.session.execute(select(*both)).one()
    return taken or 0, offered or 0


def seats_left(cohort: Cohort, now: datetime, *, besides: Registration | None = None) -> int:
    """What can be given still: neither taken nor held; below zero where the cohort is over."""
    return cohort.seats - sum(taken_and_held(cohort, now, besides=besides))


def seats_left_in(cohort_ids: Collection[int], now: datetime) -> dict[int, int]:
    """The same for some cohorts, in one query."""
    taken, held = people_approved(Cohort.id), held_by_offers(Cohort.id, now)
    query = select(Cohort.id, Cohort.seats, taken.scalar_subquery(), held.scalar_subquery())
    found = db.session.execute(query.where(Cohort.id.in_(cohort_ids)))
    return {number: seats - (one or 0) - (other or 0) for number, seats, one, other in found}


def turn(now: datetime) -> ColumnElement[datetime | None]:
    """Since when a team waits, as its place is counted: who lets an offer lapse goes to the end."""
    lapsed = and_(Registration.offered_until.is_not(None), Registration.offered_until <= now)
    return case((lapsed, Registration.offered_until), else_=Registration.waits_since)


def waiting(cohort: Cohort) -> Select[Registration]:
    return (
        select(Registration)
        .join(Registration.team)
        .where(Team.cohort_id == cohort.id, Registration.state == "waitlisted")
    )


def waitlist(cohort: Cohort, now: datetime) -> list[Team]:
    """The first of those who wait, in their order."""
    query = (
        select(Team)
        .join(Registration, Registration.team_id == Team.id)
        .where(Team.cohort_id == cohort.id, Registration.state == "waitlisted")
        .order_by(turn(now), Registration.id)
        .options(*Team.decided_with())
        .limit(SHOWN)
    )
    return list(db.session.scalars(query).unique())


def place(registration: Registration, now: datetime) -> int:
    """How many teams wait before this one."""
    mine = (
        registration.offered_until
        if registration.offered_until and registration.offered_until <= now
        else registration.waits_since
    )
    before = or_(turn(now) < mine, and_(turn(now) == mine, Registration.id < registration.id))
    query = waiting(registration.team.cohort).where(before)
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def over_seats(cohort: Cohort, seats: int) -> list[tuple[Team, int]]:
    """The approved teams that would not all fit, each with its people: who came last stands first."""
    people = func.count(Member.id)
    query = (
        select(Team, people)
        .join(Registration, Registration.team_id == Team.id)
        .join(Member, Member.team_id == Team.id)
        .where(
            Team.cohort_id == cohort.id,
            Registration.state == "approved",
            Member.removed_at.is_(None),
        )
        .group_by(Team.id, Registration.since, Registration.id)
        .order_by(Registration.since.desc(), Registration.id.desc())
    )
    found, over = [], seats_taken(cohort) - seats
    for team, number in db.session.execute(query):
        if over <= 0:
            break
        found.append((team, number))
        over -= number
    return found
