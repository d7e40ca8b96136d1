"""The staff's list: teams of one series, narrowed by the address, oldest first, page by page."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import exists, func, literal, select, tuple_, union_all
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.elements import ColumnElement

from cdef.directory.actions import matching as matching_districts
from cdef.directory.models import District
from cdef.kernel.db import db
from cdef.registrations import queue_search
from cdef.registrations.models import Registration
from cdef.registrations.offer_models import COHORT_OF_OFFER
from cdef.registrations.queue_rules import (
    EXACT,
    PAGE,
    WAITING,
    Place,
    Wanted,
    cheapest,
)
from cdef.registrations.queue_search import Often
from cdef.registrations.rules import STATES
from cdef.series.models import Cohort, Series, TeamRule
from cdef.teams.listing_models import Listing, Tally, UnmetRule
from cdef.teams.listing_rules import WAITS_FOR_STAFF
from cdef.teams.models import Team

MOST_DISTRICTS = 50  # that a name may mean at once
DEARER = 3  # Rows that are gathered lie far from each other; those that are walked past do not.
HELD = func.sum(Registration.offered_seats)
COUNTED_STATES = tuple(state for state in STATES if state != "waiting")


@dataclass(frozen=True)
class Page:
    """The rows of one page, and where the pages before and after it are."""

    rows: list[Listing] = field(default_factory=list)
    previous: Place | None = None
    following: Place | None = None


@dataclass
class Queue:
    """One list of staff: what is asked of it, and what the counters say."""

    wanted: Wanted
    all_series: list[Series]
    now: datetime

    @cached_property
    def series(self) -> Series | None:
        """The one that the address names, otherwise the newest."""
        named = (each for each in self.all_series if each.key == self.wanted.series)
        return next(named, next(iter(self.all_series), None))

    @cached_property
    def cohorts(self) -> list[Cohort]:
        return list(self.series.cohorts) if self.series else []

    @cached_property
    def cohort(self) -> Cohort | None:
        return next((each for each in self.cohorts if each.slug == self.wanted.cohort), None)

    @cached_property
    def rules(self) -> list[TeamRule]:
        return list(self.series.team_rules) if self.series else []

    @cached_property
    def rule(self) -> TeamRule | None:
        return next((each for each in self.rules if str(each.id) == self.wanted.problem), None)

    @cached_property
    def county(self) -> str:
        return self.wanted.county if self.wanted.county in self.counties else ""

    @cached_property
    def counters(self) -> list[Any]:
        """Cohort, kind, key, state and count, of every county only what the list needs."""
        ids = [cohort.id for cohort in self.cohorts]
        columns = Tally.cohort_id, Tally.kind, Tally.key, Tally.state, Tally.count
        of_series = Tally.cohort_id.in_(ids)
        few = select(*columns).where(of_series, Tally.kind.in_(("teams", "people", "rule")))
        by_county = Tally.kind == "county", Tally.key == self.wanted.county
        nothing = literal(0), literal("counties"), Tally.key, literal(""), literal(0)
        names = select(*nothing).where(of_series, Tally.kind == "county").distinct()
        one = select(*columns).where(of_series, *by_county)
        held = (
            select(Team.cohort_id, literal("held"), literal(""), literal(""), HELD)
            .join(Registration, Registration.team_id == Team.id)
            .where(COHORT_OF_OFFER.in_(ids), Registration.offered_until > self.now)
            .group_by(Team.cohort_id)
        )
        return list(db.session.execute(union_all(few, one, names, held)))

    @cached_property
    def counties(self) -> list[str]:
        return sorted(key for _, kind, key, *_ in self.counters if kind == "counties" and key)

    def taken(self, cohort: Cohort) -> int:
        """As ``seats_taken`` counts them, without another question."""
        return sum(
            number
            for cohort_id, kind, _, state, number in self.counters
            if (cohort_id, kind, state) == (cohort.id, "people", "approved")
        )

    def left(self, cohort: Cohort) -> int:
        """The seats that are neither taken nor held by an offer."""
        held = sum(int(row[-1]) for row in self.counters if row[:2] == (cohort.id, "held"))
        return cohort.seats - self.taken(cohort) - held

    def teams(self, kind: str = "teams", key: str = "") -> Counter[str]:
        """Teams by state, of the cohort that is chosen, or of all."""
        found: Counter[str] = Counter()
        for cohort_id, its_kind, its_key, state, number in self.counters:
            is_there = self.cohort is None or cohort_id == self.cohort.id
            if is_there and (its_kind, its_key) == (kind, key):
                found[state] += number
        return found

    @cached_property
    def districts(self) -> list[int]:
        """The ids of those that are meant; none for a name that none has."""
        query = matching_districts(self.wanted.district).with_only_columns(District.id)
        return list(db.session.scalars(query.limit(MOST_DISTRICTS)))

    @cached_property
    def often(self) -> list[Often]:
        """How often each word that is looked for is there."""
        return queue_search.look(self.wanted.words)

    @cached_property
    def sets(self) -> dict[str, int]:
        """The conditions whose teams are gathered whole, with how many each lets through."""
        every, found = self.teams().total(), {}
        if self.rule:
            found["problem"] = self.teams("rule", str(self.rule.id)).total()
        if self.wanted.district:
            found["district"] = min(every, len(self.districts) * (every // 1000 + 1))
        if self.wanted.words:
            found["words"] = min(every, queue_search.matching(self.often))
        return found

    @property
    def rarest(self) -> int:
        """How many rows the rarest word has: all of them are gone through where one begins with it."""
        return min(each.count for each in self.often)

    def lead(self, states: tuple[str, ...]) -> str:
        """What the list best begins with: its order, a county's, or what is gathered."""
        here = self.teams()
        ordered = {"order": sum(here[state] for state in states)}
        if self.county:
            ordered["county"] = self.teams("county", self.county).total()
        gathering = {"words": DEARER * self.rarest} if self.wanted.words else {}
        return cheapest(here.total(), ordered, self.sets, gathering)

    @property
    def states(self) -> tuple[str, ...]:
        chosen = {WAITING: WAITS_FOR_STAFF}.get(self.wanted.state, (self.wanted.state,))
        return tuple(state for state in chosen if state in COUNTED_STATES) or COUNTED_STATES

    def narrowed(self, query: Any, states: tuple[str, ...], lead: str) -> Any:
        """The question with every condition, so written that the database begins with ``lead``."""
        first = plain if lead == "order" else unindexed
        if self.cohort and lead != "county":
            query = query.where(first(Listing.cohort_id) == self.cohort.id)
        elif self.series:
            own = plain if lead in ("order", "county") else unindexed
            query = query.where(own(Listing.series_id) == self.series.id)
        if self.cohort and lead == "county":
            query = query.where(unindexed(Listing.cohort_id) == self.cohort.id)
        if states == WAITS_FOR_STAFF:
            query = query.where(first(Listing.waits) == literal(True))
        elif states != COUNTED_STATES:
            query = query.where(first(Listing.state) == states[0])
        return query.where(*self.others(lead))

    def others(self, lead: str) -> list[ColumnElement[bool]]:
        """The conditions besides series, cohort and state."""
        found: list[ColumnElement[bool]] = []
        team_id, words = Listing.team_id, self.wanted.words
        if self.county:
            column = plain(Listing.county) if lead == "county" else unindexed(Listing.county)
            found.append(column == self.county)
        if self.rule:
            unmet = UnmetRule.rule_id == self.rule.id
            gathered = team_id.in_(select(UnmetRule.team_id).where(unmet))
            walked = exists().where(unmet, UnmetRule.team_id == team_id)
            found.append(gathered if lead == "problem" else walked)
        if self.wanted.district:
            first = plain if lead == "district" else unindexed
            found.append(first(Listing.district_id).in_(self.districts))
        if words:
            gathered = team_id.in_(queue_search.gathered(words, self.often))
            found.append(
                gathered if lead == "words" else queue_search.walked(words, self.often, team_id)
            )
        return found

    def page(self) -> Page:
        """As many rows as a page has, from where the address says."""
        if self.series is None:
            return Page()
        place, back = Listing.at, self.wanted.before is not None
        lead = self.lead(self.states)
        whole = select(Listing).options(joinedload(Listing.district))
        query = self.narrowed(whole, self.states, lead)
        order = tuple_(Listing.at, Listing.team_id)
        if edge := self.wanted.before or self.wanted.after:
            here = tuple_(literal(edge.at, place.type), literal(edge.team_id))
            query = query.where(order < here if back else order > here)
        columns = (place.desc(), Listing.team_id.desc()) if back else (place, Listing.team_id)
        found = list(db.session.scalars(query.order_by(*columns).limit(PAGE + 1)))
        is_more, rows = len(found) > PAGE, found[:PAGE]
        rows = rows[::-1] if back else rows
        first, last = (
            (Place(row.at, row.team_id) for row in (rows[0], rows[-1])) if rows else (None, None)
        )
        return Page(
            rows,
            previous=first if (is_more if back else self.wanted.after) else None,
            following=last if (back or is_more) else None,
        )

    def counts(self) -> Counter[str] | None:
        """Teams by state in this filter; None where that is too many to be counted one by one."""
        wanted = self.wanted
        if not wanted.is_narrowed:
            return self.teams()
        only = [bool(self.rule), bool(self.county), bool(wanted.district), bool(wanted.words)]
        if sum(only) < 2 and self.rule:
            return self.teams("rule", str(self.rule.id))
        if sum(only) < 2 and self.county:
            return self.teams("county", self.county)
        if not any(only):
            return self.teams()
        sizes = dict(self.sets)
        if wanted.words:
            sizes["words"] = self.rarest
        lead = min(sizes, key=lambda name: sizes[name])
        if sizes[lead] > EXACT:
            return None
        counted = self.narrowed(select(Listing.state, func.count()), COUNTED_STATES, lead)
        found = Counter[str]()
        for state, number in db.session.execute(counted.group_by(Listing.state)):
            found[state] = number
        return found


def plain(column: Any) -> Any:
    return column


def unindexed(column: Any) -> Any:
    """A column that leads the database to no index, because another condition leads to fewer rows."""
    return func.coalesce(column, column)


def queue_of(wanted: Wanted, now: datetime) -> Queue:
    query = select(Series).options(joinedload(Series.cohorts), joinedload(Series.team_rules))
    found = db.session.scalars(query.order_by(Series.id.desc())).unique()
    return Queue(wanted, list(found), now)
