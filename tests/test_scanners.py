"""Programs that check mail open every link and press its button; the person's own click still works."""

import re

import pytest

from cdef.accounts.models import SignedIn
from cdef.kernel.db import db
from cdef.outbox.suppression_models import suppressed
from tests.cast import STAFF, Cast, Mailbox
from tests.flyers.campaigning import campaign_of, send
from tests.letters import post_all
from tests.pages import Browser, Page, read_form
from tests.state import guest
from tests.test_reading import mailed
from tests.world import digest

NUMBER = re.compile(r"[\w-]{20,}|\d+")
IMOGEN = "imogen@district.example.org"


def scan(cast: Cast, link: str) -> Page | None:
    """HEAD, three GETs, and the first button of the page as it comes; what that answered."""
    program = guest(cast)
    program.client.head(link)
    pages = [program.client.get(link, follow_redirects=True) for _ in range(3)]
    if pages[-1].mimetype != "text/html":
        return None
    page = program.page = Page(pages[-1])
    for element in page.find("form"):
        form = read_form(element, page.path)
        if form.buttons and form.method == "post":
            return program.submit(form.action)
    return None


def one_of_each(cast: Cast, links: set[str]) -> list[str]:
    """For each kind of address one that opens, since a newer letter may have ended older links."""
    kinds = {NUMBER.sub("*", link): link for link in sorted(links) if status(cast, link) == 200}
    return list(kinds.values())


def status(cast: Cast, link: str) -> int:
    return guest(cast).client.get(link, follow_redirects=True).status_code


def test_programs_change_nothing_at_any_link_of_any_letter(cast: Cast, mailbox: Mailbox) -> None:
    post_all(cast)
    links = one_of_each(cast, mailed(mailbox))
    before, pressed = digest(), 0
    for link in links:
        pressed += scan(cast, link) is not None
        after = digest()
        if link.startswith("/personal/open/"):  # It opens a page, as often as one likes: see below.
            before["signed_in"] = after["signed_in"]
        assert [name for name in before if after[name] != before[name]] == [], link
    kinds = {link.split("/")[1] for link in links}
    assert {"sign-in", "register", "invitations", "unsubscribe", "personal", "teams"} <= kinds
    assert pressed > len(kinds)
    assert {status(cast, link) for link in links} == {200}


@pytest.fixture
def asked(cast: Cast) -> Browser:
    """The browser in which somebody asked for a sign-in letter."""
    cast.staff()
    browser = guest(cast)
    browser.get("/sign-in")
    browser.submit("/sign-in", email=STAFF)
    return browser


def test_a_person_signs_in_by_one_press_where_they_asked(
    asked: Browser, cast: Cast, mailbox: Mailbox
) -> None:
    link = mailbox.link("sign_in", STAFF)
    assert scan(cast, link).status == 422  # type: ignore[union-attr]  # It has a button.
    asked.get(link)
    assert asked.submit(link).path == "/teams"


def test_elsewhere_a_box_says_that_it_is_no_program(
    asked: Browser, cast: Cast, mailbox: Mailbox
) -> None:
    link, phone = mailbox.link("sign_in", STAFF), guest(cast)
    phone.get(link)
    refused = phone.submit(link)
    assert "Please tick the box, if it is you." in refused.text()
    assert phone.submit(link, meant="y").path == "/teams"
    assert db.session.query(SignedIn).count() == 1


def test_a_page_opened_by_a_program_opens_for_its_participant_too(
    cast: Cast, mailbox: Mailbox
) -> None:
    team = cast.approved()
    link = mailbox.link("confirmation", team.members[0].email)
    scan(cast, link)
    person = guest(cast)
    person.get(link)
    assert person.submit(link).path == "/personal"


@pytest.mark.parametrize(("said", "leads_to"), [("yes", "/register"), ("look", "/")])
def test_an_invitation_is_answered_after_programs_were_there(
    cast: Cast, mailbox: Mailbox, said: str, leads_to: str
) -> None:
    send(cast, campaign_of(cast))
    link = mailbox.link("invitation", IMOGEN)
    scan(cast, link)
    scan(cast, link.replace("invitations", "unsubscribe"))
    assert suppressed([IMOGEN]) == {}
    person = guest(cast)
    person.get(link)
    assert person.submit(link, answer=said).path == leads_to
