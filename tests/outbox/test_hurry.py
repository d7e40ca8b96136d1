"""Staff let a deferred letter be tried at once, and hear when letters do not get out."""

import pytest

from cdef.outbox import worker
from tests.cast import DISTRICT_LEAD, STAFF, Cast, Mailbox
from tests.conftest import both_databases
from tests.outbox.conftest import Write
from tests.outbox.mail_server import MailServer
from tests.pages import Browser

SENTENCE = "Letters have been waiting for more than 15 minutes."


@both_databases
def test_a_deferred_letter_is_tried_at_once(
    cast: Cast, write: Write, post: MailServer, mailbox: Mailbox
) -> None:
    cast.staff()
    post.answers["RCPT"] = ["451 Later"]
    address = f"/staff/outbox/{write().id}"
    worker.work_once()
    assert not worker.work_once()
    staff = cast.browser(STAFF)
    staff.get(address)
    assert staff.submit(f"{address}/attempt").path == address
    worker.work_once()
    assert [letter.state for letter in mailbox.letters()] == ["handed_over"]
    assert not staff.get(address).has_form(f"{address}/attempt")


def test_what_has_arrived_is_not_sent_again(
    cast: Cast, write: Write, post: MailServer, mailbox: Mailbox
) -> None:
    cast.staff()
    post.answers["RCPT"] = ["451 Later"]
    address = f"/staff/outbox/{write().id}"
    worker.work_once()
    staff, double = cast.browser(STAFF), cast.browser(STAFF)
    for browser in (staff, double):
        browser.get(address)
    for browser in (staff, double):
        browser.submit(f"{address}/attempt")
        worker.work_once()
    assert len(post.received) == 1


def test_a_lead_cannot_hurry_letters(cast: Cast, write: Write, browser: Browser) -> None:
    letter_id = write().id
    lead = cast.browser(DISTRICT_LEAD)
    lead.get("/teams")
    (token,) = {lead.page.value("csrf_token")} if lead.page else {None}
    answer = lead.post(f"/staff/outbox/{letter_id}/attempt", [("csrf_token", token)])
    assert answer.status == 403


@pytest.mark.parametrize(("minutes", "is_late"), [(14, False), (15, True)])
def test_after_15_minutes_staff_and_whoever_watches_are_told(
    cast: Cast, write: Write, minutes: int, is_late: bool
) -> None:
    cast.staff()
    write()
    cast.later(minutes=minutes)
    staff = cast.browser(STAFF)
    for path in ("/staff", "/staff/outbox", "/"):
        assert (SENTENCE in staff.get(path).text()) == is_late
    ready = staff.client.get("/healthz/ready")
    assert ready.status_code == (503 if is_late else 200)
    assert (SENTENCE in ready.text) == is_late
    assert staff.client.get("/healthz/live").status_code == 200


@pytest.mark.parametrize("step", ["RCPT", "."])
def test_a_letter_that_is_deferred_again_and_again_is_late_too(
    cast: Cast, write: Write, post: MailServer, browser: Browser, step: str
) -> None:
    post.answers[step] = 9 * ["451 Later"]
    write()
    for _ in range(4):
        worker.work_once()
        cast.later(minutes=5)
    assert browser.client.get("/healthz/ready").status_code == 503
    post.answers.clear()
    cast.later(hours=1)
    worker.work_once()
    assert browser.client.get("/healthz/ready").status_code == 200


def test_leads_are_not_told(cast: Cast, write: Write) -> None:
    write()
    cast.later(hours=1)
    assert SENTENCE not in cast.browser(DISTRICT_LEAD).get("/teams").text()
