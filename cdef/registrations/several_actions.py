"""Deciding on several teams: each by itself, so that nothing is half, and with a report."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.problems import Refused
from cdef.registrations import rules
from cdef.registrations.actions import decide
from cdef.registrations.decision_rules import Said
from cdef.registrations.several_models import DecisionBatch
from cdef.teams.models import Team

AT_A_TIME = 10  # teams for one request; the report goes on with the next


def begin(
    verb: str,
    note: str,
    teams: Sequence[dict[str, Any]],
    *,
    by: Someone,
    now: datetime,
    once: str,
) -> DecisionBatch:
    """Keep what is to be decided; the same form twice is one batch."""
    with transaction():
        found = db.session.scalar(select(DecisionBatch).where(DecisionBatch.once == once))
        if found is None:
            found = DecisionBatch(once=once, verb=verb, note=note, by_id=by.id, at=now, results=[])
            found.teams = list(teams)
            db.session.add(found)
        return found


def carry_on(batch: DecisionBatch, *, by: Someone, now: datetime) -> None:
    """Give the next teams their turn; one that is refused is skipped, with the reason."""
    for place in range(len(batch.results), len(batch.teams))[:AT_A_TIME]:
        try:
            decide_one(batch, place, by=by, now=now)
        except Refused as refused:
            add_result(batch, place, " ".join(each.text for each in refused.problems))


def decide_one(batch: DecisionBatch, place: int, *, by: Someone, now: datetime) -> None:
    """Decide on the team at one place, and say so, in one transaction."""
    chosen = batch.teams[place]
    team = db.session.get_one(Team, chosen["id"])
    with transaction(team.cohort, team, batch):
        if len(batch.results) == place:
            said = Said(seen=chosen["seen"], version=chosen["version"])
            decide(team, batch.verb, batch.note, by=by, now=now, said=said)
            done = {"is_done": True, "said": rules.DONE[batch.verb]}
            batch.results = [*batch.results, done]


def add_result(batch: DecisionBatch, place: int, why: str) -> None:
    with transaction(batch):
        if len(batch.results) == place:
            batch.results = [*batch.results, {"is_done": False, "said": why}]
