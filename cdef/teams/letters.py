"""The letters about a team and its leads: the beginning, the partner, a handover, a void signature."""

from dataclasses import replace
from datetime import datetime, timedelta

from cdef.accounts import rules
from cdef.kernel import audit
from cdef.kernel.links import link
from cdef.kernel.tokens import Issued
from cdef.outbox.envelope import Envelope, write
from cdef.series.models import Cohort
from cdef.series.rules import SIDES, other_side
from cdef.teams.back_rules import BACK_LINK_LASTS
from cdef.teams.lead_models import Handover, Lead
from cdef.teams.models import Team
from cdef.teams.rules import may_edit

QUIET = timedelta(minutes=10)


def start(name: str, email: str, cohort: Cohort, issued: Issued, *, now: datetime) -> Envelope:
    """To whoever wants to start a team: a link and a code that prove the address."""
    return write(
        "start_team",
        (name, email),
        about=f"start:{email}",
        secrets=[issued.secret, issued.code],
        expires_at=now + rules.LINK_LASTS,
        cohort=cohort,
        address=link("teams.confirm_start", secret=issued.secret),
        code=issued.code,
    )


def partner_invitation(
    team: Team, lead: Lead, inviter: Lead, issued: Issued, *, now: datetime
) -> Envelope:
    """To the lead of the other side: what the team is, who asks, and the way in."""
    return write(
        "partner_invitation",
        (lead.name, lead.email),
        about=team.about,
        secrets=[issued.secret, issued.code],
        expires_at=now + rules.PARTNER_LINK_LASTS,
        team=team,
        lead=lead,
        inviter=inviter,
        side=SIDES[lead.side].lower(),
        address=link("teams.join", secret=issued.secret),
    )


def signature_voided(team: Team, lead: Lead, *, now: datetime) -> Envelope:
    """To a lead whose signature no longer counts: what was changed since, once it is quiet."""
    signed = max(signature.at for signature in team.signatures if signature.lead_id == lead.id)
    events = [event for event in audit.timeline(team.about) if event.at > signed]
    envelope = write(
        "signature_voided",
        (lead.name, lead.email),
        about=team.about,
        team=team,
        signed=signed,
        events=[event for event in reversed(events) if event.who != lead.name],
        address=link("teams.page", team_id=team.id),
    )
    return replace(envelope, not_before=now + QUIET)


def handover_invitation(handover: Handover, issued: Issued, *, now: datetime) -> Envelope:
    """To the successor: what they are asked to take over, by whom, and the way to do so."""
    team, lead = handover.team, handover.lead
    other = team.lead(other_side(lead.side))
    return write(
        "handover_invitation",
        (handover.name, handover.email),
        about=team.about,
        secrets=[issued.secret, issued.code],
        expires_at=now + rules.PARTNER_LINK_LASTS,
        team=team,
        lead=lead,
        other=other if other and other.joined_at else None,
        is_lead_asking=handover.by_id == lead.person_id,
        address=link("teams.succeed", secret=issued.secret),
    )


def lead_changed(team: Team, to: Lead, lead: Lead, before: Lead) -> Envelope:
    """To the lead of the other side: with whom they lead the team from now on."""
    return write(
        "lead_changed",
        (to.name, to.email),
        about=team.about,
        team=team,
        lead=lead,
        before=before,
        may_edit=may_edit(team.state),
        address=link("teams.page", team_id=team.id),
    )


def handed_over(team: Team, lead: Lead, before: Lead) -> Envelope:
    """To the predecessor: who leads the side now, and what that means for them."""
    return write(
        "handed_over",
        (before.name, before.email),
        about=team.about,
        team=team,
        lead=lead,
        is_member=any(member.email == before.email for member in team.members),
    )


def asked_back(
    team: Team, lead: Lead, cohort: Cohort, issued: Issued, *, now: datetime
) -> Envelope:
    """To a lead of an earlier year's team: the new series, and the way to begin with that roster."""
    other = team.lead(other_side(lead.side))
    return write(
        "asked_back",
        (lead.name, lead.email),
        about=team.about,
        secrets=[issued.secret, issued.code],
        expires_at=now + BACK_LINK_LASTS,
        team=team,
        lead=lead,
        other=other if other and other.joined_at else None,
        cohort=cohort,
        people=sum(not member.is_placeholder for member in team.members),
        address=link("teams.come_back", secret=issued.secret),
    )
