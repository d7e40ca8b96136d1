"""Reports: what the staff read about everything, changing nothing."""

from cdef.reports import export_views, overview_views, roster_views
from cdef.reports.views import blueprint

__all__ = ["blueprint", "export_views", "overview_views", "roster_views"]
