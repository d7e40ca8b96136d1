"""The steps of the main journey, as a person takes them: the same with scripts and without."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.post import Post
from tests.browser.visitor import Visitor
from tests.cast import DISTRICT_LEAD, STAFF, SUCCESSOR, UNION_LEAD, address_of

POSITIONS = {
    "board": "School board member",
    "principal": "Principal or site administrator",
    "human_resources": "Human resources or labor relations",
    "classified_president": "Classified union president",
    "teacher": "Teacher or other certificated member",
}


def look_and_register(visitor: Visitor) -> None:
    """From the public page to the form that starts a team, filled in and sent."""
    page = visitor.go("/")
    expect(page.get_by_text("November 29–30, 2016")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Register your team").click()
    page.get_by_role("radio", name="Bay Area").check()
    choose_district(visitor, "milpit", "Milpitas Unified (Santa Clara County)")
    page.get_by_label("Your name").fill("Imogen Castellanos")
    page.get_by_label("Your e-mail address").fill(DISTRICT_LEAD)
    page.get_by_role("radio", name="the district side").check()
    page.get_by_label("Your position").select_option("Superintendent or designee")
    page.get_by_role("button", name="Start the team").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()


def choose_district(visitor: Visitor, typed: str, wanted: str) -> None:
    """Type a part of the name; without scripts the button looks it up."""
    visitor.page.get_by_label("Find your district").press_sequentially(typed)
    if not visitor.scripts:
        visitor.page.get_by_role("button", name="Find").click()
    visitor.page.get_by_role("radio", name=wanted).check()


def press_link(visitor: Visitor, address: str, button: str) -> None:
    """A mailed link changes nothing until its button is pressed."""
    visitor.page.goto(address)
    visitor.page.get_by_role("button", name=button, exact=True).click()


def invite_partner(visitor: Visitor) -> None:
    form = visitor.page.get_by_role("form", name="Invite the lead of the union side")
    form.get_by_label("Name").fill("Beatriz Holloway")
    form.get_by_label("E-mail").fill(UNION_LEAD)
    form.get_by_role("button", name="Send the invitation").click()
    expect(visitor.page.get_by_text("Invited, and has not joined yet.")).to_be_visible()


def join(visitor: Visitor, post: Post) -> None:
    """The partner comes in by the mailed link, and onto the roster."""
    visitor.page.goto(post.link(to=UNION_LEAD, subject="invites you"))
    visitor.page.get_by_label("Your position").select_option("Teachers’ union president")
    visitor.page.get_by_role("button", name="Join the team").click()
    expect(row(visitor.page, "Beatriz Holloway")).to_be_visible()


def ask_successor(visitor: Visitor) -> None:
    """A lead names whoever shall take over their side."""
    page = visitor.page
    page.get_by_text("Hand over to somebody else").click()
    page.get_by_label("Name of the successor").fill("Cordelia Whitcombe")
    page.get_by_label("E-mail of the successor").fill(SUCCESSOR)
    page.get_by_role("button", name="Ask them to take over").click()
    expect(asked(page)).to_be_visible()


def asked(page: Page) -> Locator:
    """The line that says who is asked to take a side over."""
    return page.locator(".handover p", has_text="Asked Cordelia Whitcombe")


def take_over(visitor: Visitor, post: Post) -> None:
    """The successor comes in by the newest mailed link, and onto the roster."""
    visitor.page.goto(post.link(to=SUCCESSOR, subject="Take over", count=2))
    visitor.page.get_by_label("Your position").select_option("Superintendent or designee")
    visitor.page.get_by_role("button", name="Take over").click()
    expect(row(visitor.page, "Cordelia Whitcombe")).to_be_visible()


def row(page: Page, name: str) -> Locator:
    """A member's line of the roster."""
    return page.locator("li.row", has_text=name)


def add_form(page: Page, side: str) -> Locator:
    return page.get_by_role("form", name=f"Add a person to the {side} side")


def fill_row(form: Locator, name: str, position: str) -> None:
    form.get_by_label("Name").fill(name)
    form.get_by_label("E-mail").fill(address_of(name))
    form.get_by_label("Position").select_option(POSITIONS[position])


def add(visitor: Visitor, side: str, name: str, position: str) -> None:
    """Add a person with Enter; with scripts the form is ready for the next one at once."""
    form = add_form(visitor.page, side)
    fill_row(form, name, position)
    form.get_by_label("E-mail").press("Enter")
    expect(row(visitor.page, name)).to_be_visible()
    if visitor.scripts:
        expect(form.get_by_label("Name")).to_be_focused()
    expect(form.get_by_label("Name")).to_have_value("")


def edit_site(visitor: Visitor, name: str, site: str) -> None:
    """Edit one row in place, and save it."""
    page = visitor.page
    page.get_by_role("link", name=f"Edit {name}").click()
    form = page.get_by_role("form", name=f"Edit {name}")
    form.get_by_label("School or office").fill(site)
    form.get_by_role("button", name="Save").click()
    expect(row(page, name)).to_contain_text(site)
    expect(form).to_have_count(0)


def remove_and_undo(visitor: Visitor, name: str) -> None:
    page = visitor.page
    page.get_by_role("button", name=f"Remove {name}").click()
    expect(row(page, name)).to_have_count(0)
    page.get_by_role("button", name=f"put {name} back").click()
    expect(row(page, name)).to_be_visible()


def undo(visitor: Visitor, line: str) -> None:
    """Press Undo beside a line of the timeline."""
    page = visitor.page
    open_timeline(page)
    page.get_by_role("button", name=f"Undo that {line}", exact=True).click()
    expect(page.locator("#timeline li", has_text=line).last).to_contain_text("Undone.")
    open_timeline(page)


def open_timeline(page: Page) -> None:
    if not page.locator("#timeline").is_visible():
        page.get_by_text("What happened", exact=True).click()


def ask_waiver(visitor: Visitor, rule: str, reason: str) -> None:
    page = visitor.page
    page.get_by_text(f"Ask for a waiver ({rule})").click()
    form = page.get_by_role("form", name=f"Waiver: {rule}")
    form.get_by_label("Reason").fill(reason)
    form.get_by_role("button", name="Ask for a waiver").click()
    expect(page.get_by_text(f"Waiver asked for: {reason}")).to_be_visible()


def sign(visitor: Visitor, label: str) -> None:
    """Sign the roster as it is now; ``label`` is where the registration stands then."""
    visitor.reload()
    visitor.page.get_by_role("button", name="Sign this roster").click()
    expect_state(visitor, label)


def expect_state(visitor: Visitor, label: str) -> None:
    expect(visitor.page.locator(".standing .state")).to_have_text(label)


def sign_in(visitor: Visitor, post: Post, email: str = STAFF) -> None:
    """By the link in the mail."""
    page = visitor.go("/sign-in")
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_role("button", name="Mail me a link").click()
    press_link(visitor, post.link(to=email, subject="sign-in"), "Sign in")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def open_from_queue(visitor: Visitor, team: str = "Milpitas Unified") -> None:
    visitor.page.get_by_role("navigation").get_by_role("link", name="Staff desk").click()
    visitor.page.get_by_role("link", name=team, exact=True).click()
    expect_state(visitor, "Submitted")


def decide(visitor: Visitor, button: str, label: str, note: str = "") -> None:
    visitor.page.get_by_label("Note").fill(note)
    visitor.page.get_by_role("button", name=button).click()
    expect_state(visitor, label)
