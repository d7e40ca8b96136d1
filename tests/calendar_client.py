"""A small calendar program: it reads letters and feeds as RFC 5546 says a recipient does."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.message import EmailMessage
from typing import Any

from icalendar import Calendar

from tests.cast import calendars_of

OBEYED = ("REQUEST", "CANCEL")


@dataclass(frozen=True)
class Entry:
    """One entry of the calendar; what is cancelled stays as a mark, so that nothing older revives it."""

    version: tuple[int, datetime]  # SEQUENCE, then DTSTAMP (RFC 5546, 2.1.5)
    method: str
    starts: date | datetime
    ends: date | datetime
    place: str
    title: str

    @property
    def is_held(self) -> bool:
        return self.method != "CANCEL"

    @property
    def shown(self) -> tuple[str, str]:
        """When, at an instant or on a whole day, and where."""
        if isinstance(self.starts, datetime):
            return self.starts.astimezone(UTC).isoformat(), self.place
        return self.starts.isoformat(), self.place


Opened = list[tuple[str, str, Entry]]  # attendee, UID and what is said of it, in a letter's order


def opened(letter: EmailMessage) -> Opened:
    """What the calendar parts of a letter say; a part that iTIP would not let through is a fault."""
    found = []
    for calendar in calendars_of(letter):
        method, events = str(calendar["METHOD"]), calendar.events
        assert method in OBEYED
        assert len({str(event["UID"]) for event in events}) == 1  # 3.2.2: one UID in each.
        for event in events:
            assert event["ORGANIZER"]
            assert str(event["STATUS"]) == ("CANCELLED" if method == "CANCEL" else "CONFIRMED")
            attendee = str(event["ATTENDEE"]).removeprefix("mailto:")
            found.append((attendee, str(event["UID"]), entry_of(method, event)))
    return found


@dataclass
class CalendarClient:
    """The calendar of one person, who has no other way to know of the meetings than their mail."""

    address: str
    entries: dict[str, Entry] = field(default_factory=dict)

    def receive(self, letter: Opened) -> None:
        """Take what is newer than what is known; the same again, or something older, is nothing."""
        for attendee, uid, entry in letter:
            assert attendee == self.address
            known = self.entries.get(uid)
            if known is None or known.version < entry.version:
                self.entries[uid] = entry

    @property
    def shown(self) -> list[tuple[str, str]]:
        """What the person sees."""
        return sorted(entry.shown for entry in self.entries.values() if entry.is_held)


def entry_of(method: str, event: Any) -> Entry:
    return Entry(
        version=(int(event["SEQUENCE"]), event["DTSTAMP"].dt),
        method=method,
        starts=event["DTSTART"].dt,
        ends=event["DTEND"].dt,
        place=str(event["LOCATION"]),
        title=str(event["SUMMARY"]),
    )


def received(address: str, letters: Iterable[Opened]) -> CalendarClient:
    """The calendar of somebody whose letters came in this order."""
    client = CalendarClient(address)
    for letter in letters:
        client.receive(letter)
    return client


@dataclass
class Subscription:
    """A calendar that is subscribed to: each answer takes the place of the one before (RFC 5546, 3.2.1)."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def refresh(self, content: bytes) -> None:
        calendar = Calendar.from_ical(content)
        assert calendar["METHOD"] == "PUBLISH"
        assert not [event for event in calendar.events if "ATTENDEE" in event]
        found = {str(event["UID"]): event for event in calendar.events}
        assert len(found) == len(calendar.events)
        for uid, event in found.items():
            known = self.entries.get(uid)
            # A program may keep what it knows of an entry whose SEQUENCE fell.
            assert known is None or known.version[0] <= int(event["SEQUENCE"]), uid
        self.entries = {
            uid: entry_of("CANCEL" if event["STATUS"] == "CANCELLED" else "PUBLISH", event)
            for uid, event in found.items()
        }

    @property
    def shown(self) -> list[tuple[str, str]]:
        return sorted(entry.shown for entry in self.entries.values() if entry.is_held)
