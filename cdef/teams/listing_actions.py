"""Keeping lists, counters and search in step with the teams, in the transaction of each change.

Locks on PostgreSQL are taken in one order: cohort, team, then counters in the order of their keys.
"""

from collections import Counter
from datetime import datetime

from sqlalchemy import delete, insert, select, text, tuple_

from cdef.kernel.db import db
from cdef.kernel.words import local_day
from cdef.series.rules import SIDES
from cdef.teams.listing_models import Listing, TeamWord, UnmetRule
from cdef.teams.listing_rules import (
    WAITS_FOR_STAFF,
    Entry,
    Facts,
    differences,
    facts_of,
    member_words,
    move_entries,
    own_words,
)
from cdef.teams.models import Team
from cdef.teams.rules import may_edit

COUNT = text(
    "INSERT INTO tally (cohort_id, kind, key, state, count)"
    " VALUES (:cohort_id, :kind, :key, :state, :count)"
    " ON CONFLICT (cohort_id, kind, key, state) DO UPDATE SET count = tally.count + excluded.count"
)


def relist(team: Team, *, now: datetime) -> None:
    """Bring what lists, counters and search say of a team to what it is, in the caller's transaction.

    To be called after every change of its state, and of the roster once it is submitted.
    """
    db.session.flush()
    row = db.session.get(Listing, team.id)
    before, after = (listed_facts(row) if row else None), facts_of(team)
    if row is None:
        row = Listing(team_id=team.id, series_id=team.cohort.series_id)
        db.session.add(row)
    write(row, team, after)
    set_unmet(team.id, before.unmet if before else frozenset(), after.unmet)
    relist_words(team)
    was = before.entries if before else Counter[Entry]()
    changed = differences(was, after.entries)
    if before is None or before.state != after.state:
        day = local_day(now).isoformat()
        changed |= move_entries(team.cohort_id, before.state if before else "", after.state, day)
    count(changed)


def listed_facts(row: Listing) -> Facts:
    """What was counted of the team until now."""
    unmet = select(UnmetRule.rule_id).where(UnmetRule.team_id == row.team_id)
    people = row.district_people, row.union_people
    return Facts(row.cohort_id, row.county, row.state, people, frozenset(db.session.scalars(unmet)))


def write(row: Listing, team: Team, facts: Facts) -> None:
    submitted_at = team.registration.submitted_at if team.registration else None
    row.cohort_id, row.district_id = team.cohort_id, team.district_id
    row.county, row.state = facts.county, facts.state
    row.waits = facts.state in WAITS_FOR_STAFF
    row.at = submitted_at or team.created_at
    for side, people in zip(SIDES, facts.people, strict=True):
        setattr(row, f"{side}_people", people)
    db.session.flush()


def set_unmet(team_id: int, before: frozenset[int], after: frozenset[int]) -> None:
    met, unmet = before - after, after - before
    if met:
        was = UnmetRule.team_id == team_id, UnmetRule.rule_id.in_(met)
        db.session.execute(delete(UnmetRule).where(*was))
    if unmet:
        rows = [{"team_id": team_id, "rule_id": rule_id} for rule_id in sorted(unmet)]
        db.session.execute(insert(UnmetRule), rows)


def relist_words(team: Team) -> None:
    """Let the team be found by its district and leads, and by its people once it is submitted."""
    known = select(TeamWord.whose, TeamWord.word).where(TeamWord.team_id == team.id)
    before = {(whose, word) for whose, word in db.session.execute(known)}
    after = own_words(team)
    # A roster that is edited anew is still found by what was submitted.
    after |= {each for each in before if each[0]} if may_edit(team.state) else member_words(team)
    if gone := before - after:
        which = tuple_(TeamWord.whose, TeamWord.word).in_(sorted(gone))
        db.session.execute(delete(TeamWord).where(TeamWord.team_id == team.id, which))
    if new := after - before:
        rows = [{"team_id": team.id, "whose": whose, "word": word} for whose, word in sorted(new)]
        db.session.execute(insert(TeamWord), rows)


def count(changed: dict[Entry, int]) -> None:
    """Change counters by so much each."""
    names = ("cohort_id", "kind", "key", "state", "count")
    rows = [dict(zip(names, (*entry, number), strict=True)) for entry, number in changed.items()]
    if rows:
        db.session.flush()
        db.session.execute(COUNT, sorted(rows, key=lambda row: tuple(map(str, row.values()))))
