"""Every state of the pages on which dates and venues are drafted and published."""

from collections.abc import Iterator

from tests.cast import DISTRICT_LEAD, FEW, MEMBERS, Cast, address_of
from tests.pages import Page
from tests.publishing import at_desk, draft, draft_venue, hand_over, move, part_of, publish
from tests.state import DISTRICTS, State

MEMBER = address_of(FEW[1][1])
BAY = "/staff/cohorts/bay-area"


def drafting(cast: Cast) -> Iterator[State]:
    staff = at_desk(cast)
    yield State("meetings", staff, staff.get(f"{BAY}/meetings"))
    yield State(
        "meetings, one missing", staff, staff.get("/staff/cohorts/southern-california/meetings")
    )
    yield State("a meeting", staff, staff.get(f"{BAY}/meetings/{part_of('bay-area', 1)}"))
    missing = f"/staff/cohorts/southern-california/meetings/{part_of('southern-california', 1)}"
    yield State("a meeting to be added", staff, staff.get(missing))
    yield State(
        "a meeting refused",
        staff,
        draft(staff, "bay-area", 1, day_1="2015-12-06", day_2="x", ends="7", venue="new"),
        422,
    )
    yield State("a past day", staff, draft(staff, "bay-area", 1, day_1="2015-12-06"), 422)
    yield State("a venue", staff, staff.get(f"{BAY}/venues/1"))
    yield State("a venue refused", staff, draft_venue(staff, "bay-area", 1, name=""), 422)
    other = at_desk(cast)
    page = f"{BAY}/venues/1"
    other.get(page)
    yield State("a venue drafted", staff, draft_venue(staff, "bay-area", 1, notes="Gate 3."))
    yield State("a venue overtaken", other, other.submit(f"{page}/draft", notes="Gate 4."), 409)
    first = f"{BAY}/meetings/{part_of('bay-area', 1)}"
    other.get(first)
    named = {"venue": "new", "name": "Alder <b>Hall</b>", "city": "Fremont"}
    drafted = draft(staff, "bay-area", 1, day_1="2016-12-06", day_2="12/07/2016", **named)
    yield State("a meeting drafted", staff, drafted)
    yield State("a meeting overtaken", other, other.submit(f"{first}/draft", starts="9:00"), 409)


def publishing(cast: Cast) -> Iterator[State]:
    staff, lead = at_desk(cast), cast.browser(DISTRICT_LEAD)
    yield State("nothing to publish", staff, staff.get(f"{BAY}/publication"))
    yield State("nothing published", staff, staff.get(f"{BAY}/publications"))
    draft(staff, "bay-area", 3, day_1="2017-03-08")
    yield State("nobody to be told", staff, staff.get(f"{BAY}/publication"))
    team = cast.approved(cd_code=DISTRICTS[7], members=MEMBERS)
    yield State("confirmations wait", staff, staff.get(f"{BAY}/publication"))
    hand_over()
    seen = staff.get(f"{BAY}/publication")
    yield State("to be published", staff, seen)
    draft(staff, "bay-area", 1, day_1="2016-12-06", day_2="2016-12-07", starts="8:30", ends="15:00")
    staff.page = seen
    yield State("draft overtaken", staff, staff.submit(f"{BAY}/publications"), 409)
    page = publish(staff, "bay-area")
    yield State("published", staff, page)
    yield State("what was published", staff, staff.get(f"{BAY}/publications"))
    draft(staff, "bay-area", 2, day_1="2016-12-07", day_2="2016-12-08")
    clash = staff.get(f"{BAY}/publication")
    yield State("two meetings on one day", staff, clash)
    yield State("the team of leads", lead, lead.get(f"/teams/{team.id}"))
    yield from answering(cast, team.members[3].id, page.path)


def answering(cast: Cast, place: int, publication: str) -> Iterator[State]:
    member, staff = cast.browser(address_of(MEMBERS[1][1]), is_personal=True), at_desk(cast)
    yield State("asked anew", member, member.get("/personal"))
    answer = f"/personal/{place}/meetings/{part_of('bay-area', 1)}/decline"
    yield State("cannot come any more", member, member.submit(answer))
    yield State("answers to a publication", staff, staff.get(publication))
    seen = member.get("/personal")
    staff.post(*dropped(staff.get(f"{BAY}/meetings"), part_of("bay-area", 2)))
    move(staff, "bay-area", 1, "2016-12-13", "2016-12-14")
    member.page = seen
    by_script = Page(member.htmx(answer))
    yield State("answer overtaken, by script", member, by_script, 409)
    yield State("answer overtaken", member, member.submit(answer), 409)


def dropped(page: Page, part: int) -> tuple[str, list[tuple[str, str]]]:
    """What the button sends that drops the draft of a meeting."""
    action = f"{BAY}/meetings/{part}/draft/removal"
    return action, page.form(action).fields
