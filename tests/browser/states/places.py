"""Places held for names to follow, and the day that staff set for them."""

from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.states.desk import at_desk
from tests.browser.states.stage import Stage
from tests.browser.states.team import roster
from tests.cast import DISTRICT_LEAD, UNION_LEAD

DEADLINES = "/staff/cohorts/bay-area"


def place_held(stage: Stage) -> Page:
    page = roster(stage)
    form = page.get_by_role("form", name="Add a person to the union side")
    form.get_by_label("Hold this place").check()
    form.get_by_label("Position").select_option("classified")
    form.get_by_role("button", name="Add to the union side").click()
    expect(page.get_by_text("Name to follow (Classified member)").first).to_be_visible()
    expect(page.get_by_text("1 name to follow.")).to_be_visible()
    return page


def place_filled(stage: Stage) -> Page:
    page = place_held(stage)
    page.get_by_role("link", name="Edit Name to follow (Classified member)").click()
    form = page.get_by_role("form", name="Edit Name to follow")
    expect(form.get_by_label("Hold this place")).to_be_checked()
    form.get_by_label("Name").fill("Ottoline Brandt")
    form.get_by_label("E-mail").fill("ottoline.brandt@example.org")
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Edit Ottoline Brandt")).to_be_visible()
    expect(page.get_by_text("1 name to follow.")).to_be_hidden()
    return page


def naming(stage: Stage) -> Page:
    """Both have signed a roster that holds a place."""
    page = place_held(stage)
    address = page.url
    for lead, after in ((DISTRICT_LEAD, "Waiting for the union side"), (UNION_LEAD, "Submitted")):
        visitor = stage.visitor(lead)
        visitor.page.goto(address)
        steps.sign(visitor, after)
    visitor.page.goto(address)
    visitor.page.get_by_role("link", name="Name them").click()
    expect(visitor.page.get_by_role("heading", name="Who takes the place?")).to_be_visible()
    return visitor.page


def naming_with_errors(stage: Stage) -> Page:
    page = naming(stage)
    page.get_by_role("button", name="Name them").click()
    expect(page.get_by_text("Please give a name.").first).to_be_visible()
    return page


def deadlines(stage: Stage) -> Page:
    page = at_desk(stage, DEADLINES)
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()
    return page


def deadline_set(stage: Stage) -> Page:
    page = deadlines(stage)
    page.get_by_label("Names are due by").fill("2016-11-15")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Names are due by November 15, 2016.")).to_be_visible()
    return page


PLACES = [place_held, place_filled, naming, naming_with_errors, deadlines, deadline_set]
