"""Staff see each letter that failed as a task, until it is sent again, set aside or overtaken."""

import pytest
from flask import Flask

from cdef.kernel import audit, clock
from cdef.kernel.db import db, transaction
from cdef.outbox import actions, queries, worker
from cdef.outbox.models import Letter
from tests.cast import DISTRICT_LEAD, STAFF, UNION_LEAD, Cast, Mailbox, parse, text_of
from tests.conftest import both_databases
from tests.outbox.conftest import Write
from tests.outbox.mail_server import MailServer
from tests.pages import Browser, Page

NOBODY = "550 5.1.1 Nobody lives here"
WRONG, RIGHT = "thaddeus.okonkwo.reyes@example.org", "thaddeus.okonkwo@example.org"


@pytest.fixture
def failed(cast: Cast, write: Write, post: MailServer) -> Letter:
    """A letter without links or calendars, to an address where nobody lives."""
    cast.staff()
    post.answers["RCPT"] = [NOBODY]
    letter = write(attachments=[])
    worker.work_once()
    post.answers.clear()
    return letter


def fail(letter: Letter) -> Letter:
    with transaction(letter):
        actions.move(letter, "send", now=clock.now())
        actions.move(letter, "fail", now=clock.now(), answer=NOBODY)
    return letter


def send(cast: Cast, letter: Letter, email: str) -> Page:
    staff = cast.browser(STAFF)
    staff.get(f"/staff/outbox/{letter.id}")
    return staff.submit(f"/staff/outbox/{letter.id}/resend", email=email)


def deliver_all() -> None:
    while worker.work_once():
        pass


@both_databases
def test_a_failed_letter_is_a_task_until_it_is_sent_again(
    cast: Cast, failed: Letter, post: MailServer, mailbox: Mailbox
) -> None:
    staff = cast.browser(STAFF)
    assert "1 letter could not be delivered" in staff.get("/staff").text()
    assert NOBODY in staff.get("/staff/outbox?state=to-mend").text()
    page = send(cast, failed, "right@example.org")
    assert page.path == f"/staff/outbox/{failed.id}"
    assert "Sent again to right@example.org" in page.text()
    assert "could not be delivered" not in staff.get("/staff").text()
    assert "No letters here" in staff.get("/staff/outbox?state=to-mend").text()
    deliver_all()
    (delivery,) = post.received
    old, new = mailbox.letters()
    assert delivery.to == ["right@example.org"]
    assert (new.state, new.resends_id, old.state) == ("handed_over", old.id, "failed")
    assert text_of(parse(new.raw)) == text_of(parse(old.raw))
    assert new.message_id != old.message_id


@both_databases
def test_the_same_address_gets_the_same_bytes(
    cast: Cast, failed: Letter, post: MailServer, mailbox: Mailbox
) -> None:
    raw = failed.raw
    send(cast, failed, failed.to_email)
    deliver_all()
    assert [delivery.raw for delivery in post.received] == [raw]
    assert [(letter.state, letter.attempts) for letter in mailbox.letters()] == [("handed_over", 1)]


def test_what_is_tried_anew_has_96_hours_from_then(
    cast: Cast, failed: Letter, post: MailServer, mailbox: Mailbox
) -> None:
    cast.later(days=30)
    send(cast, failed, failed.to_email)
    post.answers["RCPT"] = ["451 Later"]
    worker.work_once()
    assert [letter.state for letter in mailbox.letters()] == ["deferred"]


def test_a_double_click_sends_once(
    cast: Cast, failed: Letter, mailbox: Mailbox, post: MailServer
) -> None:
    address = f"/staff/outbox/{failed.id}"
    browsers = [cast.browser(STAFF) for _ in range(2)]
    for browser in browsers:
        browser.get(address)
    for browser in browsers:
        assert browser.submit(f"{address}/resend", email="right@example.org").path == address
    deliver_all()
    assert len(post.received) == 1
    assert len(mailbox.letters()) == 2


@both_databases
def test_mending_a_members_address_mends_the_roster_and_writes_a_fresh_confirmation(
    cast: Cast, mailbox: Mailbox
) -> None:
    team = cast.approved()
    failed = fail(mailbox.letters("confirmation", WRONG)[0])
    page = send(cast, failed, RIGHT)
    assert f"corrected the address of Thaddeus Okonkwo-Reyes to {RIGHT}" in page.text()
    db.session.expire_all()
    assert RIGHT in {member.email for member in team.members}
    (fresh,) = mailbox.letters("confirmation", RIGHT)
    assert fresh.state == "queued"
    assert set(fresh.secrets).isdisjoint(failed.secrets)
    assert mailbox.letters("cancellation") == []
    assert queries.figures(clock.now()).failures == 0


