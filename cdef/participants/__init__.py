"""Participants: their personal page, whether they come, and their needs."""

from cdef.participants import (
    coming,
    data_views,
    erasure_views,
    feed_views,
    link_views,
    needs_views,
    substitute_views,
)
from cdef.participants.views import blueprint

__all__ = [
    "blueprint",
    "coming",
    "data_views",
    "erasure_views",
    "feed_views",
    "link_views",
    "needs_views",
    "substitute_views",
]
