"""Setting a cohort's seats, and giving more than there are."""

import pytest

from cdef.accounts import actions as accounts
from cdef.kernel import audit, clock
from cdef.registrations.models import seats_taken
from tests.cast import DISTRICT_LEAD, FEW, STAFF, Cast, Mailbox, text_of
from tests.conftest import both_databases
from tests.pages import Browser, Page
from tests.registrations.deciding import bring, decide, give_seats

SEATS = "/staff/cohorts/bay-area/seats"


@pytest.fixture
def staff(cast: Cast) -> Browser:
    cast.staff()
    return cast.browser(STAFF)


def set_seats(staff: Browser, seats: str) -> Page:
    staff.get("/staff/cohorts/bay-area")
    return staff.submit(SEATS, seats=seats)


@both_databases
def test_fewer_than_are_approved_shows_whom_it_is_about_and_drops_nobody(
    cast: Cast, staff: Browser
) -> None:
    team = cast.approved(members=FEW)
    page = set_seats(staff, "3")
    assert page.status == 422
    assert "That is 1 person fewer than are approved or have an offer." in page.text()
    assert f"{team.district.label}, 4 people" in page.text()
    assert team.cohort.seats == 80
    page = staff.submit(SEATS)
    assert page.status == 200
    assert (team.cohort.seats, team.state, seats_taken(team.cohort)) == (3, "approved", 4)
    assert "1 person over" in page.text()
    event = audit.timeline(f"cohort:{team.cohort_id}")[0]
    assert (event.before, event.after) == ({"seats": 80}, {"seats": 3, "people over": 1})


def test_somebody_approved_meanwhile_is_shown_first(cast: Cast, staff: Browser) -> None:
    team = cast.approved(members=FEW)
    set_seats(staff, "3")
    cast.approved(cd_code="0161259", lead="l@example.org", partner="p@example.org", members=FEW)
    page = staff.submit(SEATS)
    assert page.status == 422
    assert "That is 5 people fewer" in page.text()
    assert team.cohort.seats == 80


def test_more_seats_are_set_at_once(cast: Cast, staff: Browser) -> None:
    assert "Bay Area: 90 seats." in set_seats(staff, "90").text()


@pytest.mark.parametrize("seats", ["", "-1", "many", "1e3", "10000", "٣"])
def test_no_number_is_refused_and_kept(cast: Cast, staff: Browser, seats: str) -> None:
    page = set_seats(staff, seats)
    assert page.status == 422
    assert page.value("seats") == seats
    assert "Please give a number of people" in page.text()


# More people than seats.


@both_databases
def test_over_the_seats_needs_a_reason_of_its_own(
    cast: Cast, staff: Browser, mailbox: Mailbox
) -> None:
    team = bring(cast, "submitted")
    colleague = "octavia.penhaligon@example.org"
    accounts.add_staff(colleague, name="Octavia Penhaligon", by=None, now=clock.now())
    give_seats(team, 3)
    page = decide(staff, team, "approve", "Welcome.")
    assert page.status == 422
    assert "over_capacity" not in {letter.kind for letter in mailbox.letters()}
    assert "“More people than seats, with your reason” to Octavia Penhaligon" in page.text()
    page = decide(staff, team, "approve", "Welcome.", over="Two chairs more.")
    assert page.status == 200, page.text()
    assert "More people than seats. Two chairs more." in page.text()
    assert "1 person over" in page.text()
    letter = text_of(mailbox.last("over_capacity", colleague))
    assert "The reason: Two chairs more." in letter
    assert "Rosalind Achterberg approved the team of Milpitas Unified" in letter
    assert "chairs" not in text_of(mailbox.last("approved", DISTRICT_LEAD))
    after = audit.timeline(team.about)[0].after
    assert after is not None
    assert after["over"] == "Two chairs more."


def test_a_reason_that_was_not_needed_is_not_kept(cast: Cast, staff: Browser) -> None:
    team = bring(cast, "submitted")
    decide(staff, team, "approve", over="Two chairs more.")
    assert team.registration.decisions[-1].over == ""