def test_a_link_for_one_reader_never_goes_to_another(cast: Cast, mailbox: Mailbox) -> None:
    """A sign-in link sent elsewhere would sign somebody else in."""
    cast.staff()
    guest = Browser(cast.app.test_client())
    guest.get("/sign-in")
    guest.submit("/sign-in", email=STAFF)
    letter = fail(mailbox.letters("sign_in")[0])
    page = send(cast, letter, "else@example.org")
    assert page.status == 422
    assert "cannot go to another address" in page.text()
    assert page.value("email") == "else@example.org"
    assert len(mailbox.letters()) == 1


def test_a_sign_in_letter_that_failed_is_nobodys_task_once_it_is_too_late(
    cast: Cast, mailbox: Mailbox
) -> None:
    cast.staff()
    guest = Browser(cast.app.test_client())
    guest.get("/sign-in")
    guest.submit("/sign-in", email=STAFF)
    fail(mailbox.letters("sign_in")[0])
    assert queries.figures(clock.now()).failures == 1
    cast.later(minutes=31)
    assert queries.figures(clock.now()).failures == 0


def test_an_address_that_is_taken_is_refused_and_nothing_is_changed(
    cast: Cast, mailbox: Mailbox
) -> None:
    cast.approved()
    letter = fail(mailbox.letters("confirmation", WRONG)[0])
    page = send(cast, letter, UNION_LEAD)
    assert page.status == 422
    assert page.value("email") == UNION_LEAD
    assert queries.figures(clock.now()).failures == 1
    assert len(mailbox.letters("confirmation", UNION_LEAD)) == 1


@pytest.mark.parametrize("email", ["", "no address", "a" * 300 + "@example.org"])
def test_what_is_no_address_is_refused_with_what_was_typed(
    cast: Cast, failed: Letter, email: str
) -> None:
    page = send(cast, failed, email)
    assert page.status == 422
    assert page.value("email") == email


@both_databases
def test_setting_aside_needs_a_note_and_ends_the_task(cast: Cast, failed: Letter) -> None:
    staff, address = cast.browser(STAFF), f"/staff/outbox/{failed.id}"
    staff.get(address)
    assert staff.submit(f"{address}/setting-aside").status == 422
    page = staff.submit(f"{address}/setting-aside", note="Told on the phone.")
    assert "Rosalind Achterberg set it aside: Told on the phone." in page.text()
    assert queries.figures(clock.now()).failures == 0
    newest = audit.timeline("team:1")[0]
    assert newest.what == f"set aside a letter to {failed.to_email} that failed"


def test_a_newer_fact_takes_the_task_away(cast: Cast, mailbox: Mailbox) -> None:
    team = cast.approved()
    letter = fail(mailbox.letters("confirmation", WRONG)[0])
    cast.decide(team, "withdraw")
    assert queries.figures(clock.now()).failures == 0
    page = cast.browser(STAFF).get(f"/staff/outbox/{letter.id}")
    assert "Failed: The registration was withdrawn." in page.text()
    assert not page.has_form(f"/staff/outbox/{letter.id}/resend")


def test_who_did_what_is_on_the_timeline(cast: Cast, failed: Letter) -> None:
    send(cast, failed, "right@example.org")
    line = audit.timeline("team:1")[0]
    assert (line.who, line.what) == ("Rosalind Achterberg", "sent a letter again: Your roster")
    assert (line.before, line.after) == ({"to": failed.to_email}, {"to": "right@example.org"})


def test_leads_are_told_nothing_of_it_and_can_do_nothing(
    app: Flask, cast: Cast, failed: Letter
) -> None:
    lead = cast.browser(DISTRICT_LEAD)
    assert "failed" not in lead.get("/teams").text()
    token = lead.page.value("csrf_token") if lead.page else ""
    for end in ("resend", "setting-aside"):
        answer = lead.post(f"/staff/outbox/{failed.id}/{end}", [("csrf_token", token)])
        assert answer.status == 403
