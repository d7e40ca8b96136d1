"""What staff see of campaigns and of stopped addresses, and what a mailed link shows."""

from playwright.sync_api import Page, expect

from tests.browser.stage import backstage
from tests.browser.states.desk import at_desk
from tests.browser.states.stage import Stage
from tests.cast import Mailbox
from tests.flyers.campaigning import campaign_of, campaigned, send

HERE = "/staff/campaigns"
IMOGEN = "imogen@district.example.org"


def none_yet(stage: Stage) -> Page:
    """And one that was begun without words."""
    page = at_desk(stage, HERE)
    page.get_by_role("button", name="Go on to the districts").click()
    expect(page.get_by_text("Please write the letter.").first).to_be_visible()
    return page


def open_all(page: Page) -> None:
    """Except the letter's HTML, which is a page of its own."""
    closed = page.locator("details:not([open]):not(.letter__attachments) > summary")
    while closed.count():
        closed.first.click()


def draft(stage: Stage) -> Page:
    """With lines left out, and every part of the page open."""
    with backstage():
        made = campaign_of(stage.cast)
    page = at_desk(stage, f"{HERE}/{made.id}")
    open_all(page)
    page.get_by_label("Paste contacts").fill("nowhere, x@example.org\nTBD")
    page.get_by_role("button", name="Add these contacts").click()
    expect(page.get_by_text("2 lines left out", exact=True)).to_be_visible()
    open_all(page)
    return page


def contacts_refused(stage: Stage) -> Page:
    with backstage():
        made = campaign_of(stage.cast, "")
    page = at_desk(stage, f"{HERE}/{made.id}")
    page.get_by_role("button", name="Add these contacts").click()
    expect(page.get_by_text("Please paste contacts").first).to_be_visible()
    return page


def to_confirm(stage: Stage) -> Page:
    with backstage():
        made = campaign_of(stage.cast)
    page = at_desk(stage, f"{HERE}/{made.id}/confirmation")
    expect(page.get_by_role("button", name="Send 3 letters")).to_be_visible()
    return page


def being_written(stage: Stage) -> Page:
    page = to_confirm(stage)
    page.get_by_role("button", name="Send 3 letters").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    return page


def paused(stage: Stage) -> Page:
    page = being_written(stage)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    return page


def followed(stage: Stage) -> Page:
    """Sent; one district has a team, one is silent, one address is stopped."""
    stage.team()
    with backstage():
        campaigned(stage.cast)
        made = campaign_of(stage.cast)
        send(stage.cast, made)
    page = at_desk(stage, f"{HERE}/{made.id}")
    expect(page.get_by_role("button", name="Remind the 1 silent district")).to_be_visible()
    expect(page.get_by_role("link", name="Started")).to_be_visible()
    return page


def reminder(stage: Stage) -> Page:
    page = followed(stage)
    page.get_by_role("button", name="Remind the 1 silent district").click()
    expect(page.get_by_text("It reminds of")).to_be_visible()
    return page


def stopped_addresses(stage: Stage) -> Page:
    with backstage():
        campaigned(stage.cast)
    page = at_desk(stage, "/staff/suppressions")
    page.get_by_role("button", name="Find the address").click()
    expect(page.get_by_text("Please paste the text of the letter.").first).to_be_visible()
    return page


def mailed_link(stage: Stage) -> str:
    with backstage():
        made = campaign_of(stage.cast)
        send(stage.cast, made)
        return Mailbox().link("invitation", IMOGEN)


def invited(stage: Stage) -> Page:
    page = stage.at(mailed_link(stage))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Please choose an answer.").first).to_be_visible()
    return page


def declined(stage: Stage) -> Page:
    page = stage.at(mailed_link(stage))
    page.get_by_label("No, not this year").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    return page


def stopping(stage: Stage) -> Page:
    page = stage.at(mailed_link(stage).replace("invitations", "unsubscribe"))
    page.get_by_role("button", name="Stop them").click()
    expect(page.get_by_text("Please tick the box").first).to_be_visible()
    return page


def stopped(stage: Stage) -> Page:
    page = stage.at(mailed_link(stage).replace("invitations", "unsubscribe"))
    page.get_by_label("Send no more invitations").check()
    page.get_by_role("button", name="Stop them").click()
    expect(
        page.get_by_role("heading", name="No more invitations and reminders", exact=True)
    ).to_be_visible()
    return page


CAMPAIGNS = [
    none_yet,
    draft,
    contacts_refused,
    to_confirm,
    being_written,
    paused,
    followed,
    reminder,
    stopped_addresses,
    invited,
    declined,
    stopping,
    stopped,
]
