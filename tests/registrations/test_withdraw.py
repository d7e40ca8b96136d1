"""Withdrawing a team: whoever holds a confirmation is told, and nobody else."""

from typing import Any

import pytest

from cdef.kernel import clock
from cdef.outbox import actions as outbox
from cdef.outbox import lease_actions
from cdef.registrations.models import seats_taken
from cdef.teams.models import Team
from tests.cast import (
    DISTRICT_LEAD,
    FEW,
    OTHER_LEAD,
    UNION_LEAD,
    Cast,
    Mailbox,
    calendars_of,
    parse,
    text_of,
)
from tests.conftest import both_databases
from tests.pages import Browser, Page

MEMBERS = [
    "beatriz.holloway@example.org",
    "dashiell.nakagawa@example.org",
    "imogen.castellanos@example.org",
    "thaddeus.okonkwo.reyes@example.org",
]


@pytest.fixture
def settings() -> dict[str, Any]:
    """With a mail server letters are queued, and can leave."""
    return {"MAIL_SERVER": "mail.example.org", "MAIL_DEFAULT_SENDER": "training@example.org"}


@pytest.fixture
def team(cast: Cast) -> Team:
    return cast.submitted(members=FEW)


def withdraw(lead: Browser, team: Team) -> Page:
    lead.get(f"/teams/{team.id}")
    return lead.submit(f"/teams/{team.id}/withdrawal")


def hand_over(kinds: set[str], to: set[str] | None = None) -> None:
    """The worker's part: these letters leave; all others are tried in vain, and wait."""
    letters = {letter.id: letter for letter in Mailbox().letters()}
    for letter_id, key in lease_actions.claim(1000, now=clock.now()):
        letter = letters[letter_id]
        leaves = letter.kind in kinds and (to is None or letter.to_email in to)
        said = ("hand_over", "250 OK") if leaves else ("defer", "421 later")
        lease_actions.settle(letter_id, key, *said, now=clock.now())
        outbox.hurry(letter, now=clock.now())


def told(mailbox: Mailbox, kind: str) -> list[str]:
    """Who gets, or got, a letter of a kind."""
    return sorted(
        letter.to_email for letter in mailbox.letters(kind) if letter.state != "cancelled"
    )


def sequences(mailbox: Mailbox, kind: str, to: str) -> list[int]:
    raw = mailbox.letters(kind, to)[-1].raw
    return [int(entry.events[0]["SEQUENCE"]) for entry in calendars_of(parse(raw))]


@both_databases
@pytest.mark.parametrize("email", [DISTRICT_LEAD, UNION_LEAD])
def test_either_lead_withdraws_the_team_and_both_are_told(
    cast: Cast, team: Team, mailbox: Mailbox, email: str
) -> None:
    page = withdraw(cast.browser(email), team)
    assert "The registration is withdrawn." in page.text()
    assert team.state == "withdrawn"
    assert told(mailbox, "withdrawn") == [UNION_LEAD, DISTRICT_LEAD]
    assert told(mailbox, "cancellation") == []


def test_a_draft_is_withdrawn_and_its_open_invitation_with_it(cast: Cast, mailbox: Mailbox) -> None:
    draft = cast.team(partner=None, members=[])
    lead = cast.browser(DISTRICT_LEAD)
    lead.get(f"/teams/{draft.id}")
    lead.submit(f"/teams/{draft.id}/partner", name="Beatriz Holloway", email=UNION_LEAD)
    withdraw(lead, draft)
    assert draft.state == "withdrawn"
    assert told(mailbox, "withdrawn") == [DISTRICT_LEAD]
    assert told(mailbox, "partner_invitation") == []


@pytest.mark.parametrize("verb", ["return", "waitlist", "decline"])
def test_it_is_withdrawn_after_any_decision(
    cast: Cast, team: Team, mailbox: Mailbox, verb: str
) -> None:
    cast.decide(team, verb, "Because.")
    withdraw(cast.browser(DISTRICT_LEAD), team)
    assert team.state == "withdrawn"
    assert told(mailbox, "cancellation") == []


def test_a_withdrawn_team_cannot_be_withdrawn_again(cast: Cast, team: Team) -> None:
    lead, waiting = cast.browser(DISTRICT_LEAD), cast.browser(UNION_LEAD)
    waiting.get(f"/teams/{team.id}")
    withdraw(lead, team)
    assert not lead.get(f"/teams/{team.id}").has_form(f"/teams/{team.id}/withdrawal")
    page = waiting.submit(f"/teams/{team.id}/withdrawal")
    assert page.status == 422
    assert "This cannot be done now: it is withdrawn." in page.text()


def test_a_stranger_cannot_withdraw_it(cast: Cast, team: Team) -> None:
    stranger = cast.browser(OTHER_LEAD)
    token = stranger.get("/teams").value("csrf_token")
    path = f"/teams/{team.id}/withdrawal"
    assert stranger.post(path, [("csrf_token", token)]).status == 404
    assert team.state == "submitted"


# An approved team.


