"""Asking leads about a roster that rests: some days apart, a few times, and never at night."""

from flask import Flask

from cdef.kernel import audit, clock
from cdef.registrations.nudge_actions import write_nudges
from tests.cast import DISTRICT_LEAD, FEW, UNION_LEAD, Cast, Mailbox, html_of, text_of
from tests.conftest import both_databases
from tests.participants.reminding import at, work
from tests.races import at_once
from tests.registrations.deciding import BECAUSE
from tests.teams.asking import WITHOUT_BOARD
from tests.teams.starting import close

KIND = "roster_nudge"
# The teams of these tests are begun on a Monday, October 17.
SUNDAY, TUESDAY = "2016-10-30T12:00", "2016-10-25T09:00"
BOTH = [UNION_LEAD, DISTRICT_LEAD]


def nudged(mailbox: Mailbox) -> list[str]:
    return sorted(letter.to_email for letter in mailbox.letters(KIND))


@both_databases
def test_both_leads_of_a_complete_roster_are_asked_to_sign(
    app: Flask, cast: Cast, mailbox: Mailbox
) -> None:
    team = cast.team(members=FEW)
    for _ in range(3):
        at(cast, TUESDAY)
        work(app)
        assert nudged(mailbox) == BOTH
    letter = mailbox.last(KIND, DISTRICT_LEAD)
    for said in (text_of(letter), html_of(letter)):
        assert "Both leads sign it" in said
        assert f"/teams/{team.id}" in said
    line = audit.timeline(team.about)[0]
    assert line.who == "the system"
    assert (
        line.what == "asked Imogen Castellanos and Beatriz Holloway about the roster, which rests"
    )


def test_the_lead_who_has_not_signed_is_asked_alone(
    app: Flask, cast: Cast, mailbox: Mailbox
) -> None:
    team = cast.team(members=FEW)
    cast.sign(team, "district")
    at(cast, TUESDAY)
    work(app)
    assert nudged(mailbox) == [UNION_LEAD]
    assert "Imogen Castellanos has signed it." in text_of(mailbox.last(KIND, UNION_LEAD))


def test_a_roster_that_lacks_something_says_what(app: Flask, cast: Cast, mailbox: Mailbox) -> None:
    cast.team(partner=None, members=[])
    at(cast, TUESDAY)
    work(app)
    assert nudged(mailbox) == [DISTRICT_LEAD]
    said = text_of(mailbox.last(KIND, DISTRICT_LEAD))
    assert "- Nobody from the union side is on the roster yet." in said
    assert "- The union lead is not named yet." in said


def test_what_can_be_waived_does_not_hold_a_roster_up(
    app: Flask, cast: Cast, mailbox: Mailbox
) -> None:
    cast.team(members=WITHOUT_BOARD)
    at(cast, TUESDAY)
    work(app)
    assert "It is complete." in text_of(mailbox.last(KIND, DISTRICT_LEAD))


def test_a_returned_roster_is_asked_about(app: Flask, cast: Cast, mailbox: Mailbox) -> None:
    cast.staff()
    team = cast.submitted(members=FEW)
    cast.decide(team, "return", BECAUSE)
    close(is_open=False)
    at(cast, TUESDAY)
    work(app)
    assert nudged(mailbox) == BOTH
    assert "The staff asked for a change." in text_of(mailbox.last(KIND, UNION_LEAD))


def test_what_waits_for_staff_is_not_asked_about(app: Flask, cast: Cast, mailbox: Mailbox) -> None:
    cast.staff()
    cast.submitted(members=FEW)
    at(cast, TUESDAY)
    work(app)
    assert nudged(mailbox) == []


def test_a_cohort_that_takes_no_teams_any_more_asks_for_none(
    app: Flask, cast: Cast, mailbox: Mailbox
) -> None:
    cast.team(members=FEW)
    close(is_open=False)
    at(cast, TUESDAY)
    work(app)
    assert nudged(mailbox) == []


def test_they_are_asked_again_after_a_week_and_three_times_at_most(
    app: Flask, cast: Cast, mailbox: Mailbox
) -> None:
    cast.team(members=FEW)
    counts = []
    for day in ("10-25", "10-31", "11-02", "11-10", "11-18", "11-28"):
        at(cast, f"2016-{day}T10:00")
        work(app)
        counts.append(len(nudged(mailbox)))
    assert counts == [2, 2, 4, 6, 6, 6]


def test_work_on_the_roster_puts_it_off(app: Flask, cast: Cast, mailbox: Mailbox) -> None:
    team = cast.team(members=FEW)
    at(cast, "2016-10-24T18:00")
    cast.add(team, "district", "Priscilla Vang", "principal")
    at(cast, TUESDAY)
    work(app)
    assert nudged(mailbox) == []
    at(cast, "2016-11-01T10:00")
    work(app)
    assert nudged(mailbox) == BOTH


def test_nobody_is_asked_at_night_or_on_a_weekend(app: Flask, cast: Cast, mailbox: Mailbox) -> None:
    cast.team(members=FEW)
    for moment in ("2016-10-26T03:00", "2016-10-26T17:00", SUNDAY):
        at(cast, moment)
        work(app)
        assert nudged(mailbox) == []
    at(cast, "2016-10-31T09:00")
    work(app)
    assert nudged(mailbox) == BOTH


@both_databases
def test_two_workers_at_once_ask_once(app: Flask, cast: Cast, mailbox: Mailbox) -> None:
    cast.team(members=FEW)
    at(cast, TUESDAY)
    at_once(app, range(4), lambda _: write_nudges(now=clock.now()))
    assert nudged(mailbox) == BOTH


def test_one_click_stops_them_for_one_lead(app: Flask, cast: Cast, mailbox: Mailbox) -> None:
    cast.team(members=FEW)
    at(cast, TUESDAY)
    work(app)
    header = str(mailbox.last(KIND, UNION_LEAD)["List-Unsubscribe"])
    path = header.strip("<>").removeprefix("http://localhost")
    fields = {"List-Unsubscribe": "One-Click"}
    assert app.test_client().post(path, data=fields).status_code == 200
    at(cast, "2016-11-02T10:00")
    work(app)
    assert [letter.state for letter in mailbox.letters(KIND, UNION_LEAD)] == ["cancelled"]
    assert len(mailbox.letters(KIND, DISTRICT_LEAD)) == 2
