"""The training series: sessions, cohorts, meetings and venues, and the public pages about them."""

from cdef.series.views import blueprint

__all__ = ["blueprint"]
