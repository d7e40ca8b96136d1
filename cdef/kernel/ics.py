"""Calendar text (RFC 5545): one day as an invitation by mail, or many days as a feed.

The library that writes it takes a tenth of a second to load and megabytes to hold; a server that
starts does without it until the first calendar is asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

Address = tuple[str, str]  # name, e-mail


@dataclass(frozen=True)
class Day:
    """One day of a meeting as a calendar shows it; hours are local wall time in California."""

    uid: str
    sequence: int
    title: str
    date: date
    starts: time | None
    ends: time | None
    place: str | None
    description: str
    stamp: datetime
    cancelled: bool = False

    @property
    def is_timed(self) -> bool:
        """Say whether both hours are known and in order; else the entry takes the whole day."""
        return self.starts is not None and self.ends is not None and self.starts < self.ends


def request(day: Day, organizer: Address, attendee: Address) -> bytes:
    """Write the one entry that a letter carries, as iTIP (RFC 5546, 3.2.2 and 3.2.5) wants it.

    A cancelled day becomes a CANCEL. The attendee counts as having accepted, since the team's
    registration did so for them; no answer is asked for, because nobody reads the answers.
    """
    from cdef.kernel import ics_text

    return ics_text.request(day, organizer, attendee)


def publish(name: str, days: Iterable[Day], organizer: Address | None = None) -> bytes:
    """Write a calendar to download or subscribe to (RFC 5546, 3.2.1; RFC 7986 for its name)."""
    from cdef.kernel import ics_text

    return ics_text.publish(name, days, organizer)
