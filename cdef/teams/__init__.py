"""Joint teams: their two leads, the roster they build together, and their signatures on it."""

from cdef.teams import (
    back_views,
    district_views,
    handover_views,
    import_views,
    live_views,
    roster_views,
    waiver_views,
)
from cdef.teams.views import blueprint

__all__ = [
    "back_views",
    "blueprint",
    "district_views",
    "handover_views",
    "import_views",
    "live_views",
    "roster_views",
    "waiver_views",
]
