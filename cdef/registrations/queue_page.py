"""What the staff's list shows of each team, in as many questions as it takes for one."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from cdef.directory.models import District
from cdef.kernel.audit import Event
from cdef.kernel.db import db
from cdef.registrations import rules
from cdef.registrations.decision_page import DECISIONS, TOGETHER
from cdef.registrations.proposal_models import changes_waiting
from cdef.registrations.queue import COUNTED_STATES, Queue
from cdef.registrations.queue_rules import WAITING
from cdef.series.models import Cohort
from cdef.series.rules import SIDES
from cdef.teams.listing_models import Listing, UnmetRule
from cdef.teams.listing_rules import WAITS_FOR_STAFF
from cdef.teams.member_models import Member
from cdef.teams.rules import may_edit


@dataclass(frozen=True)
class Row:
    """One team in the list."""

    listing: Listing
    district: District
    cohort: Cohort
    label: str  # of its state
    people: dict[str, int]  # by side
    unmet: list[str]  # None are known while the roster can be edited.
    last: Event | None
    left: int  # seats of the cohort

    @property
    def needed(self) -> int:
        return sum(self.people.values())

    @property
    def is_counted(self) -> bool:
        return not may_edit(self.listing.state)


@dataclass(frozen=True)
class Choice:
    """A state that can be chosen, with how many teams are in it, where that is known."""

    key: str
    label: str
    address: str
    count: int | None
    is_chosen: bool


def words(queue: Queue) -> dict[str, Any]:
    """What the list's templates show."""
    page = queue.page()
    return {
        "queue": queue,
        "wanted": queue.wanted,
        "page": page,
        "rows": rows_of(queue, page.rows),
        "choices": choices(queue),
        "changes": changes_waiting(queue.series) if queue.series else [],
        "decisions": {noun: rules.VERBS[DECISIONS[noun]] for noun in TOGETHER},
        "seats": [(cohort, queue.taken(cohort)) for cohort in queue.cohorts],
        "address": queue.wanted.address(
            after=queue.wanted.after or "", before=queue.wanted.before or ""
        ),
    }


def choices(queue: Queue) -> list[Choice]:
    counts = queue.counts()
    named: list[tuple[str, str, tuple[str, ...]]] = [
        (WAITING, "Waiting for staff", WAITS_FOR_STAFF)
    ]
    named += [(state, rules.STATES[state][0], (state,)) for state in COUNTED_STATES]
    named += [("all", "All", COUNTED_STATES)]
    chosen = queue.wanted.state if queue.wanted.state in {key for key, *_ in named} else "all"
    return [
        Choice(
            key,
            label,
            f"/staff{queue.wanted.address(state=key)}",
            None if counts is None else sum(counts[state] for state in states),
            key == chosen,
        )
        for key, label, states in named
    ]


def rows_of(queue: Queue, listings: list[Listing]) -> list[Row]:
    ids = [listing.team_id for listing in listings]
    if not ids:
        return []
    cohorts = {cohort.id: cohort for cohort in queue.cohorts}
    left = {cohort.id: queue.left(cohort) for cohort in queue.cohorts}
    unmet, last = unmet_of(queue, ids), last_events(ids)
    people = people_of([each.team_id for each in listings if may_edit(each.state)])
    return [
        Row(
            listing,
            listing.district,
            cohorts[listing.cohort_id],
            rules.STATES[listing.state][0],
            {
                side: getattr(listing, f"{side}_people") or people[listing.team_id, side]
                for side in SIDES
            },
            unmet[listing.team_id],
            last.get(f"team:{listing.team_id}"),
            left[listing.cohort_id],
        )
        for listing in listings
    ]


def unmet_of(queue: Queue, ids: list[int]) -> dict[int, list[str]]:
    texts = {rule.id: rule.text for rule in queue.rules}
    query = select(UnmetRule.team_id, UnmetRule.rule_id).where(UnmetRule.team_id.in_(ids))
    found: dict[int, list[str]] = defaultdict(list)
    for team_id, rule_id in db.session.execute(query.order_by(UnmetRule.rule_id)):
        found[team_id].append(f"Missing: {texts[rule_id][0].lower()}{texts[rule_id][1:]}")
    return found


def last_events(ids: list[int]) -> dict[str, Event]:
    """The newest line of each team's timeline."""
    abouts = [f"team:{team_id}" for team_id in ids]
    newest = select(func.max(Event.id)).where(Event.about.in_(abouts)).group_by(Event.about)
    return {
        each.about: each for each in db.session.scalars(select(Event).where(Event.id.in_(newest)))
    }


def people_of(ids: list[int]) -> Counter[tuple[int, str]]:
    """People by team and side, of rosters that are not counted yet."""
    if not ids:
        return Counter()
    there = Member.team_id.in_(ids), Member.removed_at.is_(None)
    query = select(Member.team_id, Member.side, func.count()).where(*there)
    grouped = query.group_by(Member.team_id, Member.side)
    return Counter({(team_id, side): n for team_id, side, n in db.session.execute(grouped)})
