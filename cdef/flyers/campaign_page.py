"""What the pages of one campaign show: whom it goes to, how far it is, and where districts stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cdef.flyers import campaign_rules as rules
from cdef.flyers.campaign_rules import Standing
from cdef.flyers.follow_models import standings
from cdef.flyers.models import Campaign, counts
from cdef.outbox.suppression_models import REASONS, suppressed

ON_A_PAGE = 50


@dataclass(frozen=True)
class Listing:
    """One page of a campaign's districts; a page that there is not is the last."""

    everybody: Sequence[Standing]
    asked: int

    @property
    def total(self) -> int:
        return len(self.everybody)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // ON_A_PAGE))

    @property
    def page(self) -> int:
        return min(max(self.asked, 1), self.pages)

    @property
    def districts(self) -> Sequence[Standing]:
        return self.everybody[(self.page - 1) * ON_A_PAGE : self.page * ON_A_PAGE]


def words_of(found: Campaign, page: int = 1) -> dict[str, Any]:
    """Where a campaign stands, with a page of its districts."""
    everybody = standings(found)
    stopped = suppressed([row.email for each in everybody for row in each.invitations])
    return how_far(found) | {
        "listing": Listing(everybody, page),
        "stopped": {email: REASONS[reason] for email, reason in stopped.items()},
        "steps": rules.tally(everybody),
        "silent": silent(everybody),
    }


def progress_of(found: Campaign) -> dict[str, Any]:
    """The same for the part that counts, which is asked for again and again while letters are written."""
    return how_far(found) | {"silent": silent(standings(found)) if found.state == "sent" else 0}


def how_far(found: Campaign) -> dict[str, Any]:
    total, done = counts(found)
    return {"campaign": found, "labels": rules.LABELS, "total": total, "done": done}


def silent(everybody: Sequence[Standing]) -> int:
    return sum(each.is_silent for each in everybody)
