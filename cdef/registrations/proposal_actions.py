"""Proposing a change of a submitted roster, withdrawing it, and the decision of staff on it."""

from dataclasses import asdict, dataclass
from datetime import datetime

from cdef.kernel import audit
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.problems import refusal
from cdef.kernel.tokens import once_key
from cdef.outbox.actions import post
from cdef.registrations import change_letters
from cdef.registrations import change_rules as rules
from cdef.registrations.actions import confirm
from cdef.registrations.change_actions import (
    add_row,
    check_changing,
    check_present,
    check_unproposed,
    checked_swap,
    let_go,
    put_in_place,
    take_off,
    write_down,
)
from cdef.registrations.closing_actions import close, record
from cdef.registrations.offer_models import seats_left
from cdef.registrations.proposal_models import Proposal, proposals_of
from cdef.registrations.telling_actions import tell_proposals
from cdef.teams.listing_actions import relist
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from cdef.teams.roster_actions import check_new, checked, rewrite, row_of
from cdef.teams.row_rules import Row

STALE = "The row has changed since this was proposed. Refuse it with a note: then it can be proposed anew."


@dataclass(frozen=True)
class Wish:
    """What is asked of staff: the kind of change, the row that it is about, and what it should say."""

    kind: str
    reason: str
    side: str = ""  # of whoever joins, or changes sides
    member: Member | None = None
    row: Row | None = None


def propose(team: Team, wish: Wish, *, by: Someone, now: datetime, once: str = "") -> None:
    """Ask staff for a change; the same form twice asks once.

    ``Refused`` where a change of the same person waits already, or the new row cannot be.
    """
    with transaction(team.cohort, team):
        check_changing(team)
        key = once_key(once, *asdict(wish.row).values()) if wish.row else once_key(once)
        if key and any(each.once == key for each in proposals_of(team)):
            return
        after = wanted(team, wish)
        check_unproposed(team, wish.member, after["email"] if after else "")
        before = rules.values_of(wish.member) if wish.member else None
        proposal = Proposal(
            team=team,
            member=wish.member,
            kind=wish.kind,
            before=before,
            after=after,
            reason=wish.reason,
            by_id=by.id,
            at=now,
            once=key,
        )
        db.session.add(proposal)
        db.session.flush()
        record(proposal, "proposed", by=by, now=now, note=wish.reason)
        tell_proposals(team, by=by, now=now)


def wanted(team: Team, wish: Wish) -> dict[str, str] | None:
    """The row as it would be kept, checked as it will be when staff accept; None for a leaving."""
    if wish.member:
        check_present(wish.member)
    if wish.row is None:
        return None
    if wish.kind == rules.SWAP and wish.member:
        return rules.proposed(wish.member.side, checked_swap(wish.member, wish.row))
    return rules.proposed(wish.side, checked(team, wish.side, wish.row, wish.member))


def withdraw(proposal: Proposal, *, by: Someone, now: datetime) -> None:
    """Leads think better of it; twice is once. ``Refused`` once staff have decided."""
    with transaction(proposal.team.cohort, proposal.team, proposal):
        if proposal.state == rules.WITHDRAWN:
            return
        close(proposal, rules.WITHDRAWN, by=by, now=now)


def refuse(proposal: Proposal, note: str, *, by: Someone, now: datetime) -> None:
    """Staff say no, and why; nothing changes."""
    with transaction(proposal.team.cohort, proposal.team, proposal):
        if proposal.state == rules.OPEN and not note:
            raise refusal("Please write a note: the leads will read it.", "note")
        close(proposal, rules.REFUSED, by=by, now=now, note=note)
        tell_leads(proposal, now=now)


def accept(proposal: Proposal, note: str, *, by: Someone, now: datetime) -> None:
    """Staff say yes: the roster changes, and whoever comes or goes is told, as are both leads.

    The cohort is locked first, so that seats are counted as they are. ``Refused`` where the row has
    changed, the address is taken, no seat is left, or somebody was faster.
    """
    team = proposal.team
    with transaction(team.cohort, team, proposal):
        close(proposal, rules.ACCEPTED, by=by, now=now, note=note)
        check_changing(team)
        check_acceptance(proposal, now)
        CARRY_OUT[proposal.kind](proposal, by=by, now=now)
        relist(team, now=now)
        if team.registration.offered_seats:
            team.registration.offered_seats = len(team.members)
        tell_leads(proposal, now=now)


def check_acceptance(proposal: Proposal, now: datetime) -> None:
    team = proposal.team
    if rules.is_stale(proposal):
        raise refusal(STALE)
    if proposal.after:
        check_new(team, proposal.after["email"], proposal.member)
    if rules.needs_seat(proposal, now) and seats_left(team.cohort, now) < 1:
        raise refusal(f"No seat is left in the {team.cohort.name} Cohort.")


def tell_leads(proposal: Proposal, *, now: datetime) -> None:
    for letter in change_letters.decided(proposal):
        post(letter, now=now)


def join(proposal: Proposal, *, by: Someone, now: datetime) -> None:
    team, after = proposal.team, proposal.after or {}
    member = add_row(team, after["side"], rules.row_in(after), now=now)
    write_down(member, f"added {member.called}", None, row_of(member), by=by, now=now)
    if team.state == "approved":
        confirm(team.registration, member, now=now, because="The staff have added you to the team.")


def leave(proposal: Proposal, *, by: Someone, now: datetime) -> None:
    member, team = proposal.member, proposal.team
    if member is None:
        raise refusal(STALE)
    take_off(member, now=now)
    write_down(member, f"removed {member.called}", row_of(member), None, by=by, now=now)
    if team.state == "approved" and member.email:
        left = f"You are not on the team of {team.district.label} any more, as its leads proposed."
        let_go(member, member.email, because=left, now=now)


def take_turns(proposal: Proposal, *, by: Someone, now: datetime) -> None:
    member, after = proposal.member, proposal.after
    if member is None or after is None:
        raise refusal(STALE)
    what = f"swapped {member.called} for {after['name']}"
    put_in_place(member, rules.row_in(after), what, by=by, now=now)


def change_side(proposal: Proposal, *, by: Someone, now: datetime) -> None:
    member, after = proposal.member, proposal.after
    if member is None or after is None:
        raise refusal(STALE)
    rewrite(member, rules.row_in(after))
    member.side = after["side"]
    what = f"put {member.called} on the {member.side} side"
    about, before = proposal.team.about, proposal.before
    audit.record(about, what, by=by, now=now, before=before, after=after)


CARRY_OUT = {
    rules.JOIN: join,
    rules.LEAVE: leave,
    rules.SWAP: take_turns,
    rules.SIDE: change_side,
}
