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
from cdef.participants.erase_actions import erase_needs
from cdef.participants.views import blueprint

REMINDERS, ERASURES = 300, 3600  # seconds between two looks for what falls due


def begin_chores(state: Any) -> None:
    """The worker writes reminders, a few at each of its rounds, and erases needs."""
    chores.add(state.app, reminder_actions.write_reminders, every=REMINDERS)
    chores.add(state.app, erase_needs, every=ERASURES)


blueprint.record(begin_chores)

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
