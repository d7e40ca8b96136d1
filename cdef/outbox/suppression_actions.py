"""Keeping the list of addresses that get no invitations and reminders, and reading what came back."""

from datetime import datetime

from sqlalchemy import select

from cdef.kernel import audit
from cdef.kernel.db import db, transaction
from cdef.kernel.emails import fold_email
from cdef.kernel.problems import refusal
from cdef.outbox import suppression_rules as rules
from cdef.outbox.actions import overtake
from cdef.outbox.models import Letter
from cdef.outbox.overtaken_rules import STOPPED, overtaken_by
from cdef.outbox.suppression_models import REASONS, Suppression

MOST = 20  # things on whose timeline it stands that mail came back


def suppress(email: str, reason: str, *, by: object, now: datetime, note: str = "") -> bool:
    """Send nothing unasked-for to an address, and cancel what waits; whether that is new."""
    email = fold_email(email)
    with transaction():
        which = [Letter.to_email == email, Letter.kind.in_(overtaken_by(STOPPED))]
        overtake(which, reason=REASONS[reason] + ".", now=now)
        if db.session.scalar(select(Suppression).where(Suppression.email == email)):
            return False
        db.session.add(Suppression(email=email, reason=reason, note=note, at=now))
        after = {"email": email, "reason": REASONS[reason]}
        what = "stopped invitations and reminders to an address"
        audit.record("suppressions", what, by=by, now=now, after=after)
        return True


def allow_again(found: Suppression, *, by: object, now: datetime) -> None:
    """Take an address off the list, since its owner or its mail server changed their mind."""
    with transaction(found):
        before = {"email": found.email, "reason": REASONS[found.reason]}
        what = "allowed invitations and reminders to an address again"
        audit.record("suppressions", what, by=by, now=now, before=before)
        db.session.delete(found)


def take_back(text: str, *, by: object, now: datetime) -> list[str]:
    """Mark the addresses of a letter that came back; which ones.

    Without a delivery report in it, the addresses count to which this app has sent a letter.
    """
    found = rules.returned(text) or [rules.Returned(each, "") for each in written_to(text)]
    if not found:
        raise refusal("No address that a letter went to stands in this text.", "text")
    with transaction():
        for each in found:
            if suppress(each.email, "returned", by=by, now=now, note=each.note):
                tell(each, by=by, now=now)
    return [each.email for each in found]


def tell(found: rules.Returned, *, by: object, now: datetime) -> None:
    """Say it where staff look: on the timelines of the teams and campaigns that wrote there."""
    query = select(Letter.about).where(Letter.to_email == found.email).distinct()
    after = {"email": found.email, "said": found.note}
    for about in db.session.scalars(query.order_by(Letter.about).limit(MOST)):
        what = "noted that mail came back"
        audit.record(about, what, by=by, now=now, after=after)


def written_to(text: str) -> list[str]:
    named = rules.addresses(text)[:100]
    query = select(Letter.to_email).where(Letter.to_email.in_(named)).distinct()
    return sorted(db.session.scalars(query)) if "@" in text else []
