"""What the queue shows as a table to take away: a line for each team, or for each of its people.

Teams are read in small groups, each in a reading of its own, so that a long export holds no lock
and takes no more memory than a short one. A team that changes meanwhile is in it as it was read.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import false, func, literal, select, tuple_

from cdef.accounts.models import Person
from cdef.directory.models import District
from cdef.kernel.db import db
from cdef.kernel.sheets.writing import Row
from cdef.registrations.models import Decision, Registration
from cdef.registrations.queue import Queue
from cdef.reports.export_rules import PEOPLE, TEAMS, member_row, team_row
from cdef.series.models import Cohort, Series, TeamRule
from cdef.teams.lead_models import Lead
from cdef.teams.listing_models import Listing
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from cdef.teams.rules import EDITABLE

GROUP = 500  # teams that are read together
PLACE = (Listing.at, Listing.team_id)  # of a team in the list


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
    count: Callable[[Any], int]


def count_teams(wanted: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0


def count_people(wanted: Any) -> int:
    """As they are counted when a roster is submitted; one that is edited is counted now."""
    counted = wanted.with_only_columns(Listing.district_people + Listing.union_people)
    total = db.session.scalar(select(func.sum(counted.subquery().c[0]))) or 0
    edited = wanted.with_only_columns(Listing.team_id).where(Listing.state.in_(EDITABLE))
    there = Member.team_id.in_(edited), Member.removed_at.is_(None)
    return total + (db.session.scalar(select(func.count(Member.id)).where(*there)) or 0)


EXPORTS = {
    "teams": Export("Teams", TEAMS, lambda read: [team_row(read)], count_teams),
    "people": Export(
        "People",
        PEOPLE,
        lambda read: [member_row(read.team, member) for member in read.members],
        count_people,
    ),
}


def rows(app: Flask, export: Export, wanted: Any) -> Iterator[Row]:
    """Every line of the teams that a filter shows, in its order."""
    last: Any = None
    while True:
        with app.app_context():  # Which ends the reading, before anybody waits for a line.
            group = following(wanted, last)
            found = [line for read in read_teams(group) for line in export.lines(read)]
        if not group:
            return
        last = group[-1]
        yield from found


def chosen(queue: Queue) -> Any:
    """The teams that the staff's list shows, on all its pages."""
    if queue.series is None:
        return select(*PLACE).where(false())
    return queue.narrowed(select(*PLACE), queue.states, queue.lead(queue.states))


def following(wanted: Any, last: Any) -> Sequence[Any]:
    """The next group, in the order of the list."""
    if last:
        here = tuple_(literal(last.at, Listing.at.type), literal(last.team_id))
        wanted = wanted.where(tuple_(*PLACE) > here)
    return db.session.execute(wanted.order_by(*PLACE).limit(GROUP)).all()


def read_teams(group: Sequence[Any]) -> list[Read]:
    """Some teams, in the order in which they are given, in five questions."""
    if not group:
        return []
    ids = [place.team_id for place in group]
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
    return [found[team_id] for team_id in ids if team_id in found]


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
