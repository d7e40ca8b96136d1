"""Invitations: flyers about the series or one cohort as PDFs, and campaigns that mail them."""

from typing import Any

from cdef.flyers import campaign_views, reply_views, send_actions, send_views
from cdef.flyers.views import blueprint
from cdef.outbox import chores

EVERY = 2  # seconds between two looks for a campaign to write: staff wait for it to begin


def write_with_worker(state: Any) -> None:
    """The worker writes a campaign's letters, a few at each of its rounds."""
    chores.add(state.app, send_actions.write_letters, every=EVERY)


blueprint.record(write_with_worker)

__all__ = ["blueprint", "campaign_views", "reply_views", "send_views"]
