"""Participants: their personal page, whether they come, and their needs."""

from cdef.participants import coming
from cdef.participants.views import blueprint

__all__ = ["blueprint", "coming"]
