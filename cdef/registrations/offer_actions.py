"""What the leads answer to an offer of seats."""

from datetime import datetime

from cdef.kernel.access import Someone
from cdef.kernel.db import transaction
from cdef.kernel.problems import Kind, Refused
from cdef.kernel.words import local_day
from cdef.registrations import rules
from cdef.registrations.actions import carry_out, registration_of
from cdef.registrations.decision_rules import check_offer
from cdef.registrations.models import Decision
from cdef.teams.actions import own_lead
from cdef.teams.models import Team
from cdef.teams.rules import problems


def answer_offer(team: Team, verb: str, *, by: Someone, now: datetime) -> Decision:
    """A lead's ``accept``, which takes the seats as staff offered them, or ``pass``.

    ``Refused`` once the offer has ended: then the seats may be somebody else's.
    """
    with transaction(team.cohort, team):
        own_lead(team, by)
        rules.next_state(team.state, verb)
        registration = registration_of(team, now=now)
        check_offer(verb, is_offered=registration.is_offered(now))
        decision = Decision(verb=verb, by_id=by.id, at=now)
        if verb == "accept":
            check_roster(team, now)
            offer = next(each for each in reversed(registration.decisions) if each.verb == "offer")
            decision.waived = offer.waived
        carry_out(registration, decision, by=by, now=now)
        return decision


def check_roster(team: Team, now: datetime) -> None:
    """Names that have become due since the offer, and whatever else nobody can waive."""
    found = problems(team, local_day(now))
    stopping = [problem for problem in found if problem.kind is Kind.BLOCKER]
    if stopping:
        raise Refused(*stopping)
