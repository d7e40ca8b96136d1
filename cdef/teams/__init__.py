"""Joint teams: their two leads, the roster they build together, and their signatures on it."""

from cdef.teams import handover_views, import_views, live_views, roster_views, waiver_views
from cdef.teams.views import blueprint

__all__ = [
    "blueprint",
    "handover_views",
    "import_views",
    "live_views",
    "roster_views",
    "waiver_views",
]
