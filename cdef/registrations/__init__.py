"""Registrations: a team's request for places, the decisions on it, and the staff desk."""

from cdef.registrations import (
    change_views,
    decision_views,
    naming_views,
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
