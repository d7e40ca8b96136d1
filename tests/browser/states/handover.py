"""What is seen of a handover: the question, who is asked, and the successor's page."""

from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.stage import backstage
from tests.browser.states.desk import at_desk
from tests.browser.states.stage import Stage
from tests.cast import DISTRICT_LEAD, SUCCESSOR, UNION_LEAD, Mailbox


def handover_form(stage: Stage) -> Page:
    page = stage.at(stage.team(), DISTRICT_LEAD)
    page.get_by_text("Hand over to somebody else").click()
    expect(page.get_by_label("Name of the successor")).to_be_visible()
    return page


def handover_with_errors(stage: Stage) -> Page:
    page = handover_form(stage)
    page.get_by_label("E-mail of the successor").fill(UNION_LEAD)
    page.get_by_role("button", name="Ask them to take over").click()
    expect(page.locator("#handover-district-error-summary")).to_be_visible()
    return page


def handover_asked(stage: Stage) -> Page:
    visitor = stage.visitor(DISTRICT_LEAD)
    visitor.go(stage.team())
    steps.ask_successor(visitor)
    return visitor.page


def handover_seen(stage: Stage) -> Page:
    """The other side knows of it, and can do nothing about it."""
    address = stage.team()
    visitor = stage.visitor(DISTRICT_LEAD)
    visitor.go(address)
    steps.ask_successor(visitor)
    page = stage.at(address, UNION_LEAD)
    expect(steps.asked(page)).to_be_visible()
    return page


def handover_at_desk(stage: Stage) -> Page:
    page = at_desk(stage, "/staff" + stage.team("approve"))
    form = page.locator("#handover-union")
    form.get_by_text("Hand over to somebody else").click()
    form.get_by_label("Name of the successor").fill("Cordelia Whitcombe")
    form.get_by_label("E-mail of the successor").fill(SUCCESSOR)
    form.get_by_role("button", name="Ask them to take over").click()
    expect(steps.asked(page)).to_be_visible()
    page.locator("#handover-district").get_by_text("Hand over to somebody else").click()
    return page


def succeed(stage: Stage) -> Page:
    handover_asked(stage)
    with backstage():
        path = Mailbox().link("handover_invitation", SUCCESSOR)
    page = stage.at(path)
    expect(page.get_by_role("button", name="Take over")).to_be_visible()
    return page


def succeed_with_errors(stage: Stage) -> Page:
    page = succeed(stage)
    page.get_by_role("button", name="Take over").click()
    expect(page.get_by_text("Please choose a position.").first).to_be_visible()
    return page


def succeed_approved(stage: Stage) -> Page:
    """The roster is closed, so nothing is asked."""
    address = stage.team("approve")
    visitor = stage.visitor(DISTRICT_LEAD)
    visitor.go(address)
    steps.ask_successor(visitor)
    with backstage():
        path = Mailbox().link("handover_invitation", SUCCESSOR)
    page = stage.at(path)
    expect(page.get_by_text("The roster stays as it is")).to_be_visible()
    return page


def succeed_spent(stage: Stage) -> Page:
    return stage.at("/teams/succeed/long-gone")


def taken_over(stage: Stage) -> Page:
    """An approved team: its registration says who signed it."""
    page = succeed_approved(stage)
    page.get_by_role("button", name="Take over").click()
    expect(page.get_by_text("signed by Imogen Castellanos")).to_be_visible()
    return page


HANDOVER = [
    handover_form,
    handover_with_errors,
    handover_asked,
    handover_seen,
    handover_at_desk,
    succeed,
    succeed_with_errors,
    succeed_approved,
    succeed_spent,
    taken_over,
]
