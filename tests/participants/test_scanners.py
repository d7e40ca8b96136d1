"""Programs that look at mail open its links, and press what they find: nothing changes by that."""

import re

import pytest

from cdef.teams.models import Team
from tests.cast import FEW, Cast, Mailbox, parse, text_of
from tests.pages import Browser, Page
from tests.publishing import at_desk, hand_over, move
from tests.registrations.substituting import TO, answer, own_id, propose
from tests.world import digest

LINK = re.compile(r"http://localhost(/personal/open/\S+)")


@pytest.fixture
def team(cast: Cast) -> Team:
    """Somebody has a confirmation, newer dates, and the answer to a substitute."""
    team = cast.approved(members=FEW)
    hand_over()
    move(at_desk(cast), "bay-area", 1, "2016-12-06", "2016-12-07")
    propose(cast.browser(TO, is_personal=True), team)
    answer(cast.browser("beatriz.holloway@example.org"), team, "refusal")
    return team


def links(mailbox: Mailbox) -> list[str]:
    found = [LINK.search(text_of(parse(letter.raw))) for letter in mailbox.letters(to=TO)]
    return [match[1] for match in found if match]


def scan(browser: Browser, link: str) -> Page:
    """As the most curious of them do."""
    browser.client.head(link)
    for _ in range(3):
        page = browser.get(link)
    button = page.find("button", class_="button button--main")[0]
    assert "".join(button.itertext()).strip() == "Open my page"
    return browser.submit(link)


def test_a_scanner_changes_nothing_but_where_it_is_signed_in_itself(
    cast: Cast, team: Team, mailbox: Mailbox, browser: Browser
) -> None:
    found = links(mailbox)
    assert len(found) == 3
    before = digest()
    for link in found:
        scan(browser, link)
    changed = [table for table, mark in digest().items() if mark != before[table]]
    assert changed == ["signed_in"]


def test_the_persons_own_click_works_after_it(
    cast: Cast, team: Team, mailbox: Mailbox, browser: Browser
) -> None:
    for link in links(mailbox):
        scan(browser, link)
        mine = Browser(cast.app.test_client())
        mine.get(link)
        mine.submit(link)
        meeting = f"/personal/{own_id(team)}/meetings/{team.cohort.meetings[0].id}/decline"
        assert "You said that you cannot come." in mine.submit(meeting).text()
