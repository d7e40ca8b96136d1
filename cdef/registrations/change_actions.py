"""Changes of a submitted roster that hold at once: details corrected, a person swapped for another."""

from dataclasses import asdict
from datetime import datetime

from cdef.kernel import audit
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.names import is_respelled
from cdef.kernel.problems import refusal
from cdef.kernel.tokens import once_key
from cdef.kernel.words import local_day
from cdef.outbox.actions import cancel_waiting, newest_reached, post
from cdef.outbox.overtaken_rules import CONFIRMED, LEFT, overtaken_by
from cdef.registrations import change_letters, letters
from cdef.registrations import change_rules as rules
from cdef.registrations.actions import confirm, personal_link
from cdef.registrations.proposal_models import open_proposals
from cdef.registrations.substitute_end_actions import OFF_ROSTER, end_for
from cdef.registrations.substitute_models import newest_substitutes
from cdef.registrations.telling_actions import tell_corrections
from cdef.teams.listing_actions import relist
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from cdef.teams.roster_actions import Clash, check_new, checked, rewrite, row_of
from cdef.teams.row_rules import Row, merge

MOVED_AWAY = "Your confirmation and the days in your calendar have moved to another address."
MOVED_HERE = "{who} corrected your details, and this is your address from now on."
ANOTHER_PERSON = (
    "This looks like another person. Swap {called} for them, so that both are told and the days"
    " leave the one calendar and come into the other."
)


def correct(member: Member, row: Row, base: Row, *, by: Someone, now: datetime) -> None:
    """Correct a person's details, opened as ``base``; what others changed meanwhile stays.

    A new address gets a confirmation, whose entries are those that the old one loses. ``Clash``
    where the same field was changed; ``Refused`` where it would be another person.
    """
    team = member.team
    with transaction(team.cohort, team):
        check_present(member)
        before = row_of(member)
        merged = merge(base, checked(team, member.side, row, member), before)
        if merged.clashing:
            raise Clash(member, merged.clashing)
        after = merged.row
        if after == before:
            return
        if not is_respelled(before.name, after.name):
            raise refusal(ANOTHER_PERSON.format(called=member.called), "name")
        check_new(team, after.email, member)
        rewrite(member, after)
        write_down(member, f"corrected {member.called}", before, after, by=by, now=now)
        relist(team, now=now)
        if after.email != before.email and team.state == "approved":
            move_confirmation(member, before.email, by=by, now=now)
        tell_corrections(team, by=by, now=now)


def move_confirmation(member: Member, old: str, *, by: Someone, now: datetime) -> None:
    """The old address loses the entries that the new one gets; who hears of both keeps the later."""
    registration = member.team.registration
    let_go(member, old, because=MOVED_AWAY, now=now)
    about, reason = member.team.about, "The address was corrected again."
    cancel_waiting(about, overtaken_by(CONFIRMED), to=[member.email], reason=reason, now=now)
    member.turn += 1
    confirm(registration, member, now=now, because=MOVED_HERE.format(who=by.name or by.email))


def let_go(member: Member, email: str, *, because: str, now: datetime) -> None:
    """Tell an address that holds a confirmation of theirs; one that has not left yet is cancelled."""
    about, kinds = member.team.about, ("confirmation", "cancellation")
    holds = newest_reached(about, kinds).get(email) == "confirmation"
    cancel_waiting(about, overtaken_by(LEFT), to=[email], reason="The roster was changed.", now=now)
    if holds:
        member.turn += 1
        issued = personal_link(email, now=now) if email == member.email else None
        gone = letters.cancellation(
            member.team.registration, member, issued, now=now, email=email, because=because
        )
        post(gone, now=now)


def swap(member: Member, row: Row, *, by: Someone, now: datetime, once: str = "") -> Member:
    """Swap a person for another of the same side; the same form twice swaps once.

    ``Refused`` after the day until which leads do so by themselves: then staff decide.
    """
    team, key = member.team, once_key(once, str(member.id), *asdict(row).values())
    with transaction(team.cohort, team):
        done = next((each for each in team.rows if key and each.once == key), None)
        if done:
            return done
        check_present(member)
        if not rules.swaps_at_once(team.cohort, local_day(now)):
            raise refusal("The day for swaps has passed: say why, and the staff decide.", "reason")
        row = checked_swap(member, row)
        check_unproposed(team, member, row.email)
        what = f"swapped {member.called} for {row.name}"
        newcomer = put_in_place(member, row, what, by=by, now=now, key=key)
        for letter in change_letters.swapped(member, newcomer, by=by):
            post(letter, now=now)
        return newcomer


def checked_swap(member: Member, row: Row) -> Row:
    """The row of whoever comes, as it is kept; the same person spelled anew is no swap."""
    after = checked(member.team, member.side, row, member)
    if after.email == member.email and is_respelled(member.name, after.name):
        raise refusal(f"This is {member.called} again: correct their details instead.", "email")
    return after


def put_in_place(
    member: Member, row: Row, what: str, *, by: Someone, now: datetime, key: str = ""
) -> Member:
    """One leaves and another comes, on the same side, in the caller's transaction.

    Whoever comes has a row, and so calendar entries, of their own.
    """
    team = member.team
    take_off(member, now=now)
    newcomer = add_row(team, member.side, row, now=now, key=key)
    write_down(newcomer, what, row_of(member), row, by=by, now=now)
    relist(team, now=now)
    if team.state == "approved":
        left = f"{newcomer.called} takes your place on the team of {team.district.label}."
        let_go(member, member.email, because=left, now=now)
        came = f"You take the place of {member.called}." if member.name else ""
        confirm(team.registration, newcomer, now=now, because=came)
    return newcomer


def write_down(
    member: Member, what: str, before: Row | None, after: Row | None, *, by: Someone, now: datetime
) -> None:
    """A line of the timeline about one row; signatures stay as they are."""
    audit.record(
        member.team.about,
        what,
        by=by,
        now=now,
        before=asdict(before) if before else None,
        after=asdict(after) if after else None,
        subject=member.subject,
    )


def take_off(member: Member, *, now: datetime) -> None:
    """Written at once, so that the address is free for whoever comes."""
    member.removed_at = now
    because = OFF_ROSTER.format(member.called)
    end_for(newest_substitutes([member.id]), because, now=now)
    db.session.flush()


def add_row(team: Team, side: str, row: Row, *, now: datetime, key: str = "") -> Member:
    member = Member(side=side, created_at=now, once=key, **asdict(row))
    team.rows.append(member)
    db.session.flush()
    return member


def check_present(member: Member) -> None:
    """Refuse a change of somebody who is gone, and of a place that has no name to correct."""
    check_changing(member.team)
    if member.removed_at:
        raise refusal(f"{member.called} is not on the roster any more.")


def check_changing(team: Team) -> None:
    if not rules.may_change(team.state):
        raise refusal("The roster of this team is not changed here now.")


def check_unproposed(team: Team, member: Member | None, email: str) -> None:
    """Refuse a second change of somebody for whom, or for whose address, one waits already."""
    for each in open_proposals(team):
        if member and each.member_id == member.id:
            raise refusal(f"A change of {member.called} waits for the staff already.")
        if email and each.after and each.after["email"] == email:
            raise refusal("Somebody with this address is proposed already.", "email")
