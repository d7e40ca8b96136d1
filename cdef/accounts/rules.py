"""Sign-in rules: what an address must look like, how long a proof lasts, how often one may try."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from cdef.kernel.problems import Problem, Refused, blocker

LINK_LASTS = timedelta(minutes=30)
PARTNER_LINK_LASTS = timedelta(days=30)
PERSONAL_LINK_LASTS = timedelta(days=3 * 366)
SIGNED_IN_LASTS = timedelta(days=30)
# Who signs in by the link that the first start prints; no mail can reach this address.
FIRST_STAFF = "staff@localhost.localdomain"
# What staff may do; each role is told in one sentence.
ROLES = {
    "staff": "Decides on registrations and runs the series.",
    "needs": "Sees dietary and access needs, counted and without names.",
    "finance": "Keeps what is owed and what was paid.",
    "admin": "Adds and removes staff, and says who has which role.",
}


def in_order(roles: Iterable[str]) -> str:
    """Roles as a person keeps them: each once, in the order of ``ROLES``."""
    chosen = set(roles)
    return " ".join(role for role in ROLES if role in chosen)


def roles_problem(before: str, after: str, *, is_own: bool, is_last_admin: bool) -> Problem | None:
    """Why somebody's roles cannot become others: the desk is never left without an administrator."""
    if "admin" in after.split() or "admin" not in before.split():
        return None
    if is_own:
        return blocker("You cannot take the role “admin” from yourself: ask another administrator.")
    if is_last_admin:
        return blocker("Nobody else has the role “admin”. Give it to somebody first.")
    return None


def said_of_roles(before: str, after: str) -> str:
    """What the timeline says of a change of roles."""
    if not before:
        return "became staff"
    return "changed the roles" if after else "took all roles"


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
