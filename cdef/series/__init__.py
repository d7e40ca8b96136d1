"""The training series: sessions, cohorts, meetings and venues, and the public pages about them."""

from cdef.series import cohort_views, copy_views, desk_views, draft_views, text_views
from cdef.series.views import blueprint

__all__ = ["blueprint", "cohort_views", "copy_views", "desk_views", "draft_views", "text_views"]
