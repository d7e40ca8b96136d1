"""Reminders of meetings: computed from what holds, once for each fact, and never too late."""

import pytest
from flask import Flask

from cdef.kernel import audit, clock
from cdef.participants.reminder_actions import write_reminders
from cdef.teams.models import Team
from tests.cast import (
    DISTRICT_LEAD,
    FEW,
    OAKLAND,
    UNION_LEAD,
    Cast,
    Mailbox,
    address_of,
    html_of,
    text_of,
)
from tests.conftest import both_databases
from tests.participants.reminding import A_DAY_BEFORE, A_WEEK_BEFORE, at, work
from tests.publishing import at_desk, draft, hand_over, move, publish
from tests.races import at_once
from tests.registrations.deciding import decide
from tests.registrations.substituting import ANA, give_away, take_back

KIND = "meeting_reminder"
ME = address_of(FEW[1][1])
EVERYBODY = sorted([DISTRICT_LEAD, UNION_LEAD, *(address_of(name) for _, name, _ in FEW)])


@pytest.fixture
def team(cast: Cast) -> Team:
    """Approved, and everybody has read that."""
    cast.staff()
    team = cast.approved(members=FEW)
    hand_over()
    return team


def reminded(mailbox: Mailbox) -> list[str]:
    return sorted(letter.to_email for letter in mailbox.letters(KIND))


