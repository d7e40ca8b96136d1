"""Registrations: a team's request for places, the decisions on it, and the staff desk."""

from typing import Any

from cdef.outbox import chores
from cdef.registrations import (
    change_views,
    decision_views,
    naming_views,
    nudge_actions,
    offer_views,
    proposal_views,
    publication_views,
    queue_views,
    seat_views,
    several_views,
    substitute_views,
    terms_views,
    wording_views,
)
from cdef.registrations.views import blueprint

EVERY = 300  # seconds between two looks for rosters that rest


def nudge_with_worker(state: Any) -> None:
    """The worker asks leads about rosters that rest, a few teams at each of its rounds."""
    chores.add(state.app, nudge_actions.write_nudges, every=EVERY)


blueprint.record(nudge_with_worker)

__all__ = [
    "blueprint",
    "change_views",
    "decision_views",
    "naming_views",
    "offer_views",
    "proposal_views",
    "publication_views",
    "queue_views",
    "seat_views",
    "several_views",
    "substitute_views",
    "terms_views",
    "wording_views",
]
