"""Drafting, publishing and following dates and venues; and a participant who is asked anew."""

import re

from playwright.sync_api import Page, expect

from tests.browser.stage import backstage
from tests.browser.states.desk import at_desk
from tests.browser.states.stage import Stage
from tests.cast import DISTRICT_LEAD, STAFF
from tests.publishing import hand_over, part_of

BAY = "/staff/cohorts/bay-area"


def meeting_page(stage: Stage, number: int = 1) -> Page:
    with backstage():
        part = part_of("bay-area", number)
    page = at_desk(stage, f"{BAY}/meetings/{part}")
    expect(page.get_by_role("button", name="Keep as a draft")).to_be_visible()
    return page


def keep(page: Page, **days: str) -> None:
    for label, day in days.items():
        page.get_by_label(label.replace("_", " ")).fill(day)
    page.get_by_role("button", name="Keep as a draft").click()


def meeting_with_errors(stage: Stage) -> Page:
    page = meeting_page(stage)
    keep(page, Day_1="2016-10-05", Day_2="2016-10-04", Ends_at="07:00", Starts_at="08:00")
    expect(page.get_by_text("The days come one after the other.").first).to_be_visible()
    expect(page.get_by_label("Yes, days in the past are meant")).to_be_visible()
    return page


def meetings_drafted(stage: Stage) -> Page:
    page = meeting_page(stage)
    page.get_by_label("Venue", exact=True).select_option("A new venue: see below")
    page.get_by_text("A new venue", exact=True).click()
    page.get_by_label("Name of the venue").fill("Alder Hall")
    page.get_by_label("City").fill("Fremont")
    keep(page, Day_1="2016-12-06", Day_2="2016-12-07", Starts_at="08:30", Ends_at="15:00")
    expect(page.get_by_text("Kept as a draft.")).to_be_visible()
    return page


def meeting_overtaken(stage: Stage) -> Page:
    page = meeting_page(stage)
    with backstage():
        stage.cast.staff()
    other = stage.at(re.sub(r"^\w+://[^/]+", "", page.url), STAFF)
    keep(other, Day_1="2016-12-13", Day_2="2016-12-14")
    expect(other.get_by_text("Kept as a draft.")).to_be_visible()
    keep(page, Day_1="2016-12-06", Day_2="2016-12-07")
    expect(page.get_by_text("Drafted meanwhile by")).to_be_visible()
    return page


def venue_drafted_by_two(stage: Stage) -> Page:
    page = at_desk(stage, f"{BAY}/venues/1")
    expect(page.get_by_text("Used by")).to_be_visible()
    other = stage.at(f"{BAY}/venues/1", STAFF)
    keep(other, Room="Gym")
    keep(page, Room="Hall")
    expect(page.get_by_text("Drafted meanwhile by")).to_be_visible()
    return page


def nothing_to_publish(stage: Stage) -> Page:
    page = at_desk(stage, f"{BAY}/publication")
    expect(page.get_by_role("heading", name="Nothing to publish")).to_be_visible()
    return page


def to_be_published(stage: Stage) -> Page:
    stage.team("approve")
    with backstage():
        hand_over()
    page = meetings_drafted(stage)
    page.get_by_role("link", name="See what would be published").click()
    expect(page.get_by_role("button", name="Publish and write to 8 people")).to_be_visible()
    return page


def publication_overtaken(stage: Stage) -> Page:
    page = to_be_published(stage)
    other = meeting_page(stage)
    keep(other, Day_1="2016-12-13", Day_2="2016-12-14")
    expect(other.get_by_text("Kept as a draft.")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", name="Not published")).to_be_visible()
    return page


def published(stage: Stage) -> Page:
    page = to_be_published(stage)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published. The letters are in the outbox.")).to_be_visible()
    return page


def publications(stage: Stage) -> Page:
    page = published(stage)
    page.get_by_role("link", name="what was published").click()
    expect(page.get_by_text("8 waiting")).to_be_visible()
    return page


def asked_anew(stage: Stage) -> Page:
    """A participant answered, then the dates moved while their page was open."""
    stage.team("approve")
    with backstage():
        hand_over()
    person = stage.at("/personal", DISTRICT_LEAD, is_personal=True)
    person.get_by_role("button", name="I can come").first.click()
    expect(person.get_by_text("You said that you can come.")).to_be_visible()
    page = meetings_drafted(stage)
    page.get_by_role("link", name="See what would be published").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published.")).to_be_visible()
    person.get_by_role("button", name="I cannot come").first.click()
    expect(person.get_by_text("Session 1 has changed since you opened this page.")).to_be_visible()
    return person


def answers_on_the_team(stage: Stage) -> Page:
    team = stage.team("approve")
    person = stage.at("/personal", DISTRICT_LEAD, is_personal=True)
    person.get_by_role("button", name="I cannot come").first.click()
    expect(person.get_by_text("You said that you cannot come.")).to_be_visible()
    page = stage.at(team, DISTRICT_LEAD)
    expect(page.get_by_role("heading", name="Who can come")).to_be_visible()
    return page


PUBLICATIONS = [
    meeting_page,
    meeting_with_errors,
    meetings_drafted,
    meeting_overtaken,
    venue_drafted_by_two,
    nothing_to_publish,
    to_be_published,
    publication_overtaken,
    published,
    publications,
    asked_anew,
    answers_on_the_team,
]
