"""What staff read about everything that happened."""

from playwright.sync_api import Page, expect

from tests.browser.states.desk import at_desk
from tests.browser.states.stage import Stage


def timeline(stage: Stage) -> Page:
    stage.team("approve")
    page = at_desk(stage, "/staff/timeline")
    expect(page.get_by_role("row", name="approved the registration")).to_be_visible()
    return page


def timeline_empty(stage: Stage) -> Page:
    page = at_desk(stage, "/staff/timeline?q=nothing+like+this")
    expect(page.get_by_role("heading", name="Nothing is on the timeline here")).to_be_visible()
    return page


REPORTS = [timeline, timeline_empty]
