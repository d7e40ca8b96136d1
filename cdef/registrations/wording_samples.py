"""A letter as it would read for a real team, for whoever words it; nothing in it opens anything."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from flask import current_app

from cdef.kernel.access import Someone
from cdef.kernel.words import dates, local, moment, plural
from cdef.outbox.envelope import Envelope, write
from cdef.outbox.wording_rules import Kind, Worded
from cdef.registrations.letters import team_words, why_cancelled
from cdef.series.meeting_rules import Change
from cdef.teams.models import Team

SOMEBODY = SimpleNamespace(
    name="Jo Lee",
    email="jo.lee@example.org",
    side="district",
    label="Jo Lee",
    called="Jo Lee",
    position_label="Teacher",
)
SUBSTITUTE = SimpleNamespace(
    name="Ana Ruiz", email="ana.ruiz@example.org", words="", member=SOMEBODY
)
MEETING = SimpleNamespace(
    training_session=SimpleNamespace(name="Session 1", title="Its title"),
    dates=[],
    starts=None,
    ends=None,
    venue=None,
)
NOTE = "What the staff write for this team stands here."
TEST = "Test: {}"


def sample(kind: Kind, team: Team, changes: list[Change], *, now: datetime) -> dict[str, Any]:
    """What the templates and places of a kind are filled with: the team's own facts, else examples."""
    words = team_words(team)
    words["says"] = words["says"] | says(team, now)
    return words | facts(team, changes, now) | OF_KIND.get(kind.key, {})


def says(team: Team, now: datetime) -> dict[str, str]:
    lead = team.leads[0] if team.leads else SOMEBODY
    return {
        "days": "in 7 days",
        "session": meeting_of(team).training_session.name,
        "when": dates(meeting_of(team).dates),
        "change": f"{SOMEBODY.name} joins the union side (Teacher)",
        "decision": "Accepted",
        "last series": team.cohort.series.title,
        "lead": lead.name,
        "lead address": lead.email,
        "leaver": SOMEBODY.called,
        "newcomer": team.members[0].called if team.members else SOMEBODY.called,
        "meeting": "Session 1, November 29–30, 2016",
        "member": SOMEBODY.called,
        "news": "New dates",
        "predecessor": SOMEBODY.name,
        "request": f"{lead.name} asks you to take over the {lead.side} side.",
        "seats": plural(len(team.members), "seat"),
        "side": lead.side,
        "signed": moment(local(now)),
        "substitute": SUBSTITUTE.name,
        "teams": team.district.label,
        "until": moment(local(now)),
        "verdict": "accepted",
        "who": lead.name,
        "why": why_cancelled(team, "", moved=False),
    }


def meeting_of(team: Team) -> Any:
    """A meeting of the team's cohort whose days are set, where it has one."""
    meetings = sorted(team.cohort.meetings, key=lambda meeting: not meeting.days)
    return meetings[0] if meetings else MEETING


def facts(team: Team, changes: list[Change], now: datetime) -> dict[str, Any]:
    """Whatever stands around the wording of some letter."""
    page = str(current_app.config["BASE_URL"]).rstrip("/") + "/"
    lead = team.leads[0] if team.leads else SOMEBODY
    member = team.members[0] if team.members else SOMEBODY
    flags = dict.fromkeys(("updates", "asks", "may_edit", "is_member", "is_accepted"), True)
    flags |= dict.fromkeys(("others_stay", "cancels", "moved", "is_staff"), False)
    people: dict[str, Any] = {"lead": lead, "inviter": lead, "before": SOMEBODY, "left": SOMEBODY}
    people |= {"other": lead, "came": member, "member": member, "side": lead.side}
    decision = SimpleNamespace(row_notes=[], waived="", over="", until=now, by=SOMEBODY)
    texts = {"note": NOTE, "because": "", "code": "000000", "headline": "New dates"}
    lists: dict[str, Any] = {"changes": changes, "differences": [], "events": [], "lines": []}
    numbers = {"people": len(team.members), "attached_days": 2}
    links = {"address": page, "personal": page, "stop": page}
    one: dict[str, Any] = {"meeting": meeting_of(team), "substitute": SUBSTITUTE}
    one |= {"how_far": "in 7 days", "problems": []}
    return {**one, **flags, **people, **texts, **lists, **numbers, **links, "decision": decision}


OF_KIND: Mapping[str, dict[str, Any]] = {
    "roster_nudge": {"reason": "unsigned", "signed_by": SOMEBODY.name},
    "roster_corrected": {"lines": ["Jo Lee corrected somebody: name from Jon to John."]},
    "change_proposed": {"lines": [("Jo Lee", "Somebody joins the union side", "They teach there")]},
}


def test_letter(
    kind: Kind,
    wording: Worded,
    team: Team,
    changes: list[Change],
    to: Someone,
    *,
    now: datetime,
) -> Envelope:
    """To whoever words a letter: how it would read for this team."""
    words = sample(kind, team, changes, now=now)
    person = f"person:{to.id}"
    envelope = write(kind.key, (to.name, to.email), about=person, wording=wording, **words)
    return replace(envelope, subject=TEST.format(envelope.subject))
