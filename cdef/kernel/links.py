"""Addresses for letters, calendars and PDFs: never made from what a request claims to be for."""

from typing import Any

from flask import current_app
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**31 - 1  # What both databases can compare an id with.


class RowNumber(IntegerConverter):
    """The number of a row in an address; one that no row can have is an address of nothing (404)."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_ID)


def path(endpoint: str, **values: Any) -> str:
    """The path of an endpoint; works outside a request too."""
    return current_app.url_map.bind("").build(endpoint, values)


def link(endpoint: str, **values: Any) -> str:
    """The full address of an endpoint, on the app's own ``BASE_URL``."""
    base: str = current_app.config["BASE_URL"]
    return base.rstrip("/") + path(endpoint, **values)


def subscription(address: str) -> str:
    """An address of ours as calendar programs subscribe to it when it is pressed."""
    return f"webcal:{address.partition(':')[2]}"


def local_path(address: str | None) -> str | None:
    """An address to go on to, if it is a path of this app; else None."""
    if not address or not address.startswith("/") or address[1:2] in ("/", "\\"):
        return None
    return None if any(ord(letter) < 33 or letter == "\\" for letter in address) else address
