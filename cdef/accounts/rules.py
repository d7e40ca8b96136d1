"""Sign-in rules: what an address must look like, how long a proof lasts, how often one may try."""

from dataclasses import dataclass
from datetime import timedelta

from cdef.kernel.problems import Refused

LINK_LASTS = timedelta(minutes=30)
PARTNER_LINK_LASTS = timedelta(days=30)
PERSONAL_LINK_LASTS = timedelta(days=3 * 366)
SIGNED_IN_LASTS = timedelta(days=30)
# Who signs in by the link that the first start prints; no mail can reach this address.
FIRST_STAFF = "staff@localhost.localdomain"
ROLES = ("staff", "needs", "finance", "admin")


@dataclass(frozen=True)
class Limit:
    """At most ``most`` tries within ``within``, and what to say to the next one."""

    most: int
    within: timedelta
    sentence: str


LINKS_PER_ADDRESS = Limit(
    3,
    timedelta(hours=1),
    "We have sent three links to this address within the hour. Use the newest of them, or try again later.",
)
WRONG_CODES_PER_ADDRESS = Limit(
    10,
    timedelta(minutes=15),
    "Too many wrong codes for this address. Wait 15 minutes, or press the link in the mail.",
)
TRIES_PER_NETWORK = Limit(
    60,
    timedelta(hours=1),
    "Too many tries from your network within the hour. Please try again later.",
)


class TooMany(Refused):
    """A limit was reached: the same form again, with status 429."""
