"""The demonstration's own pages."""

from playwright.sync_api import Page, expect

from cdef.demo.stage import stage as bring_on_everybody
from cdef.demo.views import blueprint
from tests.browser.stage import backstage
from tests.browser.states.stage import Stage


def demonstration(stage: Stage) -> Page:
    stage.cast.app.register_blueprint(blueprint)
    with backstage():
        bring_on_everybody()
    page = stage.at("/demo")
    expect(page.get_by_role("button", name="Come in")).not_to_have_count(0)
    return page


def demonstration_letter(stage: Stage) -> Page:
    page = demonstration(stage)
    page.get_by_role("link", name="Confirmed:").first.click()
    expect(
        page.get_by_text("2016-11-29.ics").or_(page.get_by_text("2017-01-24.ics"))
    ).to_be_visible()
    return page


DEMO = [demonstration, demonstration_letter]
