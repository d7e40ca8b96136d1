"""What the queue shows as a table to take away: a line for each team, or for each of its people.

Teams are read in small groups, each in a reading of its own, so that a long export holds no lock
and takes no more memory than a short one. A team that changes meanwhile is in it as it was read.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import Select, func, select

from cdef.accounts.models import Person
from cdef.directory.models import District
from cdef.kernel.db import db
from cdef.kernel.sheets.writing import Row
from cdef.registrations.models import Decision, Registration
from cdef.registrations.rules import STATES
from cdef.reports.export_rules import PEOPLE, TEAMS, member_row, team_row
from cdef.series.models import Cohort, Series, TeamRule
from cdef.teams.lead_models import Lead
from cdef.teams.listing_rules import WAITS_FOR_STAFF
from cdef.teams.member_models import Member
from cdef.teams.models import Team

GROUP = 500  # teams that are read together
TeamIds = Select[int]


@dataclass
class Read:
    """One team with what its lines say, in plain values."""

    team: Any
    leads: dict[str, Any] = field(default_factory=dict)
    members: list[Any] = field(default_factory=list)
    rules: list[tuple[str, list[str]]] = field(default_factory=list)
    decision: Any = None


@dataclass(frozen=True)
class Export:
    """One kind of table: its name, its headings, the lines of a team, and how many there will be."""

    title: str
    headings: tuple[str, ...]
    lines: Callable[[Read], list[Row]]
    count: Callable[[TeamIds], int]


def count_teams(ids: TeamIds) -> int:
    return db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def count_people(ids: TeamIds) -> int:
    there = Member.team_id.in_(ids), Member.removed_at.is_(None)
    return db.session.scalar(select(func.count(Member.id)).where(*there)) or 0


EXPORTS = {
    "teams": Export("Teams", TEAMS, lambda read: [team_row(read)], count_teams),
    "people": Export(
        "People",
        PEOPLE,
        lambda read: [member_row(read.team, member) for member in read.members],
        count_people,
    ),
}


def rows(app: Flask, export: Export, ids: TeamIds) -> Iterator[Row]:
    """Every line, by the numbers of the teams."""
    last = 0
    while True:
        with app.app_context():  # Which ends the reading, before anybody waits for a line.
            group = following(ids, last)
            found = [line for read in read_teams(group) for line in export.lines(read)]
        if not group:
            return
        last = group[-1]
        yield from found


def following(ids: TeamIds, last: int) -> Sequence[int]:
    query = ids.where(Team.id > last).order_by(None).order_by(Team.id).limit(GROUP)
    return db.session.scalars(query).all()


def read_teams(ids: Sequence[int]) -> list[Read]:
    """Some teams, in the order of their numbers, in five questions."""
    if not ids:
        return []
    found = {row.id: Read(row) for row in db.session.execute(teams(ids))}
    for lead in db.session.execute(leads(ids)):
        found[lead.team_id].leads[lead.side] = lead
    for member in db.session.execute(members(ids)):
        found[member.team_id].members.append(member)
    for decision in db.session.execute(decisions(ids)):
        found[decision.team_id].decision = decision
    asked = team_rules({read.team.series_id for read in found.values()})
    for read in found.values():
        read.rules = asked[read.team.series_id]
    return list(found.values())


def teams(ids: Sequence[int]) -> Any:
    return (
        select(
            Team.id,
            Cohort.series_id,
            District.name.label("district"),
            District.county,
            District.cd_code,
            Cohort.name.label("cohort"),
            Series.price_cents,
            Registration.state,
            Registration.submitted_at,
        )
        .join(Team.district)
        .join(Team.cohort)
        .join(Cohort.series)
        .outerjoin(Registration, Registration.team_id == Team.id)
        .where(Team.id.in_(ids))
        .order_by(Team.id)
    )


def leads(ids: Sequence[int]) -> Any:
    query = select(Lead.team_id, Lead.side, Lead.name, Person.email).join(Lead.person)
    return query.where(Lead.team_id.in_(ids), Lead.left_at.is_(None))


def members(ids: Sequence[int]) -> Any:
    columns = (Member.team_id, Member.side, Member.name, Member.email, Member.position, Member.site)
    there = Member.team_id.in_(ids), Member.removed_at.is_(None)
    return select(*columns).where(*there).order_by(Member.side, Member.id)


def decisions(ids: Sequence[int]) -> Any:
    """The last decision on each team."""
    newest = (
        select(func.max(Decision.id))
        .join(Registration, Decision.registration_id == Registration.id)
        .where(Registration.team_id.in_(ids))
        .group_by(Registration.id)
    )
    return (
        select(Registration.team_id, Decision.verb, Decision.at, Person.name, Person.email)
        .join(Registration, Decision.registration_id == Registration.id)
        .outerjoin(Person, Decision.by_id == Person.id)
        .where(Decision.id.in_(newest))
    )


def team_rules(series_ids: set[int]) -> dict[int, list[tuple[str, list[str]]]]:
    """What a team of each series must have: the text, and the positions that meet it."""
    found: dict[int, list[tuple[str, list[str]]]] = defaultdict(list)
    query = select(TeamRule).where(TeamRule.series_id.in_(series_ids))
    for rule in db.session.scalars(query.order_by(TeamRule.position)):
        found[rule.series_id].append((rule.text, list(rule.met_by)))
    return found


def filtered(series: Series | None, state: str, cohort_slug: str) -> TeamIds:
    """The teams that the queue's filter shows."""
    query = select(Team.id).join(Team.cohort).outerjoin(Registration)
    query = query.where(Cohort.series_id == (series.id if series else 0))
    if series and cohort_slug in {cohort.slug for cohort in series.cohorts}:
        query = query.where(Cohort.slug == cohort_slug)
    if state == "waiting-for-staff":
        query = query.where(Registration.state.in_(WAITS_FOR_STAFF))
    elif state == "draft":
        query = query.where(Registration.id.is_(None) | (Registration.state == "draft"))
    elif state in STATES:
        query = query.where(Registration.state == state)
    return query
