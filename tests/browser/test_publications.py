"""Staff publish new dates in the browser, and every member's calendar moves with them."""

from datetime import date, datetime, time

import pytest
from icalendar import Event
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard
from tests.browser.post import Delivery, Post
from tests.browser.stage import backstage, cookie_of
from tests.browser.states.publications import keep
from tests.browser.steps import press_link
from tests.browser.visitor import Visitor
from tests.cast import FEW, MEMBERS, OAKLAND, STAFF, Cast, address_of, calendars_of, text_of
from tests.publishing import part_of

pytestmark = pytest.mark.browser
TEAMS = {
    "bay-area": [MEMBERS[0], MEMBERS[1], MEMBERS[3]],
    "sacramento": [
        ("district", "Gwendolyn Pereira", "board"),
        ("union", "Octavia Lindqvist", "classified_president"),
        ("union", "Ferris Abernathy", "teacher"),
    ],
}
LEADS = {cohort: [f"lead.{side}.{cohort}@example.org" for side in "ab"] for cohort in TEAMS}
EVERYBODY = sorted(
    address
    for cohort, members in TEAMS.items()
    for address in (*LEADS[cohort], *(address_of(name) for _, name, _ in members))
)
LEFT_OUT = ("never.approved@example.org", "partner.of.never@example.org")


def stage_teams(cast: Cast) -> None:
    """One approved team in each of two cohorts, each with people of its own; one that waits."""
    cast.staff()
    for cohort, members in TEAMS.items():
        lead, partner = LEADS[cohort]
        cast.approved(cohort=cohort, lead=lead, partner=partner, members=members)
    cast.submitted(cd_code=OAKLAND, lead=LEFT_OUT[0], partner=LEFT_OUT[1], members=FEW)


def at_desk(visit: Visit, cast: Cast, *, scripts: bool = True) -> Visitor:
    return visit(scripts=scripts).sign_in_as(cookie_of(cast, STAFF))


def draft(rosalind: Visitor, cohort: str, number: int, *days: str, **hours: str) -> None:
    with backstage():
        part = part_of(cohort, number)
    page = rosalind.go(f"/staff/cohorts/{cohort}/meetings/{part}")
    keep(page, **{f"Day_{place}": day for place, day in enumerate(days, start=1)}, **hours)
    expect(page.get_by_text("Kept as a draft.")).to_be_visible()


def publish(rosalind: Visitor, cohort: str, people: int) -> None:
    page = rosalind.go(f"/staff/cohorts/{cohort}/publication")
    page.get_by_role("button", name=f"Publish and write to {people} people").click()
    expect(page.get_by_text("Published. The letters are in the outbox.")).to_be_visible()


def entries(delivery: Delivery) -> dict[str, Event]:
    """The one entry of each calendar part, by its UID."""
    events = [calendar.walk("VEVENT") for calendar in calendars_of(delivery.message)]
    return {str(event["UID"]): event for (event,) in events}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_new_dates_reach_every_calendar_once(
    visit: Visit, post: Post, cast: Cast, scripts: bool
) -> None:
    with backstage():
        stage_teams(cast)
    confirmed = {each.to[0]: entries(each) for each in post.wait(subject="Confirmed", count=10)}
    rosalind = at_desk(visit, cast, scripts=scripts)
    draft(rosalind, "bay-area", 1, "2016-12-06", "2016-12-07")
    publish(rosalind, "bay-area", 5)
    draft(rosalind, "sacramento", 1, "2017-01-10", "2017-01-11", Starts_at="08:30", Ends_at="15:00")
    publish(rosalind, "sacramento", 5)
    letters = post.wait(subject="New dates for the", count=10)
    assert sorted(to for letter in letters for to in letter.to) == EVERYBODY
    for letter in letters:
        check(letter, confirmed[letter.to[0]])
    nothing_more(rosalind, post)


def check(letter: Delivery, confirmed: dict[str, Event]) -> None:
    """Entries that were there have the same UID and a higher SEQUENCE; a TBD day has come."""
    now = entries(letter)
    assert len(now) == 2
    assert {str(each["STATUS"]) for each in now.values()} == {"CONFIRMED"}
    starts = [event["DTSTART"].dt for event in now.values()]
    if "Bay Area" in str(letter.message["Subject"]):
        assert starts == [date(2016, 12, 6), date(2016, 12, 7)]
        assert set(now) < set(confirmed)
        assert all(event["SEQUENCE"] > confirmed[uid]["SEQUENCE"] for uid, event in now.items())
    else:
        assert confirmed == {}
        assert [
            (start.date(), start.time()) for start in starts if isinstance(start, datetime)
        ] == [
            (date(2017, 1, 10), time(8, 30)),
            (date(2017, 1, 11), time(8, 30)),
        ]


def nothing_more(rosalind: Visitor, post: Post) -> None:
    """Publishing again sends nothing; whoever is not approved has heard of nothing."""
    page = rosalind.go("/staff/cohorts/bay-area/publication")
    expect(page.get_by_text("Nothing differs from what is published")).to_be_visible()
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    rosalind.go("/staff/cohorts/bay-area/publications")
    expect(rosalind.page.get_by_role("row")).to_have_count(2)
    told = [to for each in post.found("", "New dates") for to in each.to]
    assert len(told) == 10
    assert not set(told) & set(LEFT_OUT)


def test_a_member_answers_by_the_letter(visit: Visit, post: Post, cast: Cast) -> None:
    with backstage():
        stage_teams(cast)
    post.wait(subject="Confirmed", count=10)
    rosalind = at_desk(visit, cast)
    draft(rosalind, "bay-area", 1, "2016-12-06", "2016-12-07")
    publish(rosalind, "bay-area", 5)
    to = address_of(MEMBERS[0][1])
    letter = post.wait(to=to, subject="New dates")[0]
    assert "Can you still come?" in text_of(letter.message)
    member = visit()
    press_link(member, post.link(to=to, subject="New dates"), "Open my page")
    member.page.get_by_role("button", name="I cannot come").first.click()
    expect(member.page.get_by_text("You said that you cannot come.")).to_be_visible()
    rosalind.reload()
    expect(rosalind.page.get_by_text(f"cannot come: {MEMBERS[0][1]}")).to_be_visible()


def test_dates_are_published_by_keyboard_alone(visit: Visit, cast: Cast) -> None:
    with backstage():
        cast.approved(members=FEW)
        part = part_of("bay-area", 3)
    page = at_desk(visit, cast).go(f"/staff/cohorts/bay-area/meetings/{part}")
    keys = Keyboard(page)
    keys.fill("Day 1", "03082017")
    keys.fill("Starts at", "0900AM")
    keys.to("Keep as a draft")
    keys.press("Enter")
    expect(page.get_by_text("Kept as a draft.")).to_be_visible()
    keys.to("See what would be published")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Publish dates and venues")).to_be_visible()
    keys.to("Publish and write to")
    keys.press("Enter")
    expect(page.get_by_text("Published. The letters are in the outbox.")).to_be_visible()
    expect(page.get_by_text("March 8, 2017").first).to_be_visible()
