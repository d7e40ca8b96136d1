"""Asking the leads about rosters that rest, some days apart and a few times at most."""

from datetime import datetime

from cdef.kernel import audit, tokens
from cdef.kernel.db import db, transaction
from cdef.kernel.words import listing, local_day
from cdef.outbox.actions import post
from cdef.outbox.suppression_models import suppressed
from cdef.outbox.suppression_rules import STOP, STOP_LASTS
from cdef.registrations.nudge_letters import roster_nudge
from cdef.registrations.reminder_models import Nudge, nudges_of, resting, terms_of
from cdef.registrations.reminder_rules import Terms, may_nudge, nudges
from cdef.series.models import current_series
from cdef.teams.models import Team

CHUNK = 10  # teams in one piece of the worker's time


def write_nudges(*, now: datetime) -> bool:
    """Ask the leads of the next teams whose roster rests; whether there were any."""
    series = current_series()
    terms = terms_of(series) if series else Terms()
    if series is None or not terms.most_nudges or not may_nudge(now, terms):
        return False
    teams = db.session.scalars(resting(series, terms, now).limit(CHUNK)).all()
    asked = [nudge(team, terms, now=now) for team in teams]
    return any(asked)


def nudge(team: Team, terms: Terms, *, now: datetime) -> bool:
    """Ask the leads of one team, if it still rests under the lock; a line of the timeline says so."""
    with transaction(team.cohort, team):
        still = resting(team.cohort.series, terms, now).where(Team.id == team.id)
        if db.session.scalar(still) is None:
            return False
        reason, leads = nudges(team, local_day(now))
        stopped = suppressed([lead.email for lead in leads])
        asked = [lead for lead in leads if lead.email not in stopped]
        for lead in asked:
            stop = tokens.issue(STOP, lead.email, lifetime=STOP_LASTS, now=now)
            post(roster_nudge(team, lead, reason, stop, now=now), now=now)
        row = Nudge(team_id=team.id, number=nudges_of(team) + 1, reason=reason, at=now)
        db.session.add(row)
        if asked:
            what = f"asked {listing([lead.name for lead in asked])} about the roster, which rests"
            audit.record(team.about, what, by=None, now=now, after={"reason": reason})
        return True
