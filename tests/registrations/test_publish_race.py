"""Several publish, or publish and approve, at the same moment: nobody is told twice or not at all."""

from typing import Any

from flask import Flask

from cdef.accounts.models import Person
from cdef.kernel import clock
from cdef.kernel.db import db
from cdef.registrations import actions, publication_actions
from cdef.series.draft_models import newest_draft, planned
from cdef.series.draft_rules import mark
from cdef.series.models import cohort_by_slug
from cdef.teams.models import Team
from tests.cast import FEW, OAKLAND, Cast, Mailbox, parse, text_of
from tests.conftest import both_databases
from tests.publishing import at_desk, draft, hand_over
from tests.races import at_once

DECEMBER = {"day_1": "2016-12-06", "day_2": "2016-12-07"}


def publish(seen: tuple[int, str, int]) -> int:
    """What the form does that was drawn with this draft and mark."""
    draft_id, said, staff_id = seen
    cohort, by = cohort_by_slug("bay-area"), db.session.get_one(Person, staff_id)
    assert cohort is not None
    made = publication_actions.publish(cohort, draft_id=draft_id, seen=said, by=by, now=clock.now())
    assert made is not None
    return made.id


def form(cast: Cast) -> tuple[int, str, int]:
    cohort = cohort_by_slug("bay-area")
    assert cohort is not None
    newest = newest_draft(cohort)
    assert newest is not None
    return newest.id, mark(planned(cohort, newest.content)), cast.staff().id


@both_databases
def test_one_draft_that_six_publish_at_once_is_published_once(
    app: Flask, cast: Cast, mailbox: Mailbox
) -> None:
    cast.approved(members=FEW)
    hand_over()
    draft(at_desk(cast), "bay-area", 1, **DECEMBER)
    said = at_once(app, [form(cast)] * 6, publish)
    assert len(set(said)) == 1
    assert len(mailbox.letters("dates_changed")) == len(FEW) + 2


@both_databases
def test_a_team_that_is_approved_at_that_moment_hears_of_the_new_dates_once(
    app: Flask, cast: Cast, mailbox: Mailbox
) -> None:
    team = cast.submitted(cd_code=OAKLAND, lead="a@example.org", members=FEW)
    draft(at_desk(cast), "bay-area", 1, **DECEMBER)
    seen, number = form(cast), team.id

    def do(what: str) -> Any:
        if what == "publish":
            return publish(seen)
        found = db.session.get_one(Team, number)
        by = db.session.get_one(Person, seen[2])
        return actions.decide(found, "approve", "", by=by, now=clock.now()).id

    at_once(app, ["publish", "approve"], do)
    for member in db.session.get_one(Team, number).members:
        letters = [each for each in mailbox.letters(to=member.email) if each.state == "held"]
        told = [each for each in letters if each.kind in ("confirmation", "dates_changed")]
        assert len(told) == 1
        assert "December 6–7, 2016" in text_of(parse(told[0].raw))
