"""Reports: what the staff read about everything, changing nothing."""

from cdef.reports import roster_views
from cdef.reports.views import blueprint

__all__ = ["blueprint", "roster_views"]
