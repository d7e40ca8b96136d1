"""A campaign to many districts, from its list to the mail server, and each district followed.

``DISTRICTS=1000`` in the environment writes to the whole directory of the state instead.
"""

import os
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from cdef.directory.actions import add_by_hand, import_file
from cdef.directory.models import District
from cdef.flyers import campaign_actions as actions
from cdef.flyers.campaign_page import ON_A_PAGE
from cdef.flyers.follow_models import standings
from cdef.flyers.models import Campaign, counts
from cdef.flyers.send_actions import CHUNK, write_letters
from cdef.kernel.db import db, transaction
from cdef.outbox import worker
from tests.cast import STAFF, Cast, Mailbox
from tests.directory.state_file import real_file
from tests.flyers.campaigning import campaign_of
from tests.outbox.conftest import post
from tests.outbox.mail_server import MailServer
from tests.pages import Browser
from tests.state import guest

__all__ = ["post", "real_file"]
DISTRICTS = int(os.environ.get("DISTRICTS", "200"))
ANSWERS = {"Declined": "no", "Opened the link": "look"}


@pytest.fixture
def settings(post: MailServer) -> dict[str, Any]:
    return {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": post.port, "MAIL_TIMEOUT": 10}


@pytest.fixture
def chosen(cast: Cast, request: pytest.FixtureRequest) -> list[District]:
    """So many districts; those that the directory lacks are typed by hand."""
    if DISTRICTS > 200:
        import_file(request.getfixturevalue("real_file"), by=None, now=cast.now())
    query = select(District).where(District.is_active).order_by(District.id).limit(DISTRICTS)
    with transaction():
        for number in range(DISTRICTS - len(db.session.scalars(query).all())):
            add_by_hand(f"Alder {number}", "Yolo", now=cast.now())
    return list(db.session.scalars(query))


def office(district: District) -> str:
    return f"office{district.id}@example.org"


def work(cast: Cast, rounds: int = 10 * DISTRICTS) -> None:
    """The worker's rounds, as many as there is something to do for: chores and deliveries."""
    while rounds and (write_letters(now=cast.now()) or worker.work_once()):
        rounds -= 1


def to_everybody(cast: Cast, chosen: list[District]) -> Campaign:
    lines = [f"{each.cd_code or each.label}\tdistrict\t\t{office(each)}" for each in chosen]
    return campaign_of(cast, "\n".join(lines))


def press(staff: Browser, page: str, verb: str) -> str:
    staff.get(f"{page}/confirmation" if verb == "sending" else page)
    return staff.submit(f"{page}/{verb}").text()


def test_each_of_many_districts_has_its_letter_once_and_is_followed(
    cast: Cast, chosen: list[District], mailbox: Mailbox, post: MailServer
) -> None:
    made, staff = to_everybody(cast, chosen), cast.browser(STAFF)
    page, refused = f"/staff/campaigns/{made.id}", CHUNK
    post.answers["RCPT"] = [""] * (CHUNK - 1) + ["550 Nobody lives here"]
    press(staff, page, "sending")
    write_letters(now=cast.now())
    worker.work_once()
    assert 0 < len(post.received) < CHUNK
    assert f"Paused: {CHUNK} of {DISTRICTS:,} letters" in press(staff, page, "pause")
    work(cast)
    assert len(post.received) == CHUNK - 1
    press(staff, page, "resumption")
    work(cast, 5)
    later = cast.browser(STAFF)  # Who comes back, on another machine.
    assert "Being written: " in later.get(page).text()
    work(cast)
    assert f"All written: {DISTRICTS} of {DISTRICTS:,} letters" in later.get(page).text()
    received = Counter(to for delivery in post.received for to in delivery.to)
    assert received == Counter({office(each) for each in chosen} - {office(chosen[refused - 1])})
    check_followed(cast, mailbox, made, chosen)


def check_followed(cast: Cast, mailbox: Mailbox, made: Campaign, chosen: list[District]) -> None:
    for each, said in zip(chosen, ANSWERS.values(), strict=False):
        browser, link = guest(cast), mailbox.link("invitation", office(each))
        browser.get(link)
        browser.submit(link, answer=said)
    db.session.expire_all()
    assert counts(made) == (DISTRICTS, DISTRICTS)
    followed = Counter(each.step for each in standings(made))
    silent = DISTRICTS - len(ANSWERS) - 1
    assert followed == {"Handed over": silent, "Waiting": 1} | dict.fromkeys(ANSWERS, 1)
    reminder = db.session.get_one(Campaign, actions.remind(made, by=cast.staff(), now=cast.now()))
    assert counts(reminder) == (silent + 1, 0)


def test_the_districts_stand_on_pages(cast: Cast, chosen: list[District]) -> None:
    made, staff = to_everybody(cast, chosen[: ON_A_PAGE + 1]), cast.browser(STAFF)
    page = staff.get(f"/staff/campaigns/{made.id}")
    assert f"{ON_A_PAGE + 1} districts, page 1 of 2" in page.text()
    first = page.text().count("@example.org, district")
    last = staff.get(f"/staff/campaigns/{made.id}?page=99").text()
    assert "page 2 of 2" in last
    assert (first, last.count("@example.org, district")) == (ON_A_PAGE, 1)
