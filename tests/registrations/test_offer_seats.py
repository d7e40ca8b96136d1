"""Offering seats to a team that waits: they are held until the leads answer, or the time is up."""

import pytest

from cdef.kernel import audit
from cdef.registrations.offer_models import seats_left
from tests.cast import DISTRICT_LEAD, STAFF, UNION_LEAD, Cast, Mailbox, html_of, text_of
from tests.conftest import both_databases
from tests.pages import Browser
from tests.registrations.deciding import decide, give_seats, letters_after
from tests.registrations.waiting import FEW, LARGE, waiting


@pytest.fixture
def staff(cast: Cast) -> Browser:
    cast.staff()
    return cast.browser(STAFF)


@both_databases
def test_the_leads_are_told_how_long_the_seats_are_held(
    cast: Cast, staff: Browser, mailbox: Mailbox
) -> None:
    (team,) = waiting(cast, FEW, seats=4)
    page = decide(staff, team, "offer", "A school left.")
    assert "Seats are offered until October 24, 2016, 11:59 pm." in page.text()
    for lead in (DISTRICT_LEAD, UNION_LEAD):
        letter = mailbox.last("offered", lead)
        for said in (text_of(letter), html_of(letter)):
            assert "4 seats in the Bay Area Cohort are held" in said
            assert "until October 24, 2016, 11:59 pm" in said
            assert "A school left." in said


@both_databases
def test_held_seats_count_as_taken_for_everybody_else(cast: Cast, staff: Browser) -> None:
    first, second = waiting(cast, FEW, FEW, seats=6)
    decide(staff, first, "offer")
    assert seats_left(first.cohort, cast.now()) == 2
    page = decide(staff, second, "approve")
    assert page.status == 422
    assert "The team needs 4 seats, and 2 seats are left." in page.text()
    assert decide(staff, first, "approve").status == 200


@both_databases
@pytest.mark.parametrize("lead", [DISTRICT_LEAD, UNION_LEAD])
def test_a_lead_accepts_and_everybody_is_confirmed(
    cast: Cast, staff: Browser, mailbox: Mailbox, lead: str
) -> None:
    (team,) = waiting(cast, FEW, seats=4)
    decide(staff, team, "offer")
    letters = len(mailbox.letters())
    browser = cast.browser(lead)
    page = browser.get(f"/teams/{team.id}")
    assert "4 seats are held for your team until October 24, 2016, 11:59 pm" in page.text()
    page = browser.submit(f"/teams/{team.id}/offer/acceptance")
    assert "The seats are yours: the team is approved." in page.text()
    assert team.state == "approved"
    told = letters_after(mailbox, letters)
    assert sorted(kind for kind, _ in told) == ["approved"] * 2 + ["confirmation"] * 4
    event = audit.timeline(team.about)[0]
    assert event.what == "accepted the seats that were offered"
    assert {letter.state for letter in mailbox.letters("lapsed")} == {"cancelled"}


def test_a_lead_passes_and_the_team_goes_to_the_end(
    cast: Cast, staff: Browser, mailbox: Mailbox
) -> None:
    first, second = waiting(cast, FEW, FEW, seats=4)
    decide(staff, first, "offer")
    lead = cast.browser(DISTRICT_LEAD)
    lead.get(f"/teams/{first.id}")
    page = lead.submit(f"/teams/{first.id}/offer/refusal")
    assert first.state == "waitlisted"
    assert "1 team waits before yours." in page.text()
    assert seats_left(first.cohort, cast.now()) == 4
    assert "at the end of the waitlist" in text_of(mailbox.last("passed", UNION_LEAD))
    assert (
        second.district.name in staff.get("/staff/cohorts/bay-area").text().split("first that")[0]
    )


