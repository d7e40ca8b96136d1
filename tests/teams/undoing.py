"""Changes of a roster, and their undo from the timeline."""

from dataclasses import replace

from cdef.kernel import audit, clock
from cdef.kernel.audit import Event
from cdef.teams import roster_actions
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from tests.pages import Browser, Page


def change(member: Member, **fields: str) -> None:
    base = roster_actions.row_of(member)
    by = member.team.leads[0].person
    roster_actions.edit_member(member, replace(base, **fields), base, by=by, now=clock.now())


def remove(member: Member) -> None:
    roster_actions.remove_member(member, by=member.team.leads[0].person, now=clock.now())


def newest(team: Team) -> Event:
    return audit.timeline(team.about)[0]


def address(team: Team, event: Event | None = None) -> str:
    """Where the newest line of the timeline, or a given one, is undone."""
    return f"/teams/{team.id}/events/{(event or newest(team)).id}/undo"


def undo(browser: Browser, team: Team, event: Event | None = None) -> Page:
    browser.get(f"/teams/{team.id}")
    return browser.submit(address(team, event))
