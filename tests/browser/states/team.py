"""What leads see: their teams, joining, the roster in every state."""

from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.stage import backstage
from tests.browser.states.stage import Stage
from tests.cast import DISTRICT_LEAD, UNION_LEAD, Mailbox
from tests.teams.asking import WITHOUT_BOARD


def teams(stage: Stage) -> Page:
    stage.team()
    stage.team("submit", cohort="sacramento")
    page = stage.at("/teams", DISTRICT_LEAD)
    expect(page.get_by_role("link", name="Milpitas Unified")).to_have_count(2)
    return page


def teams_none(stage: Stage) -> Page:
    page = stage.at("/teams", DISTRICT_LEAD)
    expect(page.get_by_role("heading", name="You lead no team yet")).to_be_visible()
    return page


def begun(stage: Stage) -> Page:
    """One lead, alone on the roster."""
    page = stage.at(stage.team(partner=None, members=[]), DISTRICT_LEAD)
    expect(page.get_by_role("form", name="Invite the lead of the union side")).to_be_visible()
    return page


def partner_with_errors(stage: Stage) -> Page:
    page = begun(stage)
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.locator("#partner-error-summary")).to_be_visible()
    return page


def partner_invited(stage: Stage) -> Page:
    visitor = stage.visitor(DISTRICT_LEAD)
    visitor.go(stage.team(partner=None))
    steps.invite_partner(visitor)
    return visitor.page


def join(stage: Stage) -> Page:
    partner_invited(stage)
    with backstage():
        path = Mailbox().link("partner_invitation", UNION_LEAD)
    page = stage.at(path)
    expect(page.get_by_role("button", name="Join the team")).to_be_visible()
    return page


def join_with_errors(stage: Stage) -> Page:
    page = join(stage)
    page.get_by_role("button", name="Join the team").click()
    expect(page.get_by_text("Please choose a position.").first).to_be_visible()
    return page


def join_spent(stage: Stage) -> Page:
    return stage.at("/teams/join/long-gone")


def roster(stage: Stage) -> Page:
    page = stage.at(stage.team(), DISTRICT_LEAD)
    expect(page.get_by_role("button", name="Sign this roster")).to_be_visible()
    return page


def roster_editing(stage: Stage) -> Page:
    page = roster(stage)
    page.get_by_role("link", name="Edit Priscilla Vang").click()
    expect(page.get_by_role("form", name="Edit Priscilla Vang")).to_be_visible()
    return page


def roster_edit_with_errors(stage: Stage) -> Page:
    page = roster_editing(stage)
    page.get_by_role("form", name="Edit").get_by_label("E-mail").fill("nobody at all")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("This does not look like").first).to_be_visible()
    return page


def roster_add_with_errors(stage: Stage) -> Page:
    page = roster(stage)
    page.get_by_role("button", name="Add to the union side").click()
    expect(page.locator("#add-union-error-summary")).to_be_visible()
    return page


def roster_conflict(stage: Stage) -> Page:
    """The other lead saved the same row meanwhile."""
    page = roster_editing(stage)
    beatriz = stage.visitor(UNION_LEAD)
    beatriz.page.goto(page.url)
    steps.edit_site(beatriz, "Priscilla Vang", "Burnett Elementary")
    page.get_by_role("form", name="Edit").get_by_label("School").fill("Weller Elementary")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("As it is now")).to_be_visible()
    return page


def roster_saved(stage: Stage) -> Page:
    visitor = stage.visitor(DISTRICT_LEAD)
    visitor.go(stage.team())
    steps.edit_site(visitor, "Priscilla Vang", "Weller Elementary")
    return visitor.page


def roster_removed(stage: Stage) -> Page:
    page = roster(stage)
    page.get_by_role("button", name="Remove Priscilla Vang").click()
    expect(page.get_by_role("button", name="put Priscilla Vang back")).to_be_visible()
    return page


def timeline(stage: Stage) -> Page:
    """What happened: with a change in words, an undo, and buttons for the others."""
    visitor = stage.visitor(DISTRICT_LEAD)
    visitor.go(stage.team())
    steps.edit_site(visitor, "Priscilla Vang", "Weller Elementary")
    steps.undo(visitor, "Imogen Castellanos added Leopold Marchetti")
    return visitor.page


