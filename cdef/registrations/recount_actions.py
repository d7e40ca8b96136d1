"""Counting everything anew that is otherwise kept with each change, and saying what differed."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import (
    case,
    delete,
    exists,
    false,
    func,
    insert,
    literal,
    select,
    union_all,
)
from sqlalchemy.sql.elements import ColumnElement

from cdef.directory.models import District
from cdef.kernel.db import Base, db, transaction
from cdef.kernel.words import local_day
from cdef.registrations.models import Decision, Registration
from cdef.registrations.rules import TRANSITIONS
from cdef.series.models import Cohort, TeamRule
from cdef.series.rules import DISTRICT, UNION
from cdef.teams.listing_models import Listing, Tally, TeamWord, UnmetRule
from cdef.teams.listing_rules import WAITS_FOR_STAFF, Entry, member_words, move_entries, own_words
from cdef.teams.member_models import Member
from cdef.teams.models import Team, whole_team
from cdef.teams.rules import EDITABLE, may_edit

BATCH = 500  # teams whose words are looked at together


def recount() -> dict[str, int]:
    """Set right whatever is not as it follows from the teams; how many rows of each table were not.

    Nothing else changes meanwhile: every cohort is held.
    """
    with transaction(*db.session.scalars(select(Cohort).order_by(Cohort.id))):
        return {
            "lists": replace(Listing, listings()),
            "unmet rules": replace(UnmetRule, unmet_rules()),
            "counters": replace_tallies(),
            "words": sum(reword(teams) for teams in batches()),
        }


def recount_rules() -> None:
    """After a change of what a team must be: who does not meet it, and how many."""
    with transaction(*db.session.scalars(select(Cohort).order_by(Cohort.id))):
        replace(UnmetRule, unmet_rules())
        replace_tallies()


def replace(kind: type[Base], wanted: Any) -> int:
    """Make a table what a question says; how many of its rows were missing or wrong."""
    wanted, there = select(wanted.subquery()), select(*kind.__table__.c)
    difference = union_all(
        select(wanted.except_(there).subquery()), select(there.except_(wanted).subquery())
    ).subquery()
    differing = db.session.scalar(select(func.count()).select_from(difference)) or 0
    if differing:
        held = [tuple(row) for row in db.session.execute(wanted)]
        db.session.execute(delete(kind))
        names = [column.key for column in kind.__table__.c]
        rows = [dict(zip(names, row, strict=True)) for row in held]
        if rows:
            db.session.execute(insert(kind), rows)
    return differing


def listings() -> Any:
    """A row for each team, its columns in the table's order."""
    state = func.coalesce(Registration.state, "draft")
    sides = (
        select(Member.team_id, people_of(DISTRICT), people_of(UNION))
        .where(Member.removed_at.is_(None))
        .group_by(Member.team_id)
        .subquery()
    )
    return (
        select(
            Team.id,
            Cohort.series_id,
            Team.cohort_id,
            Team.district_id,
            District.county,
            state,
            state.in_(WAITS_FOR_STAFF),
            func.coalesce(Registration.submitted_at, Team.created_at),
            *(unless_editable(state, column) for column in (sides.c.district, sides.c.union)),
        )
        .join(Team.cohort)
        .join(Team.district)
        .outerjoin(Registration, Registration.team_id == Team.id)
        .outerjoin(sides, sides.c.team_id == Team.id)
    )


def people_of(side: str) -> ColumnElement[int]:
    return func.count(case((Member.side == side, 1))).label(side)


def unless_editable(state: ColumnElement[str], people: ColumnElement[int]) -> ColumnElement[int]:
    return case((state.in_(EDITABLE), 0), else_=func.coalesce(people, 0))


def unmet_rules() -> Any:
    """Each rule with each submitted team that does not meet it."""
    rules = db.session.scalars(select(TeamRule).where(TeamRule.removed_at.is_(None))).all()
    asked = [
        select(literal(rule.id), Listing.team_id).where(
            Listing.series_id == rule.series_id,
            Listing.state.not_in(EDITABLE),
            ~exists().where(
                Member.team_id == Listing.team_id,
                Member.removed_at.is_(None),
                Member.position.in_(rule.met_by),
            ),
        )
        for rule in rules
    ]
    nobody = select(UnmetRule.rule_id, UnmetRule.team_id).where(false())
    return union_all(*asked) if asked else nobody


