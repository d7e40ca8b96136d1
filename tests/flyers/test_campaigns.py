"""Staff invite districts: once each, with progress, and with a way to stop."""

import pytest
from sqlalchemy import func, select

from cdef.directory.models import District
from cdef.flyers import campaign_actions as actions
from cdef.flyers.follow_models import standings
from cdef.flyers.models import Campaign, counts
from cdef.flyers.send_actions import write_letters
from cdef.kernel.db import db
from cdef.kernel.sheets import from_paste
from cdef.outbox.suppression_models import suppressed
from tests.cast import MILPITAS, STAFF, Cast, Mailbox, html_of, text_of
from tests.conftest import both_databases
from tests.directory.state_file import real_file
from tests.flyers.campaigning import campaign_of, of, send
from tests.pages import Browser
from tests.state import guest

__all__ = ["real_file"]
IMOGEN = "imogen@district.example.org"
BOUNCE = """This message was created automatically.

Reporting-MTA: dns; mx.example.org

Original-Recipient: rfc822;imogen@district.example.org
Final-Recipient: rfc822; somebody.else@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such user

Final-Recipient: rfc822; office@oakland.example.org
Action: delayed
Status: 4.4.1
"""


@pytest.fixture
def staff(cast: Cast) -> Browser:
    cast.staff()
    return cast.browser(STAFF)


def steps(campaign: Campaign) -> dict[str, str]:
    db.session.expire_all()
    return {each.district.cd_code: each.step for each in standings(campaign)}


@both_databases
def test_staff_write_choose_confirm_and_send(staff: Browser, mailbox: Mailbox, cast: Cast) -> None:
    staff.get("/staff/campaigns")
    staff.submit("/staff/campaigns", subject="Come", text="A *real* chance.", cohort="1")
    page = "/staff/campaigns/1"
    staff.submit(
        f"{page}/contacts",
        text="Milpitas Unified\tunion\tBeatriz\tb@example.org\nnowhere\tx@example.org\n"
        "4373387\tunion\t\tb@example.org\n4373387\tdistrict\t\tnot@an@address",
    )
    shown = staff.get(f"{page}/confirmation").text()
    assert "1 letter to 1 district" in shown
    for reason in ("names no district", "stands here twice", "is no e-mail address"):
        assert reason in shown
    assert mailbox.letters("invitation") == []
    staff.submit(f"{page}/sending")
    while write_letters(now=cast.now()):
        pass
    letter = mailbox.last("invitation", "b@example.org")
    assert "A real chance." in text_of(letter)
    assert "<em" in html_of(letter)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert [part.get_filename() for part in letter.iter_attachments()] == ["bay-area.pdf"]
    assert "All written" in staff.get(page).text()


@both_databases
def test_however_many_write_nobody_gets_a_letter_twice(cast: Cast, mailbox: Mailbox) -> None:
    made = campaign_of(cast)
    actions.send(made, seen=3, by=cast.staff(), now=cast.now())
    actions.send(made, seen=3, by=cast.staff(), now=cast.now())
    for _ in range(4):
        write_letters(now=cast.now())
    assert len({each.to_email for each in mailbox.letters("invitation")}) == 3
    assert len(mailbox.letters("invitation")) == 3


def test_a_list_that_has_changed_is_shown_again(staff: Browser, cast: Cast) -> None:
    made = campaign_of(cast)
    page = f"/staff/campaigns/{made.id}"
    staff.get(f"{page}/confirmation")
    more = from_paste("4373387\tunion\t\tlate@example.org")
    actions.add_list(made, more, by=cast.staff(), now=cast.now())
    again = staff.submit(f"{page}/sending")
    assert again.status == 409
    assert "The list has changed since" in again.text()
    db.session.expire_all()
    assert made.state == "draft"


def test_contacts_stay_with_their_districts(staff: Browser, cast: Cast) -> None:
    campaign_of(cast)
    made = campaign_of(cast, "")
    page = f"/staff/campaigns/{made.id}"
    staff.get(page)
    said = staff.submit(f"{page}/districts", q="milpitas").text()
    assert "2 contacts added" in said
    staff.submit(f"{page}/contacts", text="office@oakland.example.org")
    assert counts(made) == (3, 0)


def test_only_an_answer_counts_as_opened(cast: Cast, mailbox: Mailbox) -> None:
    made = campaign_of(cast)
    send(cast, made)
    browser, link = guest(cast), mailbox.link("invitation", IMOGEN)
    for _ in range(3):
        browser.get(link)
    assert browser.submit(link).status == 422
    assert steps(made)[MILPITAS] == "Waiting"
    start = browser.submit(link, answer="yes")
    assert start.form("/register").value("district_id") == str(of_milpitas().id)
    assert steps(made)[MILPITAS] == "Opened the link"
    cast.team(members=[])
    assert steps(made)[MILPITAS] == "Started"


def of_milpitas() -> District:
    return db.session.scalars(select(District).where(District.cd_code == MILPITAS)).one()


def test_who_declines_is_not_reminded(staff: Browser, cast: Cast, mailbox: Mailbox) -> None:
    made = campaign_of(cast)
    send(cast, made)
    browser, link = guest(cast), mailbox.link("invitation", IMOGEN)
    browser.get(link)
    assert "does not come this year" in browser.submit(link, answer="no").text()
    page = f"/staff/campaigns/{made.id}"
    staff.get(page)
    staff.submit(f"{page}/reminder")
    reminder = db.session.get_one(Campaign, made.id + 1)
    assert [row.email for row in db.session.scalars(of(reminder))] == ["office@oakland.example.org"]
    staff.get(page)
    staff.submit(f"{page}/reminder")
    assert db.session.scalar(select(func.count(Campaign.id))) == 2


def test_one_click_stops_invitations_and_nothing_else(
    cast: Cast, mailbox: Mailbox, app: object
) -> None:
    made = campaign_of(cast)
    send(cast, made)
    header = str(mailbox.last("invitation", IMOGEN)["List-Unsubscribe"])
    path = header.strip("<>").removeprefix("http://localhost")
    client = guest(cast).client
    client.get(path)
    assert suppressed([IMOGEN]) == {}
    answer = client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert suppressed([IMOGEN]) == {IMOGEN: "unsubscribed"}
    assert {each.state for each in mailbox.letters("invitation", IMOGEN)} == {"cancelled"}
    again = campaign_of(cast)
    send(cast, again)
    assert len(mailbox.letters("invitation", IMOGEN)) == 1
    person = cast.browser(IMOGEN)
    person.get("/sign-in")
    person.submit("/sign-in", email=IMOGEN)
    assert mailbox.letters("sign_in", IMOGEN)


def test_mail_that_came_back_marks_its_address(
    staff: Browser, cast: Cast, mailbox: Mailbox
) -> None:
    made = campaign_of(cast)
    send(cast, made)
    staff.get("/staff/suppressions")
    said = staff.submit("/staff/suppressions/returned", text=BOUNCE).text()
    assert f"Marked as not reached: {IMOGEN}." in said
    assert "550 5.1.1 No such user" in said
    assert suppressed(["office@oakland.example.org"]) == {}
    page = staff.get(f"/staff/campaigns/{made.id}").text()
    assert "Mail came back" in page
    assert "Rosalind Achterberg noted that mail came back" in page
    staff.get("/staff/suppressions")
    staff.submit("/staff/suppressions/1/removal")
    assert suppressed([IMOGEN]) == {}
