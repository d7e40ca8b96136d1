"""Writing calendar text (RFC 5545), with the library for it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote

from icalendar import Calendar, Event, Timezone, vCalAddress, vDuration, vText
from icalendar.parser import Contentline

from cdef.kernel import words
from cdef.kernel.ics import Address, Day

PRODID: Final = "-//Californians Dedicated to Education Foundation//Cohort training//EN"
NO_PLACE: Final = "Venue to follow"
REFRESH: Final = timedelta(hours=6)

# The rule of the zone since 2007 (RFC 5545, section 3.6.5, has the same example for New York).
# Not generated: a generated zone lists its changes as RDATEs, which Outlook misreads.
_ZONE: Final = """\
BEGIN:VTIMEZONE
TZID:America/Los_Angeles
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
TZNAME:PDT
TZOFFSETFROM:-0800
TZOFFSETTO:-0700
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
TZNAME:PST
TZOFFSETFROM:-0700
TZOFFSETTO:-0800
END:STANDARD
END:VTIMEZONE
"""
_BEGIN: Final = b"BEGIN:VEVENT\r\n"
_END: Final = b"END:VEVENT\r\n"  # Only ever a line of its own: a value's lines begin with its name.
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ESCAPES: Final = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


class Text(vText):
    """A text value, escaped as RFC 5545 section 3.3.11 says.

    The library's own escaping reads a backslash before a capital N as a line break.
    """

    def to_ical(self) -> bytes:
        """Return the escaped octets."""
        return str(self).translate(_ESCAPES).encode()


def request(day: Day, organizer: Address, attendee: Address) -> bytes:
    """Write the one entry that a letter carries."""
    before, after = _around(replace(day, uid="", sequence=0, stamp=_NEVER), organizer)
    uid, version = _line("UID", _uid(day)), _version(day.stamp, day.sequence)
    return before + uid + version + _attendee(attendee, day.cancelled) + after


@lru_cache(maxsize=128)
def _version(stamp: datetime, sequence: int) -> bytes:
    """Write how often an entry was changed, and when; all who are told at once have that in common."""
    event = Event()
    _date(event, stamp, sequence)
    return bytes(event.to_ical()).removeprefix(_BEGIN).removesuffix(_END)


@lru_cache(maxsize=16)
def _attendee(attendee: Address, cancelled: bool) -> bytes:
    """Write who comes, which is the same on each of their days."""
    return _line("ATTENDEE", _person(attendee, _role(cancelled)))


def _line(name: str, value: Text | vCalAddress) -> bytes:
    return bytes(Contentline.from_parts(name, value.params, value).to_ical()) + b"\r\n"


@lru_cache(maxsize=128)
def _around(day: Day, organizer: Address) -> tuple[bytes, bytes]:
    """Write what all who come on a day have in common: a team, a cohort, a thousand letters."""
    event = _shared(day)
    event.add("organizer", _person(organizer))
    written = _written("CANCEL" if day.cancelled else "REQUEST", [day], [event])
    before, end, after = written.partition(_END)
    return before, end + after


def publish(name: str, days: Iterable[Day], organizer: Address | None = None) -> bytes:
    """Write a calendar to download or subscribe to."""
    listed = list(days)
    events = [_event(day) for day in listed]
    if organizer:
        for event in events:
            event.add("organizer", _person(organizer))
    title = Text(words.one_line(name))
    return _written("PUBLISH", listed, events, **{"name": title, "x-wr-calname": title})


def _written(method: str, days: Sequence[Day], events: Sequence[Event], **head: Text) -> bytes:
    """Frame events as one calendar object; the zone is written only where a day needs it."""
    calendar = Calendar()
    lines: dict[str, Any] = {"prodid": PRODID, "version": "2.0", "calscale": "GREGORIAN"}
    for name, value in (lines | {"method": method} | head).items():
        calendar.add(name, value)
    if method == "PUBLISH":
        for name in ("refresh-interval", "x-published-ttl"):  # RFC 7986, and Outlook's own
            calendar.add(name, vDuration(REFRESH, params={"VALUE": "DURATION"}))
    if any(day.is_timed for day in days):
        calendar.add_component(Timezone.from_ical(_ZONE))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(day: Day) -> Event:
    event = _shared(day)
    for name, value in _own(day).items():
        event.add(name, value)
    return event


def _own(day: Day) -> Event:
    """Begin the entry of one person: by what it is known, how often it was changed, and when."""
    event = Event()
    event.add("uid", _uid(day))
    _date(event, day.stamp, day.sequence)
    return event


def _uid(day: Day) -> Text:
    return Text(words.one_line(day.uid))


def _date(event: Event, stamp: datetime, sequence: int) -> None:
    event.add("dtstamp", stamp.astimezone(UTC) if stamp.tzinfo else stamp.replace(tzinfo=UTC))
    event.add("sequence", sequence)


def _shared(day: Day) -> Event:
    event = Event()
    start, end = _span(day)
    lines: dict[str, Any] = {
        "dtstart": start,
        "dtend": end,
        "summary": Text(words.one_line(day.title)),
        "location": Text(words.one_line(day.place or "") or NO_PLACE),
        "description": Text(_description(day)),
        "status": "CANCELLED" if day.cancelled else "CONFIRMED",
        # A day of training takes the day, also while its hours are unknown.
        "transp": "TRANSPARENT" if day.cancelled else "OPAQUE",
    }
    for name, value in lines.items():
        event.add(name, value)
    return event


def _span(day: Day) -> tuple[date, date]:
    """Return start and end: local wall time, or whole days with the end exclusive (3.6.1)."""
    if day.is_timed and day.starts and day.ends:
        start, end = (datetime.combine(day.date, at, words.ZONE) for at in (day.starts, day.ends))
        return start, end
    return day.date, day.date + timedelta(days=1)


def _description(day: Day) -> str:
    """Clean the description line by line; put first an hour that the entry cannot show itself."""
    hours = "" if day.is_timed else words.hours(day.starts, day.ends)
    lines = [f"Hours: {hours}", ""] if hours else []
    return "\n".join(words.one_line(line) for line in [*lines, *day.description.splitlines()])


def _role(cancelled: bool) -> dict[str, str]:
    role = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "RSVP": "FALSE"}
    return role if cancelled else role | {"PARTSTAT": "ACCEPTED"}


def _person(address: Address, role: dict[str, str] | None = None) -> vCalAddress:
    """Write a person as a mailto URI; a quotation mark cannot stand in a name (3.2)."""
    name, email = (words.one_line(part) for part in address)
    named = {"CN": name.replace('"', "'")} if name else {}
    return vCalAddress(f"mailto:{quote(email, safe='@!$*+-_~.=')}", params=named | (role or {}))