def replace_tallies() -> int:
    wanted = {entry: number for entry, number in tallies().items() if number}
    there = {
        (tally.cohort_id, tally.kind, tally.key, tally.state): tally.count
        for tally in db.session.scalars(select(Tally))
        if tally.count
    }
    differing = len({entry for entry, _ in wanted.items() ^ there.items()})
    if differing:
        db.session.execute(delete(Tally))
        names = ("cohort_id", "kind", "key", "state", "count")
        rows = [dict(zip(names, (*entry, number), strict=True)) for entry, number in wanted.items()]
        db.session.execute(insert(Tally), rows)
        db.session.expire_all()
    return differing


def tallies() -> Counter[Entry]:
    """Every counter, from the listings and the decisions."""
    found: Counter[Entry] = Counter()
    for kind, question in questions():
        for cohort_id, key, state, number in db.session.execute(question):
            found[cohort_id, kind, str(key), state] = number
    for moved in moves():
        found.update(moved)
    return found


def questions() -> Iterator[tuple[str, Any]]:
    """Cohort, key, state and number of each kind of counter but the days."""
    cohort, state, county = Listing.cohort_id, Listing.state, Listing.county
    teams = func.count()
    district, union = func.sum(Listing.district_people), func.sum(Listing.union_people)
    unmet = UnmetRule.team_id == Listing.team_id
    rule = UnmetRule.rule_id
    yield "teams", select(cohort, literal(""), state, teams).group_by(cohort, state)
    yield "county", select(cohort, county, state, teams).group_by(cohort, county, state)
    yield "people", select(cohort, literal(DISTRICT), state, district).group_by(cohort, state)
    yield "people", select(cohort, literal(UNION), state, union).group_by(cohort, state)
    by_rule = select(cohort, rule, state, teams).join(UnmetRule, unmet)
    yield "rule", by_rule.group_by(cohort, rule, state)


def moves() -> Iterator[Counter[Entry]]:
    """Each way of a team into a state, on its day."""
    history = (
        select(Team.id, Team.cohort_id, Team.created_at, Decision.verb, Decision.at)
        .outerjoin(Registration, Registration.team_id == Team.id)
        .outerjoin(Decision, Decision.registration_id == Registration.id)
        .order_by(Team.id, Decision.id)
    )
    for _, rows in groupby(db.session.execute(history), key=lambda row: row[0]):
        state = ""
        for _, cohort_id, created_at, verb, at in rows:
            if not state:
                state = "draft"
                yield move_entries(cohort_id, "", state, local_day(created_at).isoformat())
            after = TRANSITIONS.get((state, verb), state)
            if after != state:
                yield move_entries(cohort_id, state, after, local_day(at).isoformat())
            state = after


def batches() -> Iterator[list[Team]]:
    last = 0
    query = select(Team).options(*whole_team()).order_by(Team.id).limit(BATCH)
    while teams := list(db.session.scalars(query.where(Team.id > last)).unique()):
        yield teams
        last = teams[-1].id
        db.session.expunge_all()


def reword(teams: list[Team]) -> int:
    """Make the words of some teams what they should be; how many were not."""
    ids = [team.id for team in teams]
    known = select(TeamWord.team_id, TeamWord.whose, TeamWord.word).where(TeamWord.team_id.in_(ids))
    there = {(team_id, whose, word) for team_id, whose, word in db.session.execute(known)}
    edited = {team.id for team in teams if may_edit(team.state)}
    wanted = {
        (team.id, whose, word)
        for team in teams
        for whose, word in own_words(team) | (set() if team.id in edited else member_words(team))
    }
    wanted |= {row for row in there if row[1] and row[0] in edited}
    if wanted != there:
        db.session.execute(delete(TeamWord).where(TeamWord.team_id.in_(ids)))
        names = ("team_id", "whose", "word")
        rows = [dict(zip(names, row, strict=True)) for row in sorted(wanted)]
        db.session.execute(insert(TeamWord), rows)
    return len(wanted ^ there)
