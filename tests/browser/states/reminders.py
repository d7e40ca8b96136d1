"""The staff's page of reminders, and the address of a participant's calendar."""

from playwright.sync_api import Page, expect

from tests.browser.states.desk import at_desk
from tests.browser.states.stage import Stage
from tests.cast import DISTRICT_LEAD


def reminders(stage: Stage) -> Page:
    stage.team("approve")
    page = at_desk(stage, "/staff/series")
    page.get_by_role("link", name="When reminders go out").click()
    expect(page.get_by_role("heading", name="What goes out next")).to_be_visible()
    return page


def reminders_refused(stage: Stage) -> Page:
    page = reminders(stage)
    page.get_by_label("Remind people so many days before a meeting").fill("a week")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Please give days from 1 to 60, like 7, 1.").first).to_be_visible()
    return page


def reminders_off(stage: Stage) -> Page:
    page = reminders(stage)
    page.get_by_label("Remind people so many days before a meeting").fill("")
    page.get_by_label("Ask them so often at most").fill("0")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("reminders are switched off")).to_be_visible()
    return page


def calendar_address(stage: Stage) -> Page:
    stage.team("approve")
    page = stage.at("/personal", DISTRICT_LEAD, is_personal=True)
    page.get_by_role("button", name="Make my calendar address").click()
    expect(page.get_by_label("Address of my calendar")).to_be_visible()
    return page


REMINDERS = [reminders, reminders_refused, reminders_off, calendar_address]
