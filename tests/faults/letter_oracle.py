"""Whether every letter went out once, or is visibly in doubt, and calendars only move forward."""

from collections.abc import Iterator
from datetime import date, datetime

from cdef.kernel.words import ZONE
from tests.calendar_client import CalendarClient, Entry, opened
from tests.cast import parse
from tests.faults.reading import Left, Post

WITH_CALENDAR = ("confirmation", "cancellation", "meeting_changed")


def deliveries(after: Left, doubts: int) -> Iterator[str]:
    """None is lost or made up; twice come at most as many as were in hand when something broke."""
    known = {post.identity: post for post in after.letters}
    yield from (f"nobody wrote {each}" for each in after.arrived.keys() - known.keys())
    if after.contents - {post.raw for post in after.letters}:
        yield "a letter arrived with other bytes than those that are kept"
    for post in after.letters:
        times = after.arrived[post.identity]
        if post.state not in SOUND or not SOUND[post.state](post, times):
            yield f"{words(post)} came {times} times"
    twice = sum(times - 1 for times in after.arrived.values() if times > 1)
    if twice > doubts:
        yield f"{twice} letters came twice, and {doubts} were in hand when something broke"


# How often a letter may have come: again only if it shows that it was begun again, and one that was
# overtaken or refused only if it was in hand before.
SOUND = {
    "handed_over": lambda post, times: 1 <= times <= post.begun,
    "cancelled": lambda post, times: times <= post.begun,
    "failed": lambda post, times: times < post.begun,
}


def words(post: Post) -> str:
    return f"{post.kind} about {post.about} to {post.to}, {post.state}, begun {post.begun} times,"


def calendars(after: Left) -> Iterator[str]:
    """SEQUENCE rises with what is said of a day, and each calendar ends as it is published."""
    said: dict[tuple[str, str], Entry] = {}
    clients: dict[str, CalendarClient] = {}
    for post in after.letters:
        letter = opened(parse(post.raw)) if b"text/calendar" in post.raw else []
        for attendee, uid, entry in letter:
            known = said.get((attendee, uid))
            if known and told(known) != told(entry) and known.version[0] >= entry.version[0]:
                yield f"{words(post)} says another thing of {uid} by the same SEQUENCE"
            if known is None or known.version[0] <= entry.version[0]:
                said[attendee, uid] = entry
            else:
                yield f"{words(post)} falls back in SEQUENCE of {uid}"
        if after.arrived[post.identity]:
            clients.setdefault(post.to, CalendarClient(post.to)).receive(letter)
    yield from shown(after, clients)


def told(entry: Entry) -> object:
    return entry.method, entry.starts, entry.ends, entry.place


def shown(after: Left, clients: dict[str, CalendarClient]) -> Iterator[str]:
    """Who has a place sees the published days; whoever lost it sees none."""
    failed = {post.to for post in after.letters if post.state == "failed"}
    wanted = {
        row["email"]: after.days if team.state == "approved" else []
        for team in after.teams
        for row in team.rows
    }
    for email, days in wanted.items():
        entries = clients[email].entries.values() if email in clients else []
        seen = sorted(local_day(entry.starts) for entry in entries if entry.is_held)
        if email not in failed and seen != sorted(days):
            yield f"the calendar of {email} shows {seen}, and {sorted(days)} are published"


def local_day(moment: date | datetime) -> str:
    day = moment.astimezone(ZONE).date() if isinstance(moment, datetime) else moment
    return day.isoformat()
