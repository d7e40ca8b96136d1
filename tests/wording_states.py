"""The states of the pages on which staff word the letters."""

from collections.abc import Iterator

from cdef.outbox.wordings import kinds
from tests.cast import FEW, STAFF, Cast
from tests.pages import Browser
from tests.state import DISTRICTS, State

LETTERS = "/staff/series/1/letters"


def wording(cast: Cast) -> Iterator[State]:
    cast.staff()
    staff, other = cast.browser(STAFF), cast.browser(STAFF)
    page = f"{LETTERS}/approved"
    yield State("letters", staff, staff.get(LETTERS))
    yield State("words without a team", staff, staff.get(page))
    yield State("test without a team", staff, staff.submit(page, press="Send me a test"), 422)
    cast.approved(cd_code=DISTRICTS[6], members=FEW)
    for kind in kinds():
        yield State(f"words of {kind}", staff, staff.get(f"{LETTERS}/{kind}"))
    yield from worded(staff, other, page)


def worded(staff: Browser, other: Browser, page: str) -> Iterator[State]:
    staff.get(page)
    refused = staff.submit(page, opening="{nobody} and {{7*7}}", subject="")
    yield State("words refused", staff, refused, 422)
    other.get(page)
    yield State("words refused by name", staff, staff.submit(page, subject="{nobody}"), 422)
    staff.get(page)
    test = staff.submit(page, press="Send me a test", closing="Thank you.")
    yield State("test on its way", staff, test)
    yield State("words saved", staff, staff.submit(page, subject="Yes: {team}"))
    yield State("words clash", other, other.submit(page, subject="No: {team}"), 409)
    yield State("letters, one worded", staff, staff.get(LETTERS))
