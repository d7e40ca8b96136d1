"""What a line of the timeline is about: the thing by its name today, and where staff find it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cdef.accounts.models import Person
from cdef.directory.models import District
from cdef.kernel.audit import Event
from cdef.kernel.db import db
from cdef.series.models import Cohort, Series
from cdef.teams.models import Team


@dataclass(frozen=True)
class Thing:
    """A name, and the address of its page; "" where it has none."""

    name: str
    address: str = ""


Ids = Collection[int]
Named = dict[int, Thing]


def teams(ids: Ids) -> Named:
    whole = joinedload(Team.district), joinedload(Team.cohort)
    found = db.session.scalars(select(Team).where(Team.id.in_(ids)).options(*whole))
    return {
        team.id: Thing(f"{team.district.label}, {team.cohort.name}", f"/staff/teams/{team.id}")
        for team in found
    }


def cohorts(ids: Ids) -> Named:
    found = db.session.scalars(select(Cohort).where(Cohort.id.in_(ids)))
    return {
        each.id: Thing(f"{each.name} Cohort", f"/staff/series/{each.series_id}/cohorts/{each.id}")
        for each in found
    }


def series(ids: Ids) -> Named:
    found = db.session.scalars(select(Series).where(Series.id.in_(ids)))
    return {
        each.id: Thing(f"the series {each.title}", f"/staff/series/{each.id}") for each in found
    }


def people(ids: Ids) -> Named:
    found = db.session.scalars(select(Person).where(Person.id.in_(ids)))
    return {person.id: Thing(person.label) for person in found}


def districts(ids: Ids) -> Named:
    found = db.session.scalars(select(District).where(District.id.in_(ids)))
    return {each.id: Thing(each.label, f"/staff/directory/{each.id}") for each in found}


KINDS: dict[str, Callable[[Ids], Named]] = {
    "team": teams,
    "cohort": cohorts,
    "series": series,
    "person": people,
    "district": districts,
}


def things(events: Iterable[Event]) -> dict[str, Thing]:
    """Each thing that these lines are about, by how the timeline names it; a query for each kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    abouts = {event.about for event in events}
    for about in abouts:
        kind, _, number = about.partition(":")
        if kind in KINDS and number.isdecimal():
            wanted[kind].add(int(number))
    found = {kind: KINDS[kind](ids) for kind, ids in wanted.items()}
    return {about: thing(about, found) for about in abouts}


def thing(about: str, found: dict[str, Named]) -> Thing:
    kind, _, number = about.partition(":")
    known = found.get(kind, {})
    nameless = Thing(f"the {kind} {number}".strip())
    return known.get(int(number), nameless) if number.isdecimal() else nameless
