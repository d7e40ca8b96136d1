"""Registrations: a team's request for places, the decisions on it, and the staff desk."""

from cdef.registrations.views import blueprint

__all__ = ["blueprint"]