@both_databases
def test_an_offer_lapses_by_itself_and_is_shown_so(
    cast: Cast, staff: Browser, mailbox: Mailbox
) -> None:
    first, _ = waiting(cast, FEW, FEW, seats=4)
    cast.decide(first, "offer")
    cast.later(days=7, hours=1)
    assert seats_left(first.cohort, cast.now()) == 4
    lead = cast.browser(DISTRICT_LEAD)
    page = lead.get(f"/teams/{first.id}")
    assert "The offer of seats lapsed on" in page.text()
    assert "1 team waits before yours. Your team needs 4 seats, 4 are free." in page.text()
    token = page.value("csrf_token")
    page = lead.post(f"/teams/{first.id}/offer/acceptance", [("csrf_token", token)])
    assert page.status == 422
    assert "No seats are offered to this team now: the offer has ended." in page.text()
    assert first.state == "waitlisted"


def test_the_letter_about_a_lapse_waits_until_then(cast: Cast, mailbox: Mailbox) -> None:
    (team,) = waiting(cast, FEW, seats=4)
    cast.decide(team, "offer")
    letters = mailbox.letters("lapsed")
    assert {letter.due_at for letter in letters} == {team.registration.offered_until}
    assert "Nobody answered" in text_of(mailbox.last("lapsed", DISTRICT_LEAD))


def test_an_offer_is_taken_back_and_the_team_keeps_its_place(
    cast: Cast, staff: Browser, mailbox: Mailbox
) -> None:
    first, _ = waiting(cast, FEW, FEW, seats=4)
    decide(staff, first, "offer")
    page = decide(staff, first, "recall", "A mistake.")
    assert "No team waits before this one." in page.text()
    assert "A mistake." in text_of(mailbox.last("recalled", DISTRICT_LEAD))
    assert seats_left(first.cohort, cast.now()) == 4


def test_seats_are_offered_once_at_a_time(cast: Cast, staff: Browser) -> None:
    (team,) = waiting(cast, FEW, seats=4)
    cast.decide(team, "offer")
    page = decide(staff, team, "offer")
    assert page.status == 422
    assert "Seats are offered to this team already" in page.text()


@pytest.mark.parametrize("until", ["", "2016-10-16", "2017-10-17", "soon", "9999-12-31"])
def test_an_offer_needs_a_day_within_reach(cast: Cast, staff: Browser, until: str) -> None:
    (team,) = waiting(cast, FEW, seats=4)
    page = decide(staff, team, "offer", "Kept.", until=until)
    assert page.status == 422
    assert page.value("note") == "Kept."
    assert team.registration.offered_until is None


def test_only_leads_answer(cast: Cast, staff: Browser) -> None:
    (team,) = waiting(cast, FEW, seats=4)
    cast.decide(team, "offer")
    token = staff.get("/staff").value("csrf_token")
    page = staff.post(f"/teams/{team.id}/offer/acceptance", [("csrf_token", token)])
    assert page.status == 422
    assert team.state == "waitlisted"


# The waitlist.


@both_databases
def test_the_first_team_that_fits_is_proposed(cast: Cast, staff: Browser) -> None:
    large, small = waiting(cast, LARGE, FEW, seats=5)
    page = staff.get("/staff/cohorts/bay-area")
    proposed = f"{small.district.label} is the first that fits: it needs 4 seats, 5 are free."
    assert proposed in page.text()
    assert "8 seats needed, 3 too few are free" in page.text()
    page = staff.submit(f"/staff/teams/{small.id}/offer")
    assert page.status == 200, page.text()
    assert small.registration.is_offered(cast.now())
    give_seats(large, 20)
    page = staff.get("/staff/cohorts/bay-area")
    assert f"{large.district.label} is the first that fits" in page.text()


def test_a_team_reads_its_place_in_honest_words(cast: Cast) -> None:
    *_, last = waiting(cast, LARGE, FEW, FEW, seats=8)
    lead = cast.browser("lead2@example.org")
    page = lead.get(f"/teams/{last.id}")
    assert "2 teams wait before yours. Your team needs 4 seats, 8 are free." in page.text()


def test_the_waitlist_is_drawn_anew_when_somebody_decides(cast: Cast, staff: Browser) -> None:
    (team,) = waiting(cast, FEW, seats=0)
    staff.get("/staff/cohorts/bay-area")
    give_seats(team, 4)
    answer = staff.client.get("/staff/cohorts/bay-area/waitlist", headers={"HX-Request": "true"})
    assert 'hx-trigger="registration-decided from:body"' in answer.text
    assert "is the first that fits" in answer.text
