"""Asking staff to waive a rule that the roster does not meet, and taking that back.

It is no change of the roster: the leads sign people and cost, and staff approve these. So a request
asks nobody to sign again.
"""

from datetime import datetime

from cdef.kernel import audit
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.problems import refusal
from cdef.teams import rules
from cdef.teams.actions import own_lead
from cdef.teams.check_rules import Check
from cdef.teams.models import Team, WaiverRequest


def ask_waiver(
    team: Team, rule_id: int, reason: str, *, seen: int, by: Someone, now: datetime
) -> None:
    """Give the reason for which a rule should be waived, or another in the place of ``seen``.

    The same reason twice is one request; over a reason that somebody gave meanwhile it is refused.
    """
    with transaction(team):
        check = check_asking(team, rule_id, by=by)
        asked, what = check.asked, "asked for a waiver"
        if asked and asked.reason == reason:
            return
        if asked and asked.id != seen:
            raise refusal(
                f"{asked.by.label} has given a reason meanwhile: “{asked.reason}” "
                "Send yours once more to put it in its place.",
                "reason",
            )
        if asked:
            asked.withdrawn_at, what = now, "gave another reason for a waiver"
            db.session.flush()
        request = WaiverRequest(team_id=team.id, team_rule_id=rule_id, reason=reason)
        request.by_id, request.asked_at = by.id, now
        db.session.add(request)
        was = {"reason": asked.reason} if asked else None
        what = f"{what}: {check.text}"
        audit.record(team.about, what, by=by, now=now, before=was, after={"reason": reason})


def withdraw_waiver(request: WaiverRequest, team: Team, *, by: Someone, now: datetime) -> None:
    """Take a request back; twice is once."""
    with transaction(team, request):
        own_lead(team, by)
        check_open(team)
        if request.withdrawn_at:
            return
        request.withdrawn_at = now
        what = f"took back the request for a waiver: {request.rule.text}"
        audit.record(team.about, what, by=by, now=now, before={"reason": request.reason})


def check_asking(team: Team, rule_id: int, *, by: Someone) -> Check:
    """The line of the checklist that a lead may ask about now, or ``Refused``."""
    own_lead(team, by)
    check_open(team)
    check = rules.missing_position(team, rule_id)
    if check is None:
        raise refusal("The roster has somebody for this now, so there is nothing to waive.")
    return check


def check_open(team: Team) -> None:
    if not rules.may_ask(team.state):
        raise refusal("The staff have decided, so waivers are not asked for here now.")


def request_of(team: Team, waiver_id: int) -> WaiverRequest | None:
    """A request through the team that one may see, also one that was taken back."""
    request = db.session.get(WaiverRequest, waiver_id)
    return request if request and request.team_id == team.id else None
