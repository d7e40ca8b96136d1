"""A newer fact cancels the letters that it overtakes, wherever they are on their way."""

import pytest
from flask import Flask

from cdef.kernel import clock
from cdef.kernel.db import db, transaction
from cdef.outbox import actions, lease_actions, rules, worker
from cdef.teams.models import Team
from tests.cast import Cast, Mailbox
from tests.conftest import both_databases
from tests.outbox.conftest import Write
from tests.outbox.mail_server import MailServer

WITHDRAWN = "The registration was withdrawn."


def overtake(about: str = "team:1", kind: str = "returned") -> int:
    with transaction():
        return actions.cancel_waiting(about, (kind,), reason=WITHDRAWN, now=clock.now())


def news(post: MailServer) -> set[str]:
    """What the letters that arrived begin with."""
    return {str(delivery.message["Subject"]).split(":")[0] for delivery in post.received}


@both_databases
def test_a_withdrawal_cancels_the_confirmations_that_wait(
    cast: Cast, post: MailServer, mailbox: Mailbox
) -> None:
    team = cast.approved()
    cast.decide(team, "withdraw")
    waiting = mailbox.letters("confirmation")
    assert {(letter.state, letter.reason) for letter in waiting} == {("cancelled", WITHDRAWN)}
    while worker.work_once():
        pass
    assert news(post) == {"Withdrawn"}


@pytest.mark.parametrize("state", ["held", "deferred"])
def test_what_waits_for_another_reason_is_cancelled_too(
    app: Flask, write: Write, post: MailServer, mailbox: Mailbox, state: str
) -> None:
    app.config["MAIL_SERVER"] = "" if state == "held" else "127.0.0.1"
    post.answers["RCPT"] = ["451 Later"]
    write()
    worker.work_once()
    assert [letter.state for letter in mailbox.letters()] == [state]
    assert overtake() == 1
    assert [letter.state for letter in mailbox.letters()] == ["cancelled"]


def test_other_letters_and_other_teams_are_left_alone(write: Write, mailbox: Mailbox) -> None:
    write(kind="partner_invitation")
    write(about="team:2")
    assert overtake() == 0
    assert [letter.state for letter in mailbox.letters()] == ["queued", "queued"]


def test_what_has_arrived_stays_told(write: Write, mailbox: Mailbox) -> None:
    write()
    worker.work_once()
    assert overtake() == 0
    assert [letter.state for letter in mailbox.letters()] == ["handed_over"]


@both_databases
def test_a_letter_overtaken_between_its_lease_and_its_delivery_is_not_sent(
    write: Write, post: MailServer, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    claim = lease_actions.claim

    def claim_and_be_overtaken(*args: int, **options: object) -> list[lease_actions.Lease]:
        leases = claim(*args, **options)  # type: ignore[arg-type]
        overtake()
        return leases

    monkeypatch.setattr(lease_actions, "claim", claim_and_be_overtaken)
    worker.work_once()
    assert post.received == []
    (letter,) = mailbox.letters()
    assert (letter.state, letter.reason) == ("cancelled", rules.TOO_LATE)
    assert [event.answer for event in letter.history].count(WITHDRAWN) == 1


@both_databases
def test_a_letter_overtaken_while_it_is_being_sent_is_never_tried_again(
    app: Flask, cast: Cast, post: MailServer, mailbox: Mailbox
) -> None:
    team = cast.approved()
    team_id = team.id
    with transaction():
        for letter in mailbox.letters():
            if letter.kind != "confirmation" and letter.state == "queued":
                actions.move(letter, "cancel", now=clock.now())

    def withdraw() -> None:
        post.meanwhile.clear()
        with app.app_context():
            cast.decide(db.session.get_one(Team, team_id), "withdraw")

    post.meanwhile["."], post.answers["."] = withdraw, ["451 Later"]
    worker.work_once()
    assert {letter.state for letter in mailbox.letters("confirmation")} == {"cancelled"}
    cast.later(hours=1)
    while worker.work_once():
        pass
    assert news(post) == {"Withdrawn", "Cancelled"}  # since the confirmation may have arrived
