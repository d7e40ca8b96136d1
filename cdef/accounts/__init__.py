"""People who sign in: their addresses, roles, and how they prove who they are."""

from cdef.accounts import staff_views
from cdef.accounts.views import blueprint

__all__ = ["blueprint", "staff_views"]
