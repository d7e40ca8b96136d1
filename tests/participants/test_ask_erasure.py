"""Somebody asks for their data to be erased: staff have a task, and answer once."""

import pytest

from cdef.kernel import audit
from tests.cast import FEW, STAFF, Cast, Mailbox, text_of
from tests.conftest import both_databases
from tests.pages import Browser, Page

DASHIELL = "dashiell.nakagawa@example.org"
WISH, ANSWER = "/personal/data/erasure", "/staff/erasures/1/answer"


@pytest.fixture
def mine(cast: Cast) -> Browser:
    cast.approved(members=FEW)
    return cast.browser(DASHIELL, is_personal=True)


@pytest.fixture
def staff(cast: Cast) -> Browser:
    cast.staff()
    return cast.browser(STAFF)


def ask(mine: Browser, words: str = "My needs, please.") -> Page:
    mine.get("/personal/data")
    return mine.submit(WISH, words=words)


@both_databases
def test_staff_find_the_wish_on_their_desk_with_the_rosters(mine: Browser, staff: Browser) -> None:
    assert "The staff will look at your wish" in ask(mine).text()
    assert "1 person asks for their data to be erased." in staff.get("/staff").text()
    text = staff.get("/staff/erasures").text()
    for words in (DASHIELL, "My needs, please.", "Milpitas Unified (Santa Clara County), Bay Area"):
        assert words in text


@both_databases
def test_the_answer_goes_by_letter_and_closes_the_task(
    mine: Browser, staff: Browser, mailbox: Mailbox
) -> None:
    ask(mine)
    staff.get("/staff/erasures")
    page = staff.submit(ANSWER, answer="Your needs are erased.")
    assert "is told what was done." in page.text()
    assert "Your needs are erased." in text_of(mailbox.last("erasure_answered", DASHIELL))
    assert "asks for their data to be erased" not in staff.get("/staff").text()
    assert "Your needs are erased." in mine.get("/personal/data").text()


def test_asking_twice_is_one_wish_in_the_newest_words(mine: Browser, staff: Browser) -> None:
    ask(mine)
    ask(mine, "Everything.")
    text = staff.get("/staff/erasures").text()
    assert "Everything." in text
    assert "My needs, please." not in text


def test_a_wish_can_be_taken_back(mine: Browser, staff: Browser) -> None:
    ask(mine)
    mine.get("/personal/data")
    assert "Your wish is taken back." in mine.submit(f"{WISH}/withdrawal").text()
    assert "Nobody has asked" in staff.get("/staff/erasures").text()


def test_a_closed_wish_is_not_answered_again(mine: Browser, staff: Browser) -> None:
    ask(mine)
    second = staff.get("/staff/erasures")
    staff.submit(ANSWER, answer="Done.")
    staff.page = second
    page = staff.submit(ANSWER, answer="Done twice.")
    assert page.status == 422
    assert "This request is closed already." in page.text()


def test_an_answer_needs_words(mine: Browser, staff: Browser, mailbox: Mailbox) -> None:
    ask(mine)
    staff.get("/staff/erasures")
    assert staff.submit(ANSWER).status == 422
    assert mailbox.letters("erasure_answered") == []


def test_the_timeline_says_that_they_asked_and_not_what(mine: Browser) -> None:
    ask(mine, "I have no spleen.")
    line = next(
        line
        for number in range(1, 9)
        for line in audit.timeline(f"person:{number}")
        if "asked" in line.what
    )
    assert line.what == "asked for their data to be erased"
    assert "spleen" not in line.search_text
