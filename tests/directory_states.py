"""The states of the staff's pages of the directory, and of the needs summary."""

from collections.abc import Iterator

from cdef.participants.actions import tell_needs
from tests.cast import FEW, STAFF, Cast
from tests.directory.desk import DIRECTORY, brought_file, listed, typed_team, union_of
from tests.pages import Browser
from tests.state import State


def directory(cast: Cast) -> Iterator[State]:
    cast.staff()
    browser = cast.browser(STAFF)
    yield State("directory", browser, browser.get(DIRECTORY))
    yield State("directory, nothing found", browser, browser.get(f"{DIRECTORY}?q=atlantis"))
    yield from files(cast, browser)
    cast.team()
    page = f"{DIRECTORY}/{listed().id}"
    yield State("district", browser, browser.get(page))
    yield State("union refused", browser, browser.submit(f"{page}/unions"), 422)
    fields = {"name": "<b>MTA</b>", "affiliation": "CTA", "unit": "certificated"}
    yield State("union added", browser, browser.submit(f"{page}/unions", **fields))
    yield from one_union(cast, browser, page)
    yield from typed_by_hand(cast, browser)


def files(cast: Cast, browser: Browser) -> Iterator[State]:
    page = f"{DIRECTORY}/files"
    yield State("no file yet", browser, browser.get(page))
    yield State("no file chosen", browser, browser.submit(page), 422)
    kept = f"{page}/{brought_file(cast).id}"
    yield State("file looked at", browser, browser.get(kept))
    stale = browser.submit(f"{kept}/application", seen="another")
    yield State("file in conflict", browser, stale, 409)
    yield State("file applied", browser, browser.submit(f"{kept}/application"))
    yield State("files applied before", browser, browser.get(page))
    yield State("file without a change", browser, browser.get(f"{page}/{brought_file(cast).id}"))


def one_union(cast: Cast, browser: Browser, page: str) -> Iterator[State]:
    union = f"{page}/unions/{union_of(cast, listed()).id}"
    stale = browser.get(union)
    yield State("union", browser, stale)
    yield State("union refused again", browser, browser.submit(union, name=""), 422)
    browser.get(union)
    yield State("no union chosen", browser, browser.submit(f"{union}/merger"), 422)
    browser.get(union)
    yield State("union saved", browser, browser.submit(union, affiliation="CFT"))
    browser.page = stale
    yield State("union in conflict", browser, browser.submit(union, name="M"), 409)


def typed_by_hand(cast: Cast, browser: Browser) -> Iterator[State]:
    typed = typed_team(cast).district
    union_of(cast, typed)
    page = f"{DIRECTORY}/{typed.id}"
    yield State("district typed by hand", browser, browser.get(page))
    stale = browser.get(f"{page}/edit")
    yield State("correcting a district", browser, stale)
    yield State("correction refused", browser, browser.submit(f"{page}/edit", name=""), 422)
    browser.page = stale
    yield State("corrected", browser, browser.submit(f"{page}/edit", name="Milpitas U.S.D."))
    browser.page = stale
    yield State("correction in conflict", browser, browser.submit(f"{page}/edit", name="M"), 409)
    yield State("choosing the other entry", browser, browser.get(f"{page}/merger"))
    yield State("no other entry", browser, browser.get(f"{page}/merger?q=atlantis"))
    preview = browser.get(f"{page}/merger?into={listed().id}")
    yield State("merging", browser, preview)
    typed_team(cast, name="Milpitas U.S.D.", cohort="sacramento")
    yield State("merging in conflict", browser, browser.submit(f"{page}/merger"), 409)
    yield State("merged", browser, browser.submit(f"{page}/merger"))
    yield State("merged before", browser, browser.get(page))


def needs_summary(cast: Cast) -> Iterator[State]:
    cast.staff()
    browser = cast.browser(STAFF)
    yield State("needs summary, empty", browser, browser.get("/staff/needs"))
    team = cast.approved(members=FEW)
    for member, text in zip(team.members, ("No nuts.", "no nuts", "<b>Vegan</b>"), strict=False):
        tell_needs(member, text, "A ramp" if text[0] == "<" else "", now=cast.now())
    yield State("needs summary", browser, browser.get("/staff/needs"))
