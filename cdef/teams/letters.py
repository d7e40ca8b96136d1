"""The letters about a team and its leads: the beginning, the partner, a handover, a void signature."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from cdef.accounts import rules
from cdef.kernel import audit
from cdef.kernel.links import link
from cdef.kernel.tokens import Issued
from cdef.kernel.words import local, moment
from cdef.outbox.envelope import Envelope, write
from cdef.series.models import Cohort
from cdef.series.rules import SIDES, other_side
from cdef.teams.back_rules import BACK_LINK_LASTS
from cdef.teams.lead_models import Handover, Lead
from cdef.teams.models import Team
from cdef.teams.rules import may_edit

QUIET = timedelta(minutes=10)


def team_says(team: Team) -> dict[str, str]:
    """What every letter about a team can fill into its wording."""
    return {
        "team": team.district.label,
        "district": team.district.name,
        "cohort": team.cohort.name,
        "series": team.cohort.series.title,
    }


def of_team(team: Team, lead: Lead | None = None, **also: str) -> dict[str, Any]:
    """Whose wording a letter has, and what fills it; ``lead`` is whom it is about."""
    named = {"lead": lead.name, "lead address": lead.email, "side": lead.side} if lead else {}
    return {"scope": team.cohort.series.about, "says": team_says(team) | named | also}


def start(name: str, email: str, cohort: Cohort, issued: Issued, *, now: datetime) -> Envelope:
    """To whoever wants to start a team: a link and a code that prove the address."""
    return write(
        "start_team",
        (name, email),
        about=f"start:{email}",
        secrets=[issued.secret, issued.code],
        expires_at=now + rules.LINK_LASTS,
        cohort=cohort,
        scope=cohort.series.about,
        says={"cohort": cohort.name, "series": cohort.series.title},
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
        **of_team(team, inviter, side=SIDES[lead.side].lower()),
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
        **of_team(team, signed=moment(local(signed))),
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
        **of_team(team, lead, request=request_of(handover)),
        address=link("teams.succeed", secret=issued.secret),
    )


def request_of(handover: Handover) -> str:
    """Who asks the successor, in one sentence."""
    team, lead = handover.team, handover.lead
    what = f"the {lead.side} side of the joint team of {team.district.label}"
    where = f"for the {team.cohort.name} Cohort"
    if handover.by_id == lead.person_id:
        return (
            f"{lead.name} ({lead.email}) leads {what} {where} of the labor-management "
            "collaboration training, and asks you to take over."
        )
    return (
        "The staff of the labor-management collaboration training asks you to take over "
        f"{what} {where} from {lead.name}."
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
        **of_team(team, lead, predecessor=before.name),
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
        **of_team(team, lead),
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
        scope=cohort.series.about,
        says=team_says(team)
        | {
            "cohort": cohort.name,
            "series": cohort.series.title,
            "last series": team.cohort.series.title,
            "side": lead.side,
        },
        people=sum(not member.is_placeholder for member in team.members),
        address=link("teams.come_back", secret=issued.secret),
    )
