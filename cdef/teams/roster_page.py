"""What the roster's templates show: both sides with their forms, the checklist and the cost."""

from typing import Any

from flask import g, request

from cdef.kernel import audit, clock
from cdef.kernel.audit import Event
from cdef.kernel.htmx import is_htmx
from cdef.series.rules import ALL_POSITIONS, SIDES, side_of
from cdef.teams import rules, undo_rules
from cdef.teams.forms import MemberForm, PartnerForm, WaiverForm, member_form
from cdef.teams.import_page import bringing_words
from cdef.teams.lead_models import Lead
from cdef.teams.live import known_line, news, take_pulse
from cdef.teams.member_models import Member
from cdef.teams.models import Team, recently_removed

TIMELINE = 30


# What an answer adds to the page that anybody sees who opens it.
NO_ANSWER: dict[str, Any] = {
    "adding": None,  # the form of a new row that was refused
    "added_to": "",  # the side on which a row was added
    "editing": None,  # the form of the row that is open,
    "edited": None,  # the member of that row,
    "clashes": (),  # and the fields of it that somebody else has changed as well
    "saved": None,  # the member whose row was saved
    "has_invited": False,
    "asking": None,  # the form of a request for a waiver that was refused
    "asked_about": 0,  # the rule for which a waiver was asked, or taken back
    "handing": None,  # the form of a handover that was refused
    "handed": "",  # the side whose handover has changed
    "list_form": None,  # the form that brings a list, on a whole page
    "keeps_forms": False,  # the page has its forms already, and its morph leaves them alone
}


def page_words(team: Team, *, live: dict[str, Any] | None = None, **answer: Any) -> dict[str, Any]:
    """The context of the team's page and its parts; ``answer`` takes the names above."""
    forms = form_words(
        team,
        answer.get("adding"),
        answer.get("added_to", ""),
        keeps_forms=answer.get("keeps_forms", False),
    )
    live = live or live_words(team)
    words = roster_words(team, live["events"]) | forms | live
    bringing = {} if is_htmx() else bringing_words(team)  # Drawn once, with the whole page.
    return NO_ANSWER | bringing | words | answer


def saved_words(team: Team, member: Member, live: dict[str, Any]) -> dict[str, Any] | None:
    """The context of what follows from one row that was saved; None where the page lacks more.

    The page says what it knew when it sent the row. If nothing but the save is newer, the other
    rows and forms on it are what they are, and need not be drawn again.
    """
    known = known_line(request.form.get("since", ""))
    newer = [event for event in live["events"] if event.id > known]
    if newer != ([team.newest] if team.newest else []) or "put_back" in request.form:
        return None
    row = {
        "team": team,
        "saved": member,
        "beside": dict(drawn_rows(team, member.side))[member],
        "lines": undo_rules.affected(live["events"], member, now=live["now"]) if newer else [],
        "waiver_form": WaiverForm(formdata=None),
    }
    return NO_ANSWER | check_words(team, team.lead_of(g.person)) | live | row


def form_words(
    team: Team, adding: MemberForm | None, added_to: str, *, keeps_forms: bool = False
) -> dict[str, Any]:
    """The forms of the page; of those that it keeps only the one that was just sent is made."""
    missing = rules.missing_positions(team)
    sides = [side for side in SIDES if side == added_to or not keeps_forms]
    add_forms = {side: member_form(side, missing, formdata=None) for side in sides}
    asked = request.args.get("position", "")
    if asked in ALL_POSITIONS and side_of(asked) in add_forms:
        add_forms[side_of(asked)].position.data = asked
    if adding and adding.side.data in SIDES:
        add_forms[adding.side.data] = adding
    return {
        "add_forms": add_forms,
        "partner_form": None if keeps_forms else PartnerForm(formdata=None),
        "waiver_form": WaiverForm(formdata=None),
    }


def roster_words(team: Team, events: list[Event]) -> dict[str, Any]:
    """Both sides, the checklist, the cost and what happened; who was removed can be put back."""
    own, may_edit = team.lead_of(g.person), rules.may_edit(team.state)
    return check_words(team, own) | {
        "lines": undo_rules.lines(events, team.rows, now=clock.now(), may_edit=may_edit),
        "team": team,
        "sides": SIDES,
        "inviting": rules.side_to_invite(team, own),
        "has_left": bool(request.form.get("left")),
        "rows": {side: drawn_rows(team, side) for side in SIDES},
        "people": len(team.members),
        "price_cents": rules.price_cents(team),
        "cost_cents": rules.cost_cents(len(team.members), rules.price_cents(team)),
    }


def check_words(team: Team, own: Lead | None) -> dict[str, Any]:
    """What is asked of the team, and what this person can do about it."""
    return {
        "own": own,
        "may_edit": rules.may_edit(team.state),
        "may_ask": own is not None and rules.may_ask(team.state),
        "checklist": rules.checklist(team, clock.today()),
    }


def drawn_rows(team: Team, side: str) -> list[tuple[Member, Member | None]]:
    """A side's rows with those that were just removed, each with the member who is next to it."""
    gone = recently_removed(team, now=clock.now())
    rows = [row for row in team.rows if row.side == side and (not row.removed_at or row in gone)]
    present = [row for row in rows if not row.removed_at]
    following: dict[int, Member | None] = {}
    last = None
    for row in reversed(rows):
        following[row.id] = last
        last = last if row.removed_at else row
    return [(row, following[row.id] or before(row, present)) for row in rows]


def before(row: Member, present: list[Member]) -> Member | None:
    return next((each for each in reversed(present) if each.id < row.id), None)


def live_words(team: Team) -> dict[str, Any]:
    """What happened, who is here, and the mark with which the page asks what is new."""
    now, events = clock.now(), audit.timeline(team.about, TIMELINE, upto=team.newest)
    pulse = take_pulse(team, g.person, events, now=now)
    partners = [lead for lead in team.leads if lead.person_id != g.person.id]
    return {
        "events": events,
        "mark": pulse.mark,
        "present": partners if pulse.is_partner_here else [],
        "news": news(events, g.person, now=now),
        "now": now,
    }
