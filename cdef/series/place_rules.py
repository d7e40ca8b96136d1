"""A venue in plain values, and how its address is written."""

from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote_plus

MAP = "https://www.openstreetmap.org/search?query="
PLACE_FIELDS = ("name", "room", "street", "city", "state", "zip", "notes")


def address_lines(venue: Any) -> list[str]:
    """The address as on an envelope."""
    town = f"{venue.city}, {venue.state} {venue.zip}".strip(", ")
    if not venue.city and not venue.zip:
        town = ""  # A state alone says nothing.
    return [line for line in (venue.name, venue.room, venue.street, town) if line]


def map_address(venue: Any) -> str:
    """Where the address is found on a map, for whoever presses it; "" where it is no address yet."""
    if not venue.street and not venue.city:
        return ""
    town = f"{venue.city}, {venue.state} {venue.zip}".strip(", ")
    return MAP + quote_plus(", ".join(filter(None, (venue.street, town))))


@dataclass(frozen=True)
class Place:
    """What people read of a venue."""

    name: str = ""
    room: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    notes: str = ""

    @property
    def lines(self) -> list[str]:
        return address_lines(self)

    @property
    def one_line(self) -> str:
        return ", ".join(self.lines)


def place_of(venue: Any) -> Place | None:
    """The venue of a row, or of what a draft says of it."""
    return Place(**{name: getattr(venue, name) for name in PLACE_FIELDS}) if venue else None


def place_from(stored: dict[str, str] | None) -> Place | None:
    return Place(**{name: stored.get(name, "") for name in PLACE_FIELDS}) if stored else None


def stored_place(place: Place | None) -> dict[str, str] | None:
    return asdict(place) if place else None
