"""The main journey from the public page to eight confirmations, with scripts or without."""

from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.confirmations import check_confirmations
from tests.browser.post import Post
from tests.browser.stage import backstage
from tests.browser.visitor import Visitor
from tests.cast import DISTRICT_LEAD, MEMBERS, STAFF, UNION_LEAD, Cast

NOTE = "Please say at which school Priscilla Vang works."


def walk(imogen: Visitor, beatriz: Visitor, rosalind: Visitor, post: Post, cast: Cast) -> None:
    """Two leads and staff, each at a browser of their own."""
    with backstage():
        cast.staff()
    begin(imogen, beatriz, post)
    build(imogen, beatriz)
    sign(imogen, beatriz)
    steps.sign_in(rosalind, post)
    give_back(imogen, beatriz, rosalind, post)
    steps.edit_site(imogen, "Priscilla Vang", "Weller Elementary")
    sign(imogen, beatriz)
    post.wait(to=STAFF, subject="To decide", count=2)
    steps.open_from_queue(rosalind)
    steps.decide(rosalind, "Approve 8 people", "Approved")
    check_confirmations(post, "bay-area")


def begin(imogen: Visitor, beatriz: Visitor, post: Post) -> None:
    """One starts the team, the other joins it, each by a mailed link."""
    steps.look_and_register(imogen)
    steps.press_link(imogen, post.link(to=DISTRICT_LEAD), "Start the team")
    steps.invite_partner(imogen)
    steps.join(beatriz, post)
    imogen.reload()


def build(imogen: Visitor, beatriz: Visitor) -> None:
    """Each adds the people of their own side; one is edited, one removed and put back."""
    for side, name, position in MEMBERS:
        steps.add(imogen if side == "district" else beatriz, side, name, position)
    expect(beatriz.page.locator(".cost__total")).to_have_text("$480")
    steps.edit_site(imogen, "Leopold Marchetti", "District office")
    steps.remove_and_undo(beatriz, "Ambrose Tillinghast")


def sign(imogen: Visitor, beatriz: Visitor) -> None:
    """Both sign what they see after looking again; the second signature submits."""
    steps.sign(imogen, "Waiting for the union side")
    steps.sign(beatriz, "Submitted")


def give_back(imogen: Visitor, beatriz: Visitor, rosalind: Visitor, post: Post) -> None:
    """Staff return the registration, and both leads read why, in the mail and on the page."""
    steps.open_from_queue(rosalind)
    steps.decide(rosalind, "Return with a note", "Returned", NOTE)
    for lead, email in ((imogen, DISTRICT_LEAD), (beatriz, UNION_LEAD)):
        post.wait(to=email, subject="Please mend")
        lead.reload()
        expect(lead.page.get_by_text(NOTE)).to_be_visible()
