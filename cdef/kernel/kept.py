"""Pages that are the same for everybody who is not signed in: kept until what they show changes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from flask import Response, current_app, g, request, session

from cdef.kernel import clock
from cdef.kernel.packing import BEST, gzip

NOBODYS = {"csrf_token"}  # What the cookie of somebody unknown may hold without a page showing it.


@dataclass
class Page:
    """One page as it was drawn for a state of what it shows, on a day; the same packed."""

    state: object
    day: date
    text: str
    packed: bytes = field(init=False)

    def __post_init__(self) -> None:
        self.packed = gzip(self.text.encode(), BEST, b"")

    def answer(self) -> Response:
        if not request.accept_encodings["gzip"]:
            return Response(self.text)
        headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return Response(self.packed, headers=headers, mimetype="text/html")


def for_visitors(state: Callable[[], object], draw: Callable[[], str]) -> str | Response:
    """The page at this address, drawn anew if its state or the day is another than it was.

    Nothing of a person and no token may be on it: it says the same to all who are nobody yet.
    """
    if g.person or not NOBODYS.issuperset(session) or clock.is_pretending():
        return draw()
    pages: dict[str, Page] = current_app.extensions.setdefault("kept pages", {})
    now, day = state(), clock.today()  # Before it is drawn: what changes meanwhile shows next time.
    page = pages.get(request.path)
    if page is None or (page.state, page.day) != (now, day):
        page = pages[request.path] = Page(now, day, draw())
    return page.answer()