@both_databases
def test_everybody_is_reminded_a_week_and_a_day_before(
    app: Flask, cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    at(cast, A_WEEK_BEFORE, minutes=-1)
    work(app)
    assert reminded(mailbox) == []
    at(cast, A_WEEK_BEFORE)
    for _ in range(3):
        work(app)
    assert reminded(mailbox) == EVERYBODY
    at(cast, A_DAY_BEFORE)
    for _ in range(2):
        work(app)
    assert reminded(mailbox) == sorted(EVERYBODY * 2)


def test_it_says_when_and_where_and_is_worth_nothing_once_the_meeting_begins(
    app: Flask, cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    at(cast, A_WEEK_BEFORE)
    work(app)
    letter = mailbox.letters(KIND, ME)[0]
    assert letter.subject == "Session 1 is in 7 days: November 29–30, 2016"
    for said in (text_of(mailbox.last(KIND, ME)), html_of(mailbox.last(KIND, ME))):
        assert "Session 1 of the Bay Area Cohort is in 7 days" in said
        assert "November 29–30, 2016" in said
        assert "Venue to follow" in said
    assert letter.expires_at is not None
    assert letter.expires_at.isoformat() == "2016-11-29T08:00:00+00:00"
    line = audit.timeline(team.cohort.about)[0]
    assert line.what == "reminded 4 people of Session 1, 7 days before"
    at(cast, A_DAY_BEFORE)
    work(app)
    assert "Session 1 is tomorrow" in mailbox.letters(KIND, ME)[-1].subject


def test_a_worker_that_slept_sends_the_one_that_is_due_alone(
    app: Flask, cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    at(cast, "2016-11-26T03:00")
    work(app)
    assert [letter.subject for letter in mailbox.letters(KIND, ME)] == [
        "Session 1 is in 3 days: November 29–30, 2016"
    ]
    at(cast, "2016-11-28T22:00")
    work(app)
    assert len(mailbox.letters(KIND, ME)) == 2


def test_a_worker_that_slept_until_the_day_before_sends_one(
    app: Flask, cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    at(cast, "2016-11-28T10:00")
    work(app)
    assert reminded(mailbox) == EVERYBODY


def test_nobody_is_reminded_of_what_has_begun(
    app: Flask, cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    at(cast, "2016-11-29T00:01")
    work(app)
    assert reminded(mailbox) == []


def test_the_hour_at_which_it_begins_counts_where_it_is_known(
    app: Flask, cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    move(at_desk(cast), "bay-area", 1, "2016-11-29", "2016-11-30", starts="08:30", ends="15:00")
    hand_over()
    at(cast, "2016-11-29T08:00")
    work(app)
    assert reminded(mailbox) == EVERYBODY
    assert "Session 1 is today" in mailbox.letters(KIND, ME)[0].subject


def test_what_is_tbd_or_taken_away_reminds_nobody(
    app: Flask, cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    move(at_desk(cast), "bay-area", 1, "", "")
    hand_over()
    at(cast, A_WEEK_BEFORE)
    work(app)
    assert reminded(mailbox) == []


def test_a_team_that_is_withdrawn_or_waits_is_not_reminded(
    app: Flask, cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    cast.submitted(cd_code=OAKLAND, lead="a@example.org", partner="b@example.org")
    decide(at_desk(cast), team, "withdraw")
    at(cast, A_WEEK_BEFORE)
    work(app)
    assert reminded(mailbox) == []


def test_whoever_cannot_come_is_not_reminded(
    app: Flask, cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    mine = cast.browser(ME, is_personal=True)
    mine.get("/personal")
    place = next(member for member in team.members if member.email == ME)
    first = team.cohort.meetings[0].id
    mine.submit(f"/personal/{place.id}/meetings/{first}/decline")
    at(cast, A_WEEK_BEFORE)
    work(app)
    assert reminded(mailbox) == [each for each in EVERYBODY if each != ME]


def test_whoever_was_told_since_it_fell_due_needs_no_reminder(
    app: Flask, cast: Cast, mailbox: Mailbox
) -> None:
    at(cast, "2016-11-25T12:00")
    cast.staff()
    cast.approved(members=FEW)
    work(app)
    assert reminded(mailbox) == []
    at(cast, A_DAY_BEFORE)
    work(app)
    assert reminded(mailbox) == EVERYBODY


@both_databases
def test_a_meeting_that_moves_reminds_anew_and_never_of_the_day_of_before(
    app: Flask, cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    at(cast, A_WEEK_BEFORE)
    work(app)
    move(at_desk(cast), "bay-area", 1, "2016-12-13", "2016-12-14")
    assert {letter.state for letter in mailbox.letters(KIND)} == {"cancelled"}
    hand_over()
    at(cast, A_DAY_BEFORE)
    work(app)
    assert reminded(mailbox) == EVERYBODY
    at(cast, "2016-12-06T09:00")
    work(app)
    assert reminded(mailbox) == sorted(EVERYBODY * 2)
    assert mailbox.letters(KIND)[-1].subject.endswith("December 13–14, 2016")


def test_another_room_is_told_by_its_letter_and_not_by_a_second_reminder(
    app: Flask, cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    at(cast, A_WEEK_BEFORE)
    work(app)
    hand_over()
    staff = at_desk(cast)
    draft(staff, "bay-area", 1, venue="new", name="Alder Hall", city="Oakland")
    publish(staff, "bay-area")
    work(app)
    assert len(mailbox.letters(KIND, ME)) == 1
    assert len(mailbox.letters("dates_changed", ME)) == 1


def test_a_reminder_of_another_meeting_that_a_publication_cancels_is_written_anew(
    app: Flask, cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    at(cast, A_WEEK_BEFORE)
    work(app)
    move(at_desk(cast), "bay-area", 3, "2017-03-02")
    hand_over()
    work(app)
    assert [letter.state for letter in mailbox.letters(KIND, ME)] == ["cancelled"]
    assert len(mailbox.letters("dates_changed", ME)) == 1


def test_somebody_on_two_teams_has_one(
    app: Flask, cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    cast.approved(cd_code=OAKLAND, lead="a@example.org", partner="b@example.org", members=FEW)
    hand_over()
    at(cast, A_WEEK_BEFORE)
    work(app)
    assert len(mailbox.letters(KIND, ME)) == 1


@both_databases
def test_two_workers_at_once_write_each_reminder_once(
    app: Flask, cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    at(cast, A_WEEK_BEFORE)
    at_once(app, range(4), lambda _: write_reminders(now=clock.now()))
    assert reminded(mailbox) == EVERYBODY


def test_one_click_stops_them(app: Flask, cast: Cast, team: Team, mailbox: Mailbox) -> None:
    at(cast, A_WEEK_BEFORE)
    work(app)
    header = str(mailbox.last(KIND, ME)["List-Unsubscribe"])
    path = header.strip("<>").removeprefix("http://localhost")
    fields = {"List-Unsubscribe": "One-Click"}
    assert app.test_client().post(path, data=fields).status_code == 200
    at(cast, A_DAY_BEFORE)
    work(app)
    assert [letter.state for letter in mailbox.letters(KIND, ME)] == ["cancelled"]
    assert len(mailbox.letters(KIND, DISTRICT_LEAD)) == 2


@both_databases
def test_a_substitute_is_reminded_in_the_place_of_the_member(
    app: Flask, cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    give_away(cast, team)
    hand_over()
    at(cast, A_WEEK_BEFORE)
    assert "7 days before: now 4 people" in at_desk(cast).get("/staff/series/1/reminders").text()
    work(app)
    assert reminded(mailbox) == sorted([ANA, *(each for each in EVERYBODY if each != ME)])
    assert "/personal/open" not in text_of(mailbox.last(KIND, ANA))


def test_a_substitute_who_comes_no_more_is_reminded_no_more(
    app: Flask, cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    give_away(cast, team)
    hand_over()
    at(cast, A_WEEK_BEFORE)
    work(app)
    assert take_back(cast.browser(ME, is_personal=True), team).status == 200
    assert [letter.state for letter in mailbox.letters(KIND, ANA)] == ["cancelled"]
    hand_over()
    at(cast, A_DAY_BEFORE)
    work(app)
    assert len(mailbox.letters(KIND, ANA)) == 1
    assert len(mailbox.letters(KIND, ME)) == 1
