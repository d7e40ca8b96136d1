"""Letters about changes that wait for quiet, so that many changes in a row make one letter."""

from datetime import datetime

from sqlalchemy import func, select

from cdef.accounts.actions import staff
from cdef.accounts.models import Person
from cdef.accounts.rules import FIRST_STAFF
from cdef.kernel import audit
from cdef.kernel.access import Someone
from cdef.kernel.audit import Event
from cdef.kernel.db import db
from cdef.outbox.actions import cancel_waiting, post, waiting
from cdef.outbox.models import Letter
from cdef.outbox.overtaken_rules import CORRECTED as AGAIN
from cdef.outbox.overtaken_rules import PROPOSALS, overtaken_by
from cdef.registrations import change_letters
from cdef.registrations.proposal_models import open_proposals
from cdef.teams.models import Team

CORRECTED, PROPOSED = "roster_corrected", "change_proposed"
HAS_LEFT = ("sending", "handed_over")


def tell_corrections(team: Team, *, by: Someone, now: datetime) -> None:
    """Every lead but the one who did it hears what was corrected, once it is quiet."""
    reason = "More was corrected."
    for lead in team.leads:
        if not lead.joined_at or lead.person_id == by.id:
            continue
        cancel_waiting(team.about, overtaken_by(AGAIN), to=[lead.email], reason=reason, now=now)
        events = corrections(team, lead.email, skip=lead.name)
        post(change_letters.roster_corrected(team, lead, events, now=now), now=now)


def corrections(team: Team, email: str, *, skip: str) -> list[Event]:
    """What others corrected since the last letter about it that has left for this address."""
    query = select(func.max(Letter.created_at)).where(
        Letter.about == team.about,
        Letter.kind == CORRECTED,
        Letter.to_email == email,
        Letter.state.in_(HAS_LEFT),
    )
    since = db.session.scalar(query) or team.registration.since
    db.session.flush()
    found = [each for each in audit.timeline(team.about) if each.at > since and each.who != skip]
    return [each for each in reversed(found) if each.what.startswith("corrected ")]


def tell_proposals(team: Team, *, by: Someone | None = None, now: datetime) -> None:
    """One letter to each lead and staff member says what waits for a decision, once it is quiet.

    It takes the place of the one that waits. ``by`` has proposed something: everybody else is told.
    Where something was withdrawn or decided, only those whose letter has not left yet are.
    """
    unsent = waiting(team.about, PROPOSED)
    reason = "What waits for a decision has changed."
    cancel_waiting(team.about, overtaken_by(PROPOSALS), reason=reason, now=now)
    db.session.flush()
    proposals = open_proposals(team)
    for lead in (lead for lead in team.leads if lead.joined_at):
        new = [each for each in proposals if each.by_id != lead.person_id]
        if new and (lead.email in unsent or (by and lead.person_id != by.id)):
            post(change_letters.proposed_to_lead(team, lead, new, now=now), now=now)
    for person in readers():
        if proposals and (person.email in unsent or (by and person.id != by.id)):
            post(change_letters.proposed_to_staff(team, person, proposals, now=now), now=now)


def readers() -> list[Person]:
    """The staff who read their mail."""
    return [person for person in staff() if person.email != FIRST_STAFF]
