"""How many teams a change of price, sizes or rules concerns."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import exists, func, or_, select

from cdef.kernel.db import db
from cdef.registrations.terms_actions import half_signed
from cdef.series.models import Series, TeamRule
from cdef.teams.listing_models import Listing
from cdef.teams.member_models import Member
from cdef.teams.models import WaiverRequest

BUILDING, WAITING, APPROVED = ("draft", "returned"), ("submitted", "waitlisted"), ("approved",)
PEOPLE = Listing.district_people + Listing.union_people


def counts(series: Series) -> dict[str, int]:
    """How many teams are still built, wait for staff, and are approved."""
    query = select(Listing.state, func.count()).where(Listing.series_id == series.id)
    found = {row[0]: row[1] for row in db.session.execute(query.group_by(Listing.state))}
    return {
        "building": sum(found.get(state, 0) for state in BUILDING),
        "waiting": sum(found.get(state, 0) for state in WAITING),
        "approved": sum(found.get(state, 0) for state in APPROVED),
    }


def of_terms(series: Series, smallest: int | None, largest: int | None) -> dict[str, int]:
    """The teams that such sizes concern, and those whose one signature a new price voids."""
    too_small, too_large = (smallest or 0) > PEOPLE, (largest or 10**6) < PEOPLE
    outside = waiting(series, or_(too_small, too_large))
    return counts(series) | {"outside": outside, "half_signed": len(half_signed(series))}


def of_rule(series: Series, rule: TeamRule | None, met_by: Collection[str]) -> dict[str, int]:
    """The teams that such a rule concerns, and the open requests to waive it."""
    held = exists().where(
        Member.team_id == Listing.team_id,
        Member.removed_at.is_(None),
        Member.position.in_(met_by),
    )
    unmet = waiting(series, ~held) if met_by else 0
    asked = requests(rule.id) if rule else 0
    return counts(series) | {"unmet": unmet, "asked": asked}


def waiting(series: Series, condition: Any) -> int:
    query = select(func.count()).select_from(Listing)
    of_series = Listing.series_id == series.id, Listing.state.in_(WAITING)
    return db.session.scalar(query.where(*of_series, condition)) or 0


def requests(rule_id: int) -> int:
    query = select(func.count()).select_from(WaiverRequest)
    is_open = WaiverRequest.team_rule_id == rule_id, WaiverRequest.withdrawn_at.is_(None)
    return db.session.scalar(query.where(*is_open)) or 0
