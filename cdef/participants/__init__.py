"""Participants: their personal page, whether they come, and their needs."""

from cdef.participants import coming, needs_views
from cdef.participants.views import blueprint

__all__ = ["blueprint", "coming", "needs_views"]
