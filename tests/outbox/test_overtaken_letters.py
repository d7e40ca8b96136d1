"""A letter that a newer fact overtakes never leaves; shown for every pair of the two."""

import pytest

from cdef.outbox import overtaken_rules, worker
from cdef.outbox.models import Letter
from cdef.outbox.overtaken_rules import OVERTAKEN_BY
from tests.cast import UNION_LEAD, Cast, Mailbox
from tests.outbox.mail_server import MailServer
from tests.outbox.newer_facts import FACTS
from tests.outbox.waiting_letters import SCENES

PAIRS = [(kind, fact) for kind, facts in OVERTAKEN_BY.items() for fact in facts]


def waiting(mailbox: Mailbox, kind: str) -> Letter:
    """The letter that the scene is about; the lead of the union side's, where they have one too."""
    found = [each for each in mailbox.letters(kind) if each.state == "queued"]
    return next((each for each in found if each.to_email == UNION_LEAD), found[-1])


@pytest.mark.parametrize(("kind", "fact"), PAIRS)
def test_what_is_overtaken_never_leaves(
    cast: Cast, mailbox: Mailbox, post: MailServer, kind: str, fact: str
) -> None:
    team = SCENES[kind](cast)
    letter = waiting(mailbox, kind)
    message_id, number = letter.message_id, letter.id
    FACTS[fact](cast, team, letter)
    assert next(each.state for each in mailbox.letters(kind) if each.id == number) == "cancelled"
    cast.later(minutes=15)
    while worker.work_once():
        pass
    assert message_id not in [delivery.message["Message-ID"] for delivery in post.received]


def test_every_fact_of_the_table_is_made_true_by_somebody() -> None:
    named = {fact for facts in OVERTAKEN_BY.values() for fact in facts}
    assert named == {*FACTS}
    assert {*SCENES} == {*OVERTAKEN_BY}


def test_a_kind_that_nobody_named_is_overtaken_by_nothing() -> None:
    assert overtaken_rules.overtaken_by("a fact that is not in the table") == ()
