"""Teams in every state, and staff who decide on them as people do."""

import re
from collections import Counter

from sqlalchemy import update

from cdef.kernel.db import db, transaction
from cdef.outbox.models import Letter
from cdef.registrations.decision_page import ADDRESSES
from cdef.registrations.preview_rules import TITLES
from cdef.teams.models import Team
from tests.cast import FEW, Cast, Mailbox
from tests.pages import XHTML, Browser, Page

BECAUSE = "Because."
TELLING = re.compile(r"(Only if nobody answers: )?(\d+) letters? “([^”]+)” to (?:\d+ people )?(.+)")
# How a team comes into each state, from a draft that can be signed.
WAYS: dict[str, list[str]] = {
    "draft": [],
    "submitted": ["submit"],
    "returned": ["submit", "return"],
    "waitlisted": ["submit", "waitlist"],
    "approved": ["submit", "approve"],
    "declined": ["submit", "decline"],
    "withdrawn": ["submit", "withdraw"],
}


def bring(cast: Cast, state: str) -> Team:
    """A team in this state, by the verbs that lead there; its letters have left."""
    team: Team = cast.stage.play(f"brought to {state}", lambda: brought(cast, state))
    return team


def brought(cast: Cast, state: str) -> Team:
    cast.staff()
    team = cast.team(members=FEW)
    for verb in WAYS[state]:
        if verb == "submit":
            cast.sign(team, "district")
            cast.sign(team, "union")
        else:
            cast.decide(team, verb, BECAUSE)
    assert team.state == state
    hand_over()
    return team


def hand_over() -> None:
    """The outbox is emptied: whoever has a letter in it has read it."""
    with transaction():
        db.session.execute(update(Letter).values(state="handed_over"))


def give_seats(team: Team, seats: int) -> None:
    with transaction(team.cohort):
        team.cohort.seats = seats


def path(team: Team, verb: str) -> str:
    return f"/staff/teams/{team.id}/{ADDRESSES[verb]}"


def post(staff: Browser, team: Team, verb: str, note: str = BECAUSE, **fields: str) -> Page:
    """Send a decision from the page that is open, whether it has the button or not."""
    assert staff.page is not None
    sent = {name: staff.page.value(name) for name in ("csrf_token", "version", "seen")}
    sent |= {"note": note} | fields
    if "until" not in sent and verb == "offer":
        sent["until"] = "2016-10-24"
    return staff.post(path(team, verb), list(sent.items()))


def decide(staff: Browser, team: Team, verb: str, note: str = BECAUSE, **fields: str) -> Page:
    """Open the team's page, and decide."""
    staff.get(f"/staff/teams/{team.id}")
    return post(staff, team, verb, note, **fields)


def letters_after(mailbox: Mailbox, before: int) -> Counter[tuple[str, str]]:
    """Who got which letters since: those that something cancelled at once do not count."""
    new = (letter for letter in mailbox.letters()[before:] if letter.state != "cancelled")
    return Counter((letter.kind, letter.to_name or letter.to_email) for letter in new)


def previewed(page: Page, team: Team, verb: str) -> Counter[tuple[str, str]]:
    """Who the panel says will get which letter at once, read from its words."""
    kinds = {title: kind for kind, title in TITLES.items()}
    does = page.find("div", id=f"decision-{team.id}-{verb}-does")[0]
    found: Counter[tuple[str, str]] = Counter()
    for item in does.iter(f"{XHTML}li"):
        said = TELLING.fullmatch(" ".join("".join(item.itertext()).split()))
        assert said is not None
        later, number, title, people = said.groups()
        names = re.split(r", | and ", people)
        assert len(names) == int(number)
        found.update((kinds[title], name) for name in names if not later)
    return found