def undo_refused(stage: Stage) -> Page:
    """Somebody changed the same field since."""
    visitor = stage.visitor(DISTRICT_LEAD)
    visitor.go(stage.team())
    for site in ("Weller Elementary", "Burnett Elementary"):
        steps.edit_site(visitor, "Priscilla Vang", site)
    steps.open_timeline(visitor.page)
    visitor.page.get_by_role("button", name="Undo that Imogen Castellanos changed").nth(1).click()
    expect(visitor.page.locator("#notices")).to_contain_text("was changed again since")
    return visitor.page


def waiver(stage: Stage) -> Page:
    page = stage.at(stage.team(members=WITHOUT_BOARD), DISTRICT_LEAD)
    page.get_by_text("Ask for a waiver (School board member)").click()
    expect(page.get_by_role("form", name="Waiver: School board member")).to_be_visible()
    return page


def waiver_with_errors(stage: Stage) -> Page:
    page = waiver(stage)
    page.get_by_role("button", name="Ask for a waiver").click()
    expect(page.get_by_text("Please give a reason").first).to_be_visible()
    return page


def waiver_asked(stage: Stage) -> Page:
    page = waiver(stage)
    page.get_by_label("Reason").fill("The board votes in November. " * 8)
    page.get_by_role("button", name="Ask for a waiver").click()
    expect(page.get_by_text("Waiver asked for: The board votes")).to_be_visible()
    return page


def roster_removed_meanwhile(stage: Stage) -> Page:
    """The other lead removed the row that is being edited."""
    page = roster_editing(stage)
    beatriz = stage.visitor(UNION_LEAD)
    beatriz.page.goto(page.url)
    beatriz.page.get_by_role("button", name="Remove Priscilla Vang").click()
    expect(steps.row(beatriz.page, "Priscilla Vang")).to_have_count(0)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Put back and save")).to_be_visible()
    return page


def refused(stage: Stage) -> Page:
    """A signature on a roster that has changed since is refused above the page."""
    page = roster(stage)
    beatriz = stage.visitor(UNION_LEAD)
    beatriz.page.goto(page.url)
    steps.edit_site(beatriz, "Priscilla Vang", "Burnett Elementary")
    page.get_by_role("button", name="Sign this roster").click()
    expect(page.get_by_text("The roster has changed since")).to_be_visible()
    return page


def half_signed(stage: Stage) -> Page:
    visitor = stage.visitor(DISTRICT_LEAD)
    visitor.go(stage.team())
    steps.sign(visitor, "Waiting for the union side")
    return visitor.page


def submitted(stage: Stage) -> Page:
    return standing(stage, "submit", label="Submitted")


def returned(stage: Stage) -> Page:
    return standing(stage, "return", label="Returned")


def waitlisted(stage: Stage) -> Page:
    return standing(stage, "waitlist", label="Waitlisted")


def declined(stage: Stage) -> Page:
    return standing(stage, "decline", label="Declined")


def approved(stage: Stage) -> Page:
    return standing(stage, "approve", label="Approved")


def withdrawn(stage: Stage) -> Page:
    return standing(stage, "withdraw", label="Withdrawn")


def standing(stage: Stage, verb: str, *, label: str) -> Page:
    page = stage.at(stage.team(verb, note="Please look at the sites again."), DISTRICT_LEAD)
    expect(page.locator(".standing .state")).to_have_text(label)
    return page


TEAM = [
    teams,
    teams_none,
    begun,
    partner_with_errors,
    partner_invited,
    join,
    join_with_errors,
    join_spent,
    roster,
    roster_editing,
    roster_edit_with_errors,
    roster_add_with_errors,
    roster_conflict,
    roster_saved,
    roster_removed,
    timeline,
    undo_refused,
    waiver,
    waiver_with_errors,
    waiver_asked,
    roster_removed_meanwhile,
    refused,
    half_signed,
    submitted,
    returned,
    waitlisted,
    declined,
    approved,
    withdrawn,
]
