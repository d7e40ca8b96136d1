"""Staff follow each district from the letter to its answer, and letters asked for go first."""

from typing import Any

import pytest

from cdef.flyers import campaign_actions as actions
from cdef.flyers.models import Campaign, counts
from cdef.flyers.send_actions import CHUNK, write_letters
from cdef.kernel import clock
from cdef.kernel.db import db
from cdef.outbox import worker
from cdef.outbox.models import Letter
from tests.cast import STAFF, Cast, Mailbox
from tests.conftest import both_databases
from tests.flyers.campaigning import campaign_of
from tests.outbox.conftest import post
from tests.outbox.mail_server import MailServer
from tests.state import guest

__all__ = ["post"]
# Sacramento's districts and others of the seed, one for each step.
PLACES = {
    "Declined": "3467439",
    "Submitted": "4310439",
    "Started": "4369666",
    "Opened the link": "3410348",
    "Handed over": "3467447",
}
MANY = "\n".join(f"4373387, district, office{number}@example.org" for number in range(2 * CHUNK))


@pytest.fixture
def settings(post: MailServer) -> dict[str, Any]:
    return {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": post.port, "MAIL_TIMEOUT": 10}


def write_and_send(campaign: Campaign, cast: Cast, seen: int) -> None:
    actions.send(campaign, seen=seen, by=cast.staff(), now=cast.now())
    while write_letters(now=cast.now()) or worker.work_once():
        pass


@both_databases
def test_each_district_stands_where_it_has_come_to(cast: Cast, mailbox: Mailbox) -> None:
    cast.staff()
    lines = [f"{code}, district, d{code}@example.org" for code in PLACES.values()]
    made = campaign_of(cast, "\n".join(lines))
    write_and_send(made, cast, len(lines))
    for step, said in (("Declined", "no"), ("Opened the link", "look")):
        browser, link = guest(cast), mailbox.link("invitation", f"d{PLACES[step]}@example.org")
        browser.get(link)
        browser.submit(link, answer=said)
    cast.team(cd_code=PLACES["Started"], members=[])
    cast.submitted(cd_code=PLACES["Submitted"], lead="f@example.org", partner="g@example.org")
    page = cast.browser(STAFF).get(f"/staff/campaigns/{made.id}").text()
    for step in PLACES:
        assert f"{step}: 1" in page
    assert "Remind the 1 silent district" in page


@both_databases
def test_a_letter_asked_for_never_waits_for_a_thousand_others(
    cast: Cast, mailbox: Mailbox, post: MailServer
) -> None:
    made = campaign_of(cast, MANY)
    actions.send(made, seen=2 * CHUNK, by=cast.staff(), now=cast.now())
    assert write_letters(now=cast.now())
    assert not write_letters(now=cast.now())
    assert counts(made) == (2 * CHUNK, CHUNK)
    person = guest(cast)
    person.get("/sign-in")
    person.submit("/sign-in", email=STAFF)
    while worker.work_once():
        pass
    assert write_letters(now=clock.now())
    order = [letter.kind for letter in mailbox.letters()]
    assert order == ["invitation"] * CHUNK + ["sign_in"] + ["invitation"] * CHUNK
    assert len(post.received) == CHUNK + 1


def test_a_pause_stops_all_but_the_letters_that_wait(
    cast: Cast, mailbox: Mailbox, post: MailServer
) -> None:
    made = campaign_of(cast, MANY)
    page, staff = f"/staff/campaigns/{made.id}", cast.browser(STAFF)
    staff.get(f"{page}/confirmation")
    staff.submit(f"{page}/sending")
    write_letters(now=cast.now())
    staff.get(page)
    staff.submit(f"{page}/pause")
    while write_letters(now=cast.now()) or worker.work_once():
        pass
    assert len(post.received) == CHUNK
    assert f"Paused: {CHUNK} of {2 * CHUNK} letters" in staff.get(page).text()
    staff.submit(f"{page}/resumption")
    staff.get("/staff")
    while write_letters(now=cast.now()) or worker.work_once():
        pass
    assert f"All written: {2 * CHUNK} of {2 * CHUNK} letters" in staff.get(page).text()
    db.session.expire_all()
    assert {letter.state for letter in db.session.query(Letter)} == {"handed_over"}
