"""Letters waiting and sent, the only sender of mail, and the worker that empties the outbox."""

from cdef.outbox import suppression_views
from cdef.outbox.views import blueprint

__all__ = ["blueprint", "suppression_views"]
