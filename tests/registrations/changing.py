"""An approved team whose confirmations have left, and how its leads and staff change it."""

from email.message import EmailMessage

from sqlalchemy import update

from cdef.kernel.db import db, transaction
from cdef.outbox.models import Letter
from cdef.registrations.proposal_models import Proposal, proposals_of
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from tests.cast import FEW, Cast, Mailbox, address_of, calendars_of
from tests.pages import Browser, Page

BOARD, CLASSIFIED = FEW[0][1], FEW[1][1]
NEWCOMER = {
    "name": "Winifred Abernathy",
    "email": "Winifred.Abernathy@example.org",
    "position": "board",
    "site": "",
}
NEW_EMAIL = "winifred.abernathy@example.org"
WHY = "The board chose somebody else."


def approved(cast: Cast) -> Team:
    """Four people, each of whom holds a confirmation."""
    cast.staff()
    team = cast.approved(members=FEW)
    empty_outbox()
    return team


def empty_outbox() -> None:
    """Whatever waits has left."""
    waiting = update(Letter).where(Letter.state.in_(("held", "queued")))
    with transaction():
        db.session.execute(waiting.values(state="handed_over"))


def member_named(team: Team, name: str) -> Member:
    db.session.expire_all()
    return next(member for member in team.members if member.name == name)


def names(team: Team) -> list[str]:
    db.session.expire_all()
    return [member.name for member in team.members]


def address(team: Team, name: str, change: str) -> str:
    return f"/teams/{team.id}/members/{member_named(team, name).id}/{change}"


def make(browser: Browser, team: Team, who: str, change: str, /, **fields: str) -> Page:
    """Open the form of a change, fill it in and send it."""
    path = address(team, who, change)
    browser.get(path)
    return browser.submit(path, **fields)


def propose_joining(browser: Browser, team: Team, side: str = "district", **fields: str) -> Page:
    browser.get(f"/teams/{team.id}/proposals/new?side={side}")
    return browser.submit(f"/teams/{team.id}/proposals", **NEWCOMER | {"reason": WHY} | fields)


def newest(team: Team) -> Proposal:
    db.session.expire_all()
    return proposals_of(team)[-1]


def answer(staff: Browser, team: Team, verdict: str, note: str = "") -> Page:
    """Staff press the button of the newest proposal."""
    staff.get(f"/staff/teams/{team.id}")
    return staff.submit(verdict_path(team, verdict), note=note)


def verdict_path(team: Team, verdict: str) -> str:
    return f"/staff/teams/{team.id}/proposals/{newest(team).id}/{verdict}"


def to(name: str) -> str:
    return address_of(name)


def entries(mail: EmailMessage) -> list[tuple[str, str, int]]:
    """Each calendar part of a letter: its method, UID and SEQUENCE."""
    return [
        (str(part["METHOD"]), str(part.events[0]["UID"]), int(part.events[0]["SEQUENCE"]))
        for part in calendars_of(mail)
    ]


def told(mailbox: Mailbox, kind: str, *, since: int = 0) -> list[str]:
    """Who gets a letter of a kind that is not cancelled, and that is newer than some."""
    return sorted(
        letter.to_email
        for letter in mailbox.letters(kind)
        if letter.state != "cancelled" and letter.id > since
    )


def last_letter(mailbox: Mailbox) -> int:
    return max((letter.id for letter in mailbox.letters()), default=0)
