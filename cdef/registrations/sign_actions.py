"""Signing a roster: the second signature asks for the places."""

from datetime import date, datetime

from cdef.accounts.actions import staff
from cdef.accounts.rules import FIRST_STAFF
from cdef.kernel import audit
from cdef.kernel.access import Someone
from cdef.kernel.db import db, keep_loaded, transaction
from cdef.kernel.problems import Refused, refusal
from cdef.outbox.actions import cancel_waiting, post
from cdef.outbox.overtaken_rules import SIGNED, overtaken_by
from cdef.registrations import letters
from cdef.registrations.actions import move, registration_of
from cdef.registrations.models import Decision
from cdef.series.rules import takes_registrations
from cdef.teams.actions import has_come
from cdef.teams.lead_models import Signature
from cdef.teams.models import Team
from cdef.teams.rules import (
    cost_cents,
    current_signature,
    may_edit,
    problems,
    signing_blockers,
    waiting_side,
)


def sign(team: Team, revision: int, *, by: Someone, now: datetime, today: date) -> bool:
    """A lead's yes to the revision that they saw; whether it was the second one, which submits.

    ``Refused`` when the roster has changed since, or is not ready; signing twice is one signature.
    """
    with transaction(team.cohort, team):
        lead = team.lead_of(by)
        if lead is None:
            raise refusal("Only the leads of this team can sign.")
        if current_signature(team, lead.side) and team.revision == revision:
            return team.state == "submitted"
        check_signing(team, revision, today)
        if lead.joined_at is None:  # Who was invited and signs has come in.
            lead.joined_at = now
            has_come(team, lead, now=now)
        add_signature(team, lead.id, now=now)
        audit.record(team.about, "signed the roster", by=by, now=now, after={"revision": revision})
        reason = "The roster was signed again."
        cancel_waiting(team.about, overtaken_by(SIGNED), to=[lead.email], reason=reason, now=now)
        keep_loaded()
        if waiting_side(team):
            return False
        submit(team, by=by, now=now, today=today)
        return True


def check_signing(team: Team, revision: int, today: date) -> None:
    if not may_edit(team.state):
        raise refusal("The roster is submitted already.")
    if team.revision != revision:
        raise refusal(
            "The roster has changed since you opened the page. Look at it again, then sign."
        )
    blockers = signing_blockers(problems(team, today))
    if blockers:
        raise Refused(*blockers)


def add_signature(team: Team, lead_id: int, *, now: datetime) -> None:
    people = len(team.members)
    cost = cost_cents(people, team.cohort.series.price_cents)
    lead = next(lead for lead in team.leads if lead.id == lead_id)
    team.signatures.append(
        Signature(lead=lead, revision=team.revision, people=people, cost_cents=cost, at=now)
    )
    db.session.flush()


def submit(team: Team, *, by: Someone, now: datetime, today: date) -> None:
    """The second signature asks for the places; in the transaction of that signature."""
    if team.state == "draft" and not takes_registrations(team.cohort, today):
        raise refusal("This cohort does not take registrations any more.")
    blockers = [problem for problem in problems(team, today) if problem.kind == "blocker"]
    if blockers:
        raise Refused(*blockers)
    registration = registration_of(team, now=now)
    registration.submitted_at = now
    move(registration, Decision(verb="submit", by_id=by.id, at=now), by=by, now=now)
    readers = [person for person in staff() if person.email != FIRST_STAFF]  # Nobody reads there.
    for envelope in letters.submitted_staff(registration, readers, now=now):
        post(envelope, now=now)
