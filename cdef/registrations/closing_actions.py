"""Closing proposals: one that somebody decided, and all that wait when a roster is no longer with staff."""

from datetime import datetime

from cdef.kernel import audit
from cdef.kernel.access import Someone
from cdef.kernel.db import db
from cdef.kernel.problems import refusal
from cdef.kernel.words import local, moment
from cdef.registrations import change_rules as rules
from cdef.registrations.proposal_models import Proposal, open_proposals
from cdef.registrations.telling_actions import tell_proposals
from cdef.teams.models import Team


def close_all(team: Team, reason: str, *, by: Someone, now: datetime) -> None:
    """Nobody can accept what was proposed for a roster that has gone back or is over.

    In the caller's transaction. The leads have the news of that; if the team comes back, they
    change the roster itself or propose anew.
    """
    for proposal in open_proposals(team):
        close(proposal, rules.WITHDRAWN, by=by, now=now, note=reason)


def close(proposal: Proposal, state: str, *, by: Someone, now: datetime, note: str = "") -> None:
    """In the caller's transaction; what is closed stays so, and says who closed it."""
    if proposal.state != rules.OPEN:
        raise refusal(closed_words(proposal))
    proposal.state, proposal.note = state, note
    proposal.decided_by_id, proposal.decided_at = by.id, now
    db.session.flush()
    record(proposal, f"{state} the proposal:", by=by, now=now, note=note)
    tell_proposals(proposal.team, now=now)


def closed_words(proposal: Proposal) -> str:
    """That others were faster, and who."""
    who = proposal.decided_by.label if proposal.decided_by else "the staff"
    at = f", {moment(local(proposal.decided_at))}" if proposal.decided_at else ""
    return f"This proposal is {proposal.state} already, by {who}{at}."


def record(proposal: Proposal, what: str, *, by: Someone, now: datetime, note: str) -> None:
    note = f" ({note})" if note else ""
    text = f"{what} {rules.sentence(proposal)}{note}"
    before, after = proposal.before, proposal.after
    audit.record(proposal.team.about, text, by=by, now=now, before=before, after=after)
