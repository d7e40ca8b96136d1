"""Staff change the price of a place and the size of a team, and see whom it concerns."""

import pytest

from cdef.kernel.db import db
from cdef.teams import rules
from tests.cast import DISTRICT_LEAD, FEW, OAKLAND, OTHER_LEAD, Cast, Mailbox
from tests.conftest import both_databases
from tests.pages import Browser
from tests.series.desk import PAGE, current, newest_event, staff_browser

FORM = f"{PAGE}/terms"


@pytest.fixture
def staff(cast: Cast) -> Browser:
    browser = staff_browser(cast)
    browser.get(FORM)
    return browser


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("75", 7500), ("$62.50", 6250), ("1,250.5", 125050), ("$ 0", 0), ("0.07", 7)],
)
def test_the_price_is_typed_in_dollars(staff: Browser, typed: str, cents: int) -> None:
    assert "Price and sizes are saved." in staff.submit(FORM, price_cents=typed).text()
    assert current().price_cents == cents
    event = newest_event("series:1")
    assert (event.before, event.after) == ({"price_cents": 6000}, {"price_cents": cents})


@pytest.mark.parametrize("typed", ["", "free", "-5", "1.234", "10,00", "1e3", "٣", "9" * 30])
def test_what_is_no_price_is_refused_and_kept(staff: Browser, typed: str) -> None:
    page = staff.submit(FORM, price_cents=typed)
    assert page.status == 422
    assert page.value("price_cents") == typed
    assert current().price_cents == 6000


def test_sizes_must_fit_each_other(staff: Browser) -> None:
    page = staff.submit(FORM, smallest_team="9", largest_team="8")
    assert page.status == 422
    assert "The largest team cannot be smaller than the smallest." in page.text()


@both_databases
def test_who_has_submitted_keeps_the_price_that_was_signed(cast: Cast) -> None:
    approved, staff = cast.approved(members=FEW), staff_browser(cast)
    staff.get(FORM)
    staff.submit(FORM, price_cents="75")
    db.session.expire_all()
    assert rules.price_cents(approved) == 6000
    assert "$240" in cast.browser(DISTRICT_LEAD).get(f"/teams/{approved.id}").text()
    draft = cast.team(cd_code=OAKLAND, lead=OTHER_LEAD, partner="partner@example.org", members=FEW)
    assert "$300" in cast.browser(OTHER_LEAD).get(f"/teams/{draft.id}").text()


@both_databases
def test_one_signature_at_the_old_price_is_void_and_that_lead_is_told(
    cast: Cast, mailbox: Mailbox
) -> None:
    team = cast.team(members=FEW)
    cast.sign(team, "district")
    staff = staff_browser(cast)
    assert "1 signature of one side is void then" in staff.get(FORM).text()
    staff.submit(FORM, price_cents="75")
    db.session.expire_all()
    assert rules.current_signature(team, "district") is None
    letter = mailbox.last("signature_voided", DISTRICT_LEAD)
    assert "changed the price to $75 a person" in str(letter.get_body(("plain",)))
    cast.sign(team, "district")
    cast.sign(team, "union")
    assert team.signatures[-1].cost_cents == 4 * 7500


def test_a_look_says_whom_the_sizes_concern_and_saves_nothing(cast: Cast) -> None:
    cast.submitted(members=FEW)
    staff = staff_browser(cast)
    assert "Of the 1 team that waits for a decision, none are smaller" in staff.get(FORM).text()
    page = staff.submit(FORM, press="See", smallest_team="6")
    assert "1 is smaller or larger than typed here" in page.text()
    assert current().smallest_team == 4


def test_two_changes_of_the_price_are_shown_side_by_side(cast: Cast) -> None:
    first, second = staff_browser(cast), staff_browser(cast)
    first.get(FORM)
    second.get(FORM)
    first.submit(FORM, price_cents="70")
    page = second.submit(FORM, price_cents="80", largest_team="12")
    assert page.status == 409
    assert "Price for each person, as it is saved now $70" in page.text()
    assert page.value("price_cents") == "80"
    assert current().price_cents == 7000
    second.submit(FORM)
    assert (current().price_cents, current().largest_team) == (8000, 12)


def test_leads_cannot_change_the_terms(cast: Cast) -> None:
    cast.team()
    assert cast.browser(DISTRICT_LEAD).get(FORM).status == 403
