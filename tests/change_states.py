"""The states of a roster that is changed once it is submitted, for leads and at the desk."""

from collections.abc import Iterator
from datetime import date

from cdef.kernel.db import transaction
from cdef.registrations.proposal_models import proposals_of
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, FEW, STAFF, Cast
from tests.pages import Browser, Page
from tests.state import DISTRICTS, State, fragment

NEWCOMER = {
    "name": "Winifred <b>Abernathy</b>",
    "email": "winifred.abernathy@example.org",
    "position": "board",
}
WHY = "The board & the union agree."


def changing(cast: Cast) -> Iterator[State]:
    cast.staff()
    team = cast.approved(cd_code=DISTRICTS[3], members=FEW)
    browser, staff, page = cast.browser(DISTRICT_LEAD), cast.browser(STAFF), f"/teams/{team.id}"
    yield State("a roster to change", browser, browser.get(page))
    yield State("a roster to change, at the desk", staff, staff.get(f"/staff{page}"))
    yield from at_once(browser, team)
    with transaction(team.cohort):
        team.cohort.swaps_until = date(2016, 10, 1)
    yield from proposing(browser, team)
    yield from answering(staff, browser, team)
    with transaction(team.cohort):
        team.cohort.swaps_until = None
    staff.get("/staff/cohorts/bay-area")
    action = "/staff/cohorts/bay-area/swaps-until"
    yield State("day for swaps refused", staff, staff.submit(action, swaps_until="soon"), 422)


def at_once(browser: Browser, team: Team) -> Iterator[State]:
    row = f"/teams/{team.id}/members/{team.members[-1].id}"
    details, swap = f"{row}/details", f"{row}/swap"
    stale = browser.get(details)
    yield State("details", browser, stale)
    yield State("details, by script", browser, fragment(browser, details))
    yield State("details refused", browser, browser.submit(details, email="no"), 422)
    yield State("details refused, by script", browser, Page(browser.htmx(details, name="")), 422)
    browser.get(details)
    saved = Page(browser.htmx(details, site="Oak"))
    yield State("details corrected, by script", browser, saved)
    browser.page = stale
    yield State("details in conflict", browser, browser.submit(details, site="Elm"), 409)
    yield State("details of a lead", browser, browser.get(f"{lead_row(team)}/details"))
    yield State("swap", browser, browser.get(swap))
    yield State("swap, by script", browser, fragment(browser, swap))
    yield State("swap refused", browser, browser.submit(swap, name="A"), 422)


def lead_row(team: Team) -> str:
    return f"/teams/{team.id}/members/{team.members[0].id}"


def proposing(browser: Browser, team: Team) -> Iterator[State]:
    page, last = f"/teams/{team.id}", f"/teams/{team.id}/members/{team.members[-1].id}"
    yield State("swaps are over", browser, browser.get(page))
    for change in ("swap", "departure", "side"):
        path = f"{last}/{change}"
        yield State(f"{change} to propose", browser, browser.get(path))
        yield State(f"{change} to propose, by script", browser, fragment(browser, path))
        yield State(f"{change} refused", browser, browser.submit(path), 422)
    gone = browser.submit(f"{last}/side", position="principal", reason=WHY)
    yield State("side proposed", browser, gone)
    new = f"{page}/proposals/new?side=district"
    yield State("joining", browser, browser.get(new))
    yield State("joining, by script", browser, fragment(browser, new))
    yield State("not joining, by script", browser, fragment(browser, f"{new}&cancel=1"))
    action = f"{page}/proposals"
    yield State("joining refused", browser, browser.submit(action, **NEWCOMER), 422)
    proposed = Page(browser.htmx(action, **NEWCOMER, reason=WHY))
    yield State("joining proposed, by script", browser, proposed)
    yield State("two proposals", browser, browser.get(page))


def answering(staff: Browser, browser: Browser, team: Team) -> Iterator[State]:
    desk, page = f"/staff/teams/{team.id}", f"/teams/{team.id}"
    side, joining = (each.id for each in proposals_of(team))
    with transaction(team.cohort):
        seats, team.cohort.seats = team.cohort.seats, 0
    yield State("two changes wait, and no seat", staff, staff.get(desk))
    refusal = f"{desk}/proposals/{joining}/refusal"
    yield State("refusal without a note", staff, staff.submit(refusal), 422)
    yield State("refused", staff, staff.submit(refusal, note="Full.\n\n<b>Sorry</b>."))
    yield State("decided lately", browser, browser.get(page))
    browser.submit(f"{page}/proposals/{side}/withdrawal")
    acceptance = f"{desk}/proposals/{side}/acceptance"
    yield State("withdrawn meanwhile", staff, staff.submit(acceptance), 422)
    with transaction(team.cohort):
        team.cohort.seats = seats
