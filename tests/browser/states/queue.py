"""The staff's list while it is worked on."""

from playwright.sync_api import Page, expect

from tests.browser.states.desk import at_desk
from tests.browser.states.stage import Stage


def queue_narrowed(stage: Stage) -> Page:
    stage.team("submit")
    page = at_desk(stage, "/staff")
    page.get_by_label("Person, address or district").fill("imog milp")
    expect(page).to_have_url(f"{page.url.split('?')[0]}?q=imog+milp")
    expect(page.get_by_role("link", name="Milpitas Unified", exact=True)).to_be_visible()
    return page


def queue_nothing_found(stage: Stage) -> Page:
    page = at_desk(stage, "/staff?q=nobody+at+all")
    expect(page.get_by_role("heading", name="No team is in this list")).to_be_visible()
    return page


def queue_deciding(stage: Stage) -> Page:
    stage.team("submit")
    page = at_desk(stage, "/staff")
    page.get_by_role("link", name="Decide on Milpitas Unified").click()
    expect(page.get_by_role("button", name="Approve 8 people")).to_be_visible()
    return page


def queue_decided(stage: Stage) -> Page:
    """Where all teams are listed, the panel stays and says how it is now."""
    stage.team("submit")
    page = at_desk(stage, "/staff?state=all")
    page.get_by_role("link", name="Decide on Milpitas Unified").click()
    page.get_by_role("button", name="Approve 8 people").click()
    expect(page.get_by_text("8 of 80 seats")).to_be_visible()
    expect(page.locator(".queue .state").first).to_have_text("Approved")
    return page


QUEUE = [queue_narrowed, queue_nothing_found, queue_deciding, queue_decided]
