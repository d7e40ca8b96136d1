"""Participants: their personal page, whether they come, and their needs."""

from typing import Any

from cdef.outbox import chores
from cdef.participants import (
    coming,
    data_views,
    erasure_views,
    feed_views,
    link_views,
    needs_views,
    reminder_actions,
    reminder_views,
    substitute_views,
)
from cdef.participants.views import blueprint

EVERY = 60  # seconds between two looks for reminders that fall due


def remind_with_worker(state: Any) -> None:
    """The worker writes reminders of meetings, a few at each of its rounds."""
    chores.add(state.app, reminder_actions.write_reminders, every=EVERY)


blueprint.record(remind_with_worker)

__all__ = [
    "blueprint",
    "coming",
    "data_views",
    "erasure_views",
    "feed_views",
    "link_views",
    "needs_views",
    "reminder_views",
    "substitute_views",
]
