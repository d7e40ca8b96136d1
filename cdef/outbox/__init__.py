"""Letters waiting and sent, the only sender of mail, and the worker that empties the outbox."""

from cdef.outbox import quarantine_views, suppression_views
from cdef.outbox.views import blueprint

__all__ = ["blueprint", "quarantine_views", "suppression_views"]
