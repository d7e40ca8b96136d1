"""Two staff members on one team: the second learns what happened, and loses nothing typed."""

import pytest

from cdef.accounts import actions as accounts
from cdef.kernel import clock
from tests.cast import STAFF, Cast, Mailbox
from tests.conftest import both_databases
from tests.registrations.deciding import bring, path, post
from tests.registrations.test_transitions import ALLOWED

COLLEAGUE = "octavia.penhaligon@example.org"
NOTE = "A long note that took a while."


@both_databases
@pytest.mark.parametrize(("state", "verb"), ALLOWED)
def test_the_second_is_told_what_the_first_decided(
    cast: Cast, mailbox: Mailbox, state: str, verb: str
) -> None:
    team = bring(cast, state)
    accounts.add_staff(COLLEAGUE, name="Octavia Penhaligon", by=None, now=clock.now())
    first, second = cast.browser(COLLEAGUE), cast.browser(STAFF)
    for browser in (first, second):
        browser.get(f"/staff/teams/{team.id}")
    assert post(first, team, verb).status == 200
    now, letters = team.state, len(mailbox.letters())
    decisions = len(team.registration.decisions)
    page = post(second, team, "withdraw" if verb != "withdraw" else "reopen", NOTE)
    assert page.status == 409
    assert "Meanwhile: Octavia Penhaligon " in page.text()
    assert "noting “Because.”" in page.text()
    assert page.value("note") == NOTE
    assert (team.state, len(mailbox.letters())) == (now, letters)
    assert len(team.registration.decisions) == decisions
    assert page.value("version") == str(team.registration.decisions[-1].id)


def test_having_looked_the_second_can_decide_after_all(cast: Cast) -> None:
    team = bring(cast, "submitted")
    staff = cast.browser(STAFF)
    staff.get(f"/staff/teams/{team.id}")
    cast.decide(team, "waitlist")
    assert post(staff, team, "decline", NOTE).status == 409
    assert staff.submit(path(team, "decline")).status == 200
    assert team.registration.decisions[-1].note == NOTE


def test_notes_on_rows_and_reasons_stay_typed_as_well(cast: Cast) -> None:
    team = bring(cast, "submitted")
    staff = cast.browser(STAFF)
    staff.get(f"/staff/teams/{team.id}")
    cast.decide(team, "waitlist")
    row = f"row_{team.members[0].id}"
    page = post(staff, team, "return", NOTE, **{row: "Which school?"}, over="Chairs")
    assert page.status == 409
    assert (page.value(row), page.value("over")) == ("Which school?", "Chairs")


@both_databases
def test_the_same_form_sent_twice_decides_once(cast: Cast, mailbox: Mailbox) -> None:
    team, staff = bring(cast, "submitted"), cast.browser(STAFF)
    page = staff.get(f"/staff/teams/{team.id}")
    post(staff, team, "return")
    letters = len(mailbox.letters())
    staff.page = page
    assert post(staff, team, "return").status == 200
    assert [each.verb for each in team.registration.decisions] == ["submit", "return"]
    assert len(mailbox.letters()) == letters
