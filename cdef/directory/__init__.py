"""California's districts and county offices, their unions, the state's file, and the search."""

from cdef.directory import desk_views, file_views
from cdef.directory.views import blueprint

__all__ = ["blueprint", "desk_views", "file_views"]
