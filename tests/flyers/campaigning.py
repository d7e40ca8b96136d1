"""Campaigns as staff write them, for tests, the walkers' world and the states of pages."""

from typing import Any, NamedTuple

from sqlalchemy import select

from cdef.accounts.models import Person
from cdef.flyers import campaign_actions as actions
from cdef.flyers.models import Campaign, Invitation
from cdef.flyers.send_actions import write_letters
from cdef.kernel.db import db
from cdef.kernel.sheets import from_paste
from cdef.outbox.suppression_actions import suppress
from cdef.outbox.suppression_models import Suppression
from cdef.series.models import cohort_by_slug
from tests.cast import Cast

TO = """CD code,Side,Name,E-mail
4373387,district,Imogen Castellanos,imogen@district.example.org
4373387,union,Beatriz Holloway,beatriz@union.example.org
0161259,district,,office@oakland.example.org
"""


class Campaigned(NamedTuple):
    invitation: int
    values: dict[str, Any]


def campaign_of(cast: Cast, to: str = TO, cohort: str = "") -> Campaign:
    """A draft to these contacts."""
    staff, found = cast.staff(), cohort_by_slug(cohort or "bay-area")
    assert found is not None
    number = actions.write_campaign(
        found.series,
        found.id if cohort else None,
        "Come with both sides",
        "The training begins *soon*.\n\n- Both sides\n- Five days",
        by=staff,
        now=cast.now(),
        once="",
    )
    made = db.session.get_one(Campaign, number)
    if to:
        actions.add_list(made, from_paste(to), by=staff, now=cast.now())
    return made


def send(cast: Cast, campaign: Campaign, staff: Person | None = None) -> None:
    """Confirm it, and write all its letters."""
    seen = len(db.session.scalars(of(campaign)).all())
    actions.send(campaign, seen=seen, by=staff or cast.staff(), now=cast.now())
    while write_letters(now=cast.now()):
        pass


def of(campaign: Campaign) -> Any:
    query = select(Invitation).where(Invitation.campaign_id == campaign.id)
    return query.order_by(Invitation.id)


def campaigned(cast: Cast) -> Campaigned:
    """A campaign that is not sent yet, its first recipient, and an address that gets none."""
    made = campaign_of(cast)
    suppress("stopped@example.org", "staff", by=cast.staff(), now=cast.now())
    first = db.session.scalars(of(made)).first()
    stopped = db.session.scalars(select(Suppression)).one()
    return Campaigned(first.id, {"campaign_id": made.id, "suppression_id": stopped.id})
