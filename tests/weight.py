"""What a browser loads with a page, and what that weighs on the way to it."""

from collections.abc import Mapping

from cdef.kernel.packing import packed
from tests.markup import Markup

FIRST, FIRST_OF_STAFF, LATER = 67_000, 100_000, 12_000  # bytes at most
HEADERS = 1000  # bytes of a page's own, about
REQUESTS = 6  # with the page
BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}
LOADED = {"link": "href", "script": "src", "img": "src"}


def loaded_with(html: str) -> list[str]:
    """The addresses that a browser asks for with a page, each once."""
    elements = Markup(html).all(*LOADED)
    return list(dict.fromkeys(element.get(LOADED[element.tag]) or "" for element in elements))


def weight(headers: Mapping[str, str], body: bytes) -> int:
    """Bytes of an answer, with its headers."""
    lines = [f"{name}: {value}\r\n" for name, value in headers.items()]
    return len("HTTP/1.1 200 OK\r\n\r\n") + len("".join(lines)) + len(body)


def is_heavy(html: str) -> bool:
    """Whether a page takes more than a later one may, whose files the browser has."""
    return len(packed(html.encode())) + HEADERS > LATER
