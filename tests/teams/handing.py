"""Asking a successor to take a side over, and pressing the link that this mails."""

from sqlalchemy import func, select

from cdef.kernel.db import db
from cdef.teams.lead_models import Handover, Lead
from cdef.teams.models import Team
from tests.cast import SUCCESSOR, Cast, Mailbox
from tests.pages import Browser, Page

NAME, POSITION = "Cordelia Whitcombe", "human_resources"
INVITATION = "handover_invitation"


def ask(
    browser: Browser, team: Team, email: str = SUCCESSOR, name: str = NAME, **more: str
) -> Page:
    """Fill in the form of a side on the page in front, and send it."""
    return browser.submit(f"/teams/{team.id}/handovers", name=name, email=email, **more)


def offered(cast: Cast, mailbox: Mailbox, team: Team, side: str = "district") -> str:
    """The link by which Cordelia can take a side over."""
    cast.ask_successor(team, side)
    return mailbox.link(INVITATION, SUCCESSOR)


def take(browser: Browser, link: str, **fields: str | None) -> Page:
    """Open the link and press its button, as somebody who comes to the training."""
    browser.get(link)
    return browser.submit(link, **({"position": POSITION} | fields))


def district_lead(team: Team) -> Lead:
    lead = team.lead("district")
    assert lead is not None
    return lead


def count() -> int:
    """How many handovers there are."""
    return db.session.scalar(select(func.count(Handover.id))) or 0
