"""The letter that asks a lead about a roster that rests."""

from dataclasses import replace
from datetime import datetime

from cdef.kernel.links import link
from cdef.kernel.tokens import Issued
from cdef.kernel.words import local_day
from cdef.outbox.envelope import Envelope, stop_headers, write
from cdef.registrations.letters import team_words
from cdef.registrations.reminder_rules import NUDGE_LASTS, blockers
from cdef.teams.lead_models import Lead
from cdef.teams.models import Team
from cdef.teams.rules import current_signature


def roster_nudge(team: Team, lead: Lead, reason: str, stop: Issued, *, now: datetime) -> Envelope:
    """To one lead: what the roster waits for, as it is at this moment."""
    address = link("flyers.unsubscribe", secret=stop.secret)
    signed = [each.name for each in team.leads if current_signature(team, each.side)]
    words = team_words(team) | {"reason": reason, "problems": blockers(team, local_day(now))}
    envelope = write(
        "roster_nudge",
        (lead.name, lead.email),
        about=team.about,
        secrets=[stop.secret],
        expires_at=now + NUDGE_LASTS,
        signed_by=signed[0] if signed else "",
        stop=address,
        **words,
    )
    return replace(envelope, headers=stop_headers(address))
