"""Who gets which letter when a decision is made: what its preview says, and its action does."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from cdef.kernel.words import listing, plural
from cdef.registrations.decision_rules import SEATING

# The kind of letter that tells the leads what a verb did.
NEWS_OF = {
    "submit": "submitted",
    "approve": "approved",
    "accept": "approved",
    "offer": "offered",
    "recall": "recalled",
    "pass": "passed",
    "reinstate": "reinstated",
    "return": "returned",
    "waitlist": "waitlisted",
    "decline": "declined",
    "withdraw": "withdrawn",
    "reopen": "reopened",
}
TITLES = {
    "approved": "Approved, with the amount due",
    "offered": "Seats offered, to accept or decline",
    "lapsed": "The offer has lapsed",
    "recalled": "The offer is taken back",
    "reinstated": "Submitted again",
    "returned": "Returned, with the notes",
    "waitlisted": "On the waitlist",
    "declined": "Declined",
    "withdrawn": "Withdrawn",
    "reopened": "Reopened",
    "confirmation": "Confirmation, with the days for the calendar",
    "cancellation": "Cancellation, which takes the days out of the calendar",
    "over_capacity": "More people than seats, with your reason",
}
SHORT = 4  # So many names are said at once; more are counted.


@dataclass(frozen=True)
class Telling:
    """One kind of letter, and the people who get it."""

    kind: str
    people: list[tuple[str, str]]
    is_later: bool = False  # Only if nobody answers an offer in time.

    @property
    def title(self) -> str:
        return TITLES[self.kind]

    @property
    def is_long(self) -> bool:
        return len(self.people) > SHORT

    @property
    def to(self) -> str:
        names = [name or email for name, email in self.people]
        if self.is_long:
            return plural(len(names), "person", "people")
        return listing(names)


def tellings(
    team: Any,
    verb: str,
    *,
    holders: Collection[str] = (),
    colleagues: Iterable[Any] = (),
) -> list[Telling]:
    """The letters of a decision; ``holders`` have a confirmation, ``colleagues`` hear of too many people."""
    leads = [(lead.name, lead.email) for lead in joined(team)]
    found = [Telling(NEWS_OF[verb], leads)]
    if verb == "offer":
        found.append(Telling("lapsed", leads, is_later=True))
    if verb == "approve":
        found.append(Telling("confirmation", [(row.name, row.email) for row in named(team)]))
    if team.state == "approved":
        told = [(row.name, row.email) for row in named(team) if row.email in holders]
        found.append(Telling("cancellation", told))
    if verb in SEATING:
        found.append(Telling("over_capacity", [(each.name, each.email) for each in colleagues]))
    return [telling for telling in found if telling.people]


def joined(team: Any) -> list[Any]:
    """The leads who are told: who has not come in yet has an invitation only."""
    return [lead for lead in team.leads if lead.joined_at]


def named(team: Any) -> list[Any]:
    """The members who can be told: a place without a name has no address."""
    return [member for member in team.members if not member.is_placeholder]
