"""The states of a participant's own pages, and of the staff's page about their data."""

from collections.abc import Iterator

from tests.cast import DISTRICT_LEAD, FEW, STAFF, Cast, address_of
from tests.state import DISTRICTS, State, guest

MEMBER = address_of(FEW[1][1])


def own_data(cast: Cast) -> Iterator[State]:
    cast.staff()
    browser, staff = cast.browser(MEMBER, is_personal=True), cast.browser(STAFF)
    yield State("my data, none", browser, browser.get("/personal/data"))
    yield State("nobody asks to be erased", staff, staff.get("/staff/erasures"))
    team = cast.approved(cd_code=DISTRICTS[6], members=FEW)
    place = next(member for member in team.members if member.email == MEMBER)
    yield State("my data", browser, browser.get("/personal/data"))
    wish = "/personal/data/erasure"
    yield State("wish refused", browser, browser.submit(wish, words="x" * 1001), 422)
    browser.get("/personal/data")
    yield State("wish told", browser, browser.submit(wish, words="<b>All</b>\n{{7*7}}"))
    yield from details(cast, f"/personal/{place.id}/details")
    browser.get("/personal")
    made = browser.submit("/personal/calendar-address")
    yield State("address of my calendar", browser, made)
    yield State("desk with a wish", staff, staff.get("/staff"))
    yield State("a wish", staff, staff.get("/staff/erasures"))
    answer = "/staff/erasures/1/answer"
    yield State("wish answered without words", staff, staff.submit(answer), 422)
    yield State("wish answered", staff, staff.submit(answer, answer="All of it."))


def details(cast: Cast, page: str) -> Iterator[State]:
    browser, lead = cast.browser(MEMBER, is_personal=True), cast.browser(DISTRICT_LEAD)
    yield State("my details", browser, browser.get(page))
    yield State("details refused", browser, browser.submit(page, name="Someone Else"), 422)
    browser.get(page)
    other = cast.browser(MEMBER, is_personal=True)
    other.get(page)
    other.submit(page, name="Dashiel Nakagawa")
    yield State("details clash", browser, browser.submit(page, name="Dashyell Nakagawa"), 409)
    yield State("team after a correction", lead, lead.get("/teams"))


def asking_for_a_link(cast: Cast) -> Iterator[State]:
    browser = guest(cast)
    yield State("link", browser, browser.get("/personal/link"))
    yield State("link refused", browser, browser.submit("/personal/link", email="me"), 422)
    for _ in range(4):
        browser.get("/personal/link")
        page = browser.submit("/personal/link", email=MEMBER)
        if page.status == 200:
            yield State("link on its way", browser, page)
    yield State("too many links asked", browser, page, 429)
