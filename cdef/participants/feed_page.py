"""What the calendar of one person holds: computed from what is true now, whenever it is asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlalchemy import or_, select

from cdef.kernel import audit, clock, tokens
from cdef.kernel.access import Someone
from cdef.kernel.db import db
from cdef.kernel.ics import Day
from cdef.kernel.links import link
from cdef.participants.feed_actions import FEED
from cdef.participants.models import with_place
from cdef.participants.views import blueprint
from cdef.registrations.calendar import entry_uid, member_days
from cdef.registrations.models import Registration
from cdef.series.gone import gone_days
from cdef.teams.member_models import Member
from cdef.teams.models import Team


@blueprint.app_template_global("feed_address")
def feed_address(person: Someone) -> str:
    """The address of somebody's calendar, if they have made one."""
    token = tokens.newest_open(FEED, person.email, now=clock.now())
    if token is None:
        return ""
    return link("participants.feed", secret=tokens.derived(FEED, token.payload["nonce"]))


def rows_of(email: str) -> Sequence[Member]:
    """Every place that this address has in a team that was approved, and those that it had."""
    query = (
        select(Member)
        .join(Team, Member.team_id == Team.id)
        .join(Registration, Registration.team_id == Team.id)
        .where(
            Member.email == email,
            Registration.turn > 0,
            or_(Member.removed_at.is_(None), Member.turn > 0),
        )
        .order_by(Member.id)
        .options(*with_place())
    )
    return db.session.scalars(query).all()


def days_of(rows: Sequence[Member]) -> Iterator[Day]:
    for row in rows:
        registration = row.team.registration
        is_out = row.removed_at is not None or registration.state != "approved"
        uid, turn = partial(entry_uid, row.id), registration.turn + row.turn
        gone = gone_days(row.team.cohort, uid, turn=turn)
        for day in (*member_days(row, cancelled=is_out), *gone):
            yield replace(
                day, stamp=max(day.stamp, registration.since, row.removed_at or day.stamp)
            )


def changed_at(rows: Sequence[Member]) -> datetime | None:
    """When anything of it last changed, as far as timelines tell."""
    things = set()
    for team in (row.team for row in rows):
        things |= {team.about, team.cohort.about, team.cohort.series.about}
    return audit.changed_at(things)
