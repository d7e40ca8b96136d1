"""What staff read about everything that happened."""

from playwright.sync_api import Page, expect

from tests.browser.states.desk import at_desk
from tests.browser.states.stage import Stage


def overview(stage: Stage) -> Page:
    stage.team("submit", cohort="sacramento")
    stage.team("approve")
    page = at_desk(stage, "/staff/overview")
    expect(page.get_by_role("img", name="Seats by cohort")).to_be_visible()
    return page


def overview_empty(stage: Stage) -> Page:
    page = at_desk(stage, "/staff/overview?cohort=sacramento")
    expect(page.get_by_text("No team has been started yet.")).to_be_visible()
    return page


def export(stage: Stage) -> Page:
    stage.team("submit")
    page = at_desk(stage, "/staff/export")
    expect(page.get_by_role("link", name="XLSX of the people")).to_be_visible()
    return page


def timeline(stage: Stage) -> Page:
    stage.team("approve")
    page = at_desk(stage, "/staff/timeline")
    expect(page.get_by_role("row", name="approved the registration")).to_be_visible()
    return page


def timeline_empty(stage: Stage) -> Page:
    page = at_desk(stage, "/staff/timeline?q=nothing+like+this")
    expect(page.get_by_role("heading", name="Nothing is on the timeline here")).to_be_visible()
    return page


REPORTS = [overview, overview_empty, export, timeline, timeline_empty]