@both_databases
def test_confirmations_that_have_not_left_are_cancelled_and_nobody_else_is_told(
    cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    cast.decide(team, "approve")
    withdraw(cast.browser(DISTRICT_LEAD), team)
    assert {letter.state for letter in mailbox.letters("confirmation")} == {"cancelled"}
    assert told(mailbox, "cancellation") == []
    assert seats_taken(team.cohort) == 0


@both_databases
def test_whoever_holds_a_confirmation_is_told_and_only_they(
    cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    cast.decide(team, "approve")
    hand_over({"confirmation"}, to=set(MEMBERS[:2]))
    withdraw(cast.browser(DISTRICT_LEAD), team)
    assert told(mailbox, "cancellation") == MEMBERS[:2]
    assert told(mailbox, "confirmation") == MEMBERS[:2]


def test_a_confirmation_that_is_leaving_at_this_moment_counts_as_left(
    cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    cast.decide(team, "approve")
    lease_actions.claim(1000, now=clock.now())
    withdraw(cast.browser(DISTRICT_LEAD), team)
    assert told(mailbox, "cancellation") == MEMBERS


@both_databases
def test_the_cancellation_takes_every_day_out_of_the_calendar(
    cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    cast.decide(team, "approve")
    hand_over({"confirmation"})
    withdraw(cast.browser(DISTRICT_LEAD), team)
    to = MEMBERS[0]
    asked = calendars_of(mailbox.last("confirmation", to))
    taken = calendars_of(mailbox.last("cancellation", to))
    assert [entry["METHOD"] for entry in taken] == ["CANCEL"] * 5
    for before, after in zip(asked, taken, strict=True):
        one, other = before.events[0], after.events[0]
        assert other["UID"] == one["UID"]
        assert other["SEQUENCE"] > one["SEQUENCE"]
        assert other["STATUS"] == "CANCELLED"
    assert "you are not expected" in text_of(mailbox.last("cancellation", to))


def test_the_personal_page_has_no_place_any_more(cast: Cast, team: Team) -> None:
    cast.decide(team, "approve")
    browser = cast.browser(MEMBERS[1], is_personal=True)
    assert "with the team of Milpitas" in browser.get("/personal").text()
    cast.decide(team, "withdraw")
    assert "You have no confirmed place yet" in browser.get("/personal").text()


# And back again.


def approve_again(cast: Cast, team: Team) -> None:
    cast.decide(team, "reopen", "Welcome back.")
    cast.sign(team, "district")
    cast.sign(team, "union")
    cast.decide(team, "approve")


@both_databases
def test_sequences_rise_with_each_turn_and_uids_stay(
    cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    to = MEMBERS[0]
    cast.decide(team, "approve")
    hand_over({"confirmation"})
    first = mailbox.last("confirmation", to)
    cast.decide(team, "withdraw")
    hand_over({"cancellation"})
    approve_again(cast, team)
    second = mailbox.last("confirmation", to)
    uids = [[entry.events[0]["UID"] for entry in calendars_of(mail)] for mail in (first, second)]
    assert uids[0] == uids[1]
    seen = [
        max(sequences(mailbox, "cancellation", to)),
        max(sequences(mailbox, "confirmation", to)),
    ]
    assert int(calendars_of(first)[0].events[0]["SEQUENCE"]) < seen[0] < seen[1]


def test_a_cancellation_goes_out_though_the_team_is_reopened_at_once(
    cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    cast.decide(team, "approve")
    hand_over({"confirmation"})
    cast.decide(team, "withdraw")
    cast.decide(team, "reopen", "Welcome back.")
    assert told(mailbox, "cancellation") == MEMBERS


def test_a_cancellation_that_waits_is_overtaken_by_a_new_confirmation(
    cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    cast.decide(team, "approve")
    hand_over({"confirmation"})
    cast.decide(team, "withdraw")
    approve_again(cast, team)
    assert told(mailbox, "cancellation") == []
    assert told(mailbox, "confirmation") == sorted(MEMBERS * 2)


def test_who_left_the_roster_meanwhile_still_gets_the_cancellation(
    cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    cast.decide(team, "approve")
    hand_over({"confirmation"})
    cast.decide(team, "withdraw")
    cast.decide(team, "reopen", "Welcome back.")
    lead = cast.browser(DISTRICT_LEAD)
    lead.get(f"/teams/{team.id}")
    leaving = team.side("union")[1]
    lead.submit(f"/teams/{team.id}/members/{leaving.id}/removal")
    cast.add(team, "union", "Philippa Nguyen-Clarke", "classified_leader")
    cast.sign(team, "district")
    cast.sign(team, "union")
    cast.decide(team, "approve")
    assert told(mailbox, "cancellation") == [leaving.email]


def test_whoever_was_told_once_is_not_told_again(cast: Cast, team: Team, mailbox: Mailbox) -> None:
    cast.decide(team, "approve")
    hand_over({"confirmation"})
    cast.decide(team, "withdraw")
    hand_over({"cancellation"})
    approve_again(cast, team)
    cast.decide(team, "withdraw")
    assert told(mailbox, "cancellation") == MEMBERS


# Letters that a newer decision overtakes.


@both_databases
def test_news_that_has_not_left_is_overtaken_by_newer_news(
    cast: Cast, team: Team, mailbox: Mailbox
) -> None:
    cast.decide(team, "waitlist")
    cast.decide(team, "return", "Please mend.")
    assert told(mailbox, "submitted") == []
    assert told(mailbox, "waitlisted") == []
    assert told(mailbox, "returned") == [UNION_LEAD, DISTRICT_LEAD]
    reason = mailbox.letters("waitlisted")[0].reason
    assert reason == "The registration was returned."


def test_news_that_has_left_stays(cast: Cast, team: Team, mailbox: Mailbox) -> None:
    hand_over({"submitted"})
    cast.decide(team, "waitlist")
    assert told(mailbox, "submitted") == [UNION_LEAD, DISTRICT_LEAD]


def test_letters_of_other_teams_stay(cast: Cast, team: Team, mailbox: Mailbox) -> None:
    cast.submitted(cohort="sacramento", members=FEW)
    cast.decide(team, "waitlist")
    assert told(mailbox, "submitted") == [UNION_LEAD, DISTRICT_LEAD]
