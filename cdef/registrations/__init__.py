"""Registrations: a team's request for places, the decisions on it, and the staff desk."""

from cdef.registrations import (
    decision_views,
    naming_views,
    offer_views,
    publication_views,
    terms_views,
)
from cdef.registrations.views import blueprint

__all__ = [
    "blueprint",
    "decision_views",
    "naming_views",
    "offer_views",
    "publication_views",
    "terms_views",
]
