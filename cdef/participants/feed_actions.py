"""The address at which calendar programs find one's meetings: making it, and making another."""

from datetime import datetime, timedelta
from secrets import token_hex

from cdef.kernel import tokens
from cdef.kernel.access import Someone
from cdef.kernel.db import transaction
from cdef.kernel.tokens import Issued

FEED = "feed"
FEED_LASTS = timedelta(days=10 * 366)


def make_address(*, by: Someone, now: datetime) -> None:
    """A new secret address for this person's calendar; the one before answers no more."""
    nonce = token_hex(16)
    issued = Issued(tokens.derived(FEED, nonce), tokens.fresh().code)
    with transaction():
        tokens.end_all(FEED, by.email, now=now)
        payload = {"nonce": nonce}
        tokens.issue(FEED, by.email, lifetime=FEED_LASTS, now=now, payload=payload, issued=issued)
