"""Handing a side over: asking a successor, thinking better of it, and taking over.

The present lead stays lead until the successor presses the button, so that no side is without one.
"""

from datetime import datetime

from sqlalchemy import select

from cdef.accounts.actions import count_link, open_browser, person_for, use
from cdef.accounts.rules import PARTNER_LINK_LASTS
from cdef.kernel import audit, tokens
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.emails import fold_email
from cdef.kernel.problems import Problem, Refused, refusal
from cdef.kernel.tokens import Token
from cdef.outbox.actions import cancel_waiting, post
from cdef.outbox.overtaken_rules import ANOTHER, ASKED, RETURNED, TAKEN, overtaken_by
from cdef.series.rules import other_side
from cdef.teams import handover_rules, letters
from cdef.teams.actions import PARTNER, Entered
from cdef.teams.lead_models import Handover, Lead
from cdef.teams.listing_actions import relist_words
from cdef.teams.models import Team
from cdef.teams.roster_actions import put_on
from cdef.teams.row_rules import Row

HANDOVER = "handover"


def ask_successor(
    team: Team, side: str, name: str, email: str, *, by: Someone, ip: str, now: datetime, once: str
) -> None:
    """Name who shall take a side over, and mail them the way to do so.

    A newer handover takes the place of an open one; the same form twice asks once. ``TooMany`` past
    the limits of mailed links.
    """
    folded = fold_email(email)
    key = tokens.once_key(once, side, name, folded)
    with transaction(team):
        if tokens.already_done(key):
            return
        check(handover_rules.asking_problem(team, side, by))
        check(handover_rules.successor_problem(team, side, folded))
        count_link(folded, ip=ip, now=now)
        handover = open_handover(team, side, name, folded, by=by, now=now)
        issued = tokens.issue(
            HANDOVER, folded, lifetime=PARTNER_LINK_LASTS, now=now, payload=payload_of(handover)
        )
        post(letters.handover_invitation(handover, issued, now=now), now=now)
        tokens.remember(key, team.about, now=now)
        what = f"asked {name} to take over the {side} side"
        audit.record(team.about, what, by=by, now=now, after={"email": folded})


def check(problem: Problem | None) -> None:
    if problem:
        raise Refused(problem)


def payload_of(handover: Handover) -> dict[str, int]:
    return {"handover_id": handover.id}


def open_handover(
    team: Team, side: str, name: str, email: str, *, by: Someone, now: datetime
) -> Handover:
    """The side's new handover, in place of an older one."""
    lead = team.lead(side)
    if lead is None:
        raise LookupError(f"no lead of the {side} side")
    if lead.handover:
        close(lead.handover, reason="Somebody else was asked.", now=now)
    handover = Handover(
        team=team,
        lead=lead,
        person=person_for(email, name=name, now=now),
        name=name,
        asked_at=now,
        by_id=by.id,
    )
    db.session.add(handover)
    db.session.flush()
    return handover


def close(handover: Handover, *, reason: str, now: datetime) -> None:
    """Nobody takes over by this handover any more; in the caller's transaction."""
    handover.withdrawn_at = now
    tokens.revoke(HANDOVER, handover.email, payload_of(handover), now=now)
    about, to = handover.team.about, [handover.email]
    cancel_waiting(about, overtaken_by(ASKED), to=to, reason=reason, now=now)
    db.session.flush()  # Before another one is opened, since a lead has one at a time.


def withdraw_handover(handover: Handover, *, by: Someone, now: datetime) -> None:
    """The present lead stays after all; twice changes nothing."""
    team, side = handover.team, handover.lead.side
    with transaction(team, handover):
        if not handover_rules.may_lead_out(team, side, by):
            raise refusal(f"Only the lead of the {side} side or the staff can do that.")
        if handover.taken_at:
            raise refusal(f"{handover.name} has taken over already.")
        if handover.is_open:
            withdraw_open(handover, reason="The handover was withdrawn.", by=by, now=now)


def withdraw_open(handover: Handover, *, reason: str, by: Someone, now: datetime) -> None:
    """Close it with a line on the timeline; in the caller's transaction."""
    close(handover, reason=reason, now=now)
    what = f"withdrew the handover of the {handover.lead.side} side to {handover.name}"
    audit.record(handover.team.about, what, by=by, now=now)


def withdraw_all(team: Team, *, reason: str, by: Someone, now: datetime) -> None:
    """A team that takes no part is handed over to nobody; in the caller's transaction."""
    for lead in team.leads:
        if lead.handover:
            withdraw_open(lead.handover, reason=reason, by=by, now=now)


def take_over(token: Token, *, position: str, attends: bool, now: datetime) -> Entered:
    """The successor becomes the lead, and the predecessor is none any more.

    In a draft the predecessor's signature counts no more; what was submitted stays as it is. The
    successor comes onto the roster if they come along, and the roster can change.
    """
    handover = db.session.get_one(Handover, token.payload["handover_id"])
    team, before = handover.team, handover.lead
    with transaction(team, token, handover):
        use(token, now=now)
        check(handover_rules.state_problem(team))
        check(handover_rules.successor_problem(team, before.side, token.email))
        handover.taken_at = now
        lead = succeed(handover, now=now)
        what = f"took over the {lead.side} side from {before.name}"
        was, is_now = {"lead": before.email}, {"lead": lead.email}
        audit.record(team.about, what, by=lead.person, now=now, before=was, after=is_now)
        if attends and handover_rules.asks_about_roster(team, lead.email):
            come_along(team, lead, position, now=now)
        tell(team, lead, before, now=now)
        return Entered(team, open_browser(lead.person, now=now), was_there=False)


def succeed(handover: Handover, *, now: datetime) -> Lead:
    """The new lead's row in place of the old one, whose owner is asked for nothing any more."""
    team, before = handover.team, handover.lead
    before.left_at = now
    db.session.flush()  # First, since a side has one present lead at a time.
    tokens.revoke(PARTNER, before.email, {"team_id": team.id}, now=now)
    reason = f"{handover.name} has taken over."
    facts = {TAKEN: before, RETURNED: handover, ANOTHER: team.lead(other_side(before.side))}
    for fact, reader in facts.items():
        to = [reader.email] if reader else []
        cancel_waiting(team.about, overtaken_by(fact), to=to, reason=reason, now=now)
    person = person_for(handover.email, name=handover.name, now=now)
    asked = handover.asked_at
    lead = Lead(
        side=before.side, name=handover.name, person=person, invited_at=asked, joined_at=now
    )
    lead.team = team
    db.session.add(lead)
    db.session.flush()
    db.session.expire(team, ["leads"])
    relist_words(team)
    return lead


def come_along(team: Team, lead: Lead, position: str, *, now: datetime) -> None:
    """Put the new lead on the roster, a change like any other: signatures on the old one are void."""
    row = Row(name=lead.name, email=lead.email, position=position, site="")
    put_on(team, lead.side, row, by=lead.person, now=now)


def tell(team: Team, lead: Lead, before: Lead, *, now: datetime) -> None:
    """Letters to the other side's lead, and to the predecessor."""
    other = team.lead(other_side(lead.side))
    if other and other.joined_at:
        post(letters.lead_changed(team, other, lead, before), now=now)
    post(letters.handed_over(team, lead, before), now=now)


def handover_of(team: Team, handover_id: int) -> Handover | None:
    """A handover through the team that one may see."""
    query = select(Handover).where(Handover.id == handover_id, Handover.team_id == team.id)
    return db.session.scalar(query)
