"""Changing what a place costs, how large a team is and who belongs on it.

Who has submitted keeps the price that both leads signed; the rest holds for all from now on.
"""

from datetime import datetime

from sqlalchemy import select

from cdef.kernel import audit, tokens
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.edits import Values, save
from cdef.kernel.words import money
from cdef.registrations.models import Registration
from cdef.registrations.recount_actions import recount_rules
from cdef.series.models import Cohort, Series, TeamRule
from cdef.teams.lead_models import Signature
from cdef.teams.models import Team
from cdef.teams.roster_actions import changed
from cdef.teams.rules import EDITABLE


def set_terms(series: Series, typed: Values, seen: str, *, by: Someone, now: datetime) -> Values:
    """Write price (in cents) and sizes; a new price voids what only one lead has signed."""
    with transaction(series):
        what = "changed the price or the size of a team"
        written = save(series, typed, seen, about=series.about, what=what, by=by, now=now)
        if "price_cents" in written:
            said = f"changed the price to {money(series.price_cents)} a person"
            for team in half_signed(series):
                with transaction(team.cohort, team):
                    changed(team, said, by=by, now=now)
        return written


def half_signed(series: Series) -> list[Team]:
    """The teams that can still change, and that a lead has signed as they are."""
    query = (
        select(Team)
        .join(Cohort)
        .outerjoin(Registration)
        .where(Cohort.series_id == series.id)
        .where(Registration.id.is_(None) | Registration.state.in_(EDITABLE))
        .where(Team.signatures.any(Signature.revision == Team.revision))
        .order_by(Team.cohort_id, Team.id)
    )
    return list(db.session.scalars(query))


def add_rule(series: Series, typed: Values, *, by: Someone, now: datetime, once: str) -> TeamRule:
    """Ask for somebody more; a second sending of the same form asks once."""
    key = tokens.once_key(once, "rule", str(series.id))
    with transaction(series):
        done = tokens.already_done(key)
        if done and (earlier := db.session.get(TeamRule, int(done))):
            return earlier
        position = 1 + max((rule.position for rule in series.team_rules), default=-1)
        rule = TeamRule(position=position, **typed)
        series.team_rules.append(rule)
        db.session.flush()
        recount_rules()
        tokens.remember(key, str(rule.id), now=now)
        audit.record(series.about, "added a rule for a team", by=by, now=now, after=typed)
        return rule


def edit_rule(
    series: Series, rule: TeamRule, typed: Values, seen: str, *, by: Someone, now: datetime
) -> Values:
    """Write what a rule asks for and which positions meet it; requests to waive it stay."""
    with transaction(series, rule):
        what = f"edited the rule “{rule.text}”"
        written = save(rule, typed, seen, about=series.about, what=what, by=by, now=now)
        if "met_by" in written:
            db.session.flush()
            recount_rules()
        return written


def remove_rule(series: Series, rule: TeamRule, *, by: Someone, now: datetime) -> None:
    """Ask for it no more; twice is once. Its row stays, for what was asked and decided about it."""
    with transaction(series, rule):
        if rule.removed_at:
            return
        rule.removed_at = now
        db.session.flush()
        db.session.expire(series, ["team_rules"])
        recount_rules()
        before = {"text": rule.text, "met_by": rule.met_by}
        audit.record(series.about, "removed a rule for a team", by=by, now=now, before=before)


def move_rule(series: Series, rule: TeamRule, *, step: int, by: Someone, now: datetime) -> None:
    """Change places with the rule before (-1) or after (1); at the end of the list it stays."""
    with transaction(series, rule):
        order = list(series.team_rules)
        if rule not in order:
            return
        before = [each.text for each in order]
        here = order.index(rule)
        order.insert(min(max(here + step, 0), len(order) - 1), order.pop(here))
        after = [each.text for each in order]
        if after == before:
            return
        for position, each in enumerate(order):
            each.position = position
        audit.record(
            series.about,
            "changed the order of the rules",
            by=by,
            now=now,
            before={"rules": before},
            after={"rules": after},
        )
