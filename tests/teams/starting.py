"""Filling in the form that starts a team, and pressing the link that it mails."""

from typing import Any

from sqlalchemy import select

from cdef.directory.models import District
from cdef.kernel.db import db, transaction
from cdef.series.models import Cohort, cohort_by_slug
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, MILPITAS, Mailbox
from tests.pages import Browser, Page

IMOGEN = {
    "name": "Imogen Castellanos",
    "email": DISTRICT_LEAD,
    "side": "district",
    "position": "superintendent",
}


def district(cd_code: str) -> District:
    return db.session.scalars(select(District).where(District.cd_code == cd_code)).one()


def cohort(slug: str = "bay-area") -> Cohort:
    found = cohort_by_slug(slug)
    assert found is not None
    return found


def ask(browser: Browser, slug: str = "bay-area", cd_code: str = MILPITAS, **fields: Any) -> Page:
    """Fill in the form and send it, as Imogen unless said otherwise."""
    browser.get("/register")
    places = {"cohort_id": str(cohort(slug).id), "district_id": str(district(cd_code).id)}
    return browser.submit("/register", **(places | IMOGEN | fields))


def press(browser: Browser, link: str) -> Page:
    browser.get(link)
    return browser.submit(link)


def start(browser: Browser, mailbox: Mailbox, email: str = DISTRICT_LEAD, **fields: Any) -> Page:
    ask(browser, email=email, **fields)
    return press(browser, mailbox.link("start_team", email))


def teams() -> list[Team]:
    return list(db.session.scalars(select(Team).order_by(Team.id)))


def close(**fields: Any) -> None:
    with transaction():
        for name, value in fields.items():
            setattr(cohort(), name, value)
