"""The letters of a team's beginning: the proof of an address, and the invitation of the partner."""

from datetime import datetime

from cdef.accounts import rules
from cdef.kernel.links import link
from cdef.kernel.tokens import Issued
from cdef.outbox.envelope import Envelope, write
from cdef.series.models import Cohort
from cdef.series.rules import SIDES
from cdef.teams.models import Lead, Team


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
