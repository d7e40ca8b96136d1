"""A substitute for one meeting: proposed by a member, answered by a lead, and ended."""

from datetime import datetime

from cdef.accounts.actions import person_for
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.emails import fold_email
from cdef.kernel.problems import refusal
from cdef.kernel.tokens import once_key
from cdef.outbox.actions import cancel_letters, cancel_waiting
from cdef.outbox.overtaken_rules import GIVEN, overtaken_by
from cdef.registrations import substitute_letters as letters
from cdef.registrations.actions import confirm, personal_link
from cdef.registrations.substitute_end_actions import end, record, send
from cdef.registrations.substitute_models import Substitute, newest_substitutes
from cdef.registrations.substitute_rules import ACCEPTED, OPEN, next_state
from cdef.series.models import Meeting
from cdef.teams.member_models import Member

CHANGED = "{} has changed since you opened this page. Look at it as it is now."
BACK = "{} does not come in your place. You are expected at {} again."


def propose(
    member: Member,
    meeting: Meeting,
    name: str,
    email: str,
    words: str,
    *,
    seen: int,
    by: Someone,
    now: datetime,
    once: str = "",
) -> Substitute:
    """Ask the leads that somebody comes to one meeting in a member's place; the same form asks once.

    ``seen`` is the meeting's SEQUENCE as the page showed it. ``Refused`` for somebody who is on the
    team anyway, and while another waits or is accepted.
    """
    team, key = member.team, once_key(once, str(member.id), str(meeting.id))
    with transaction(team.cohort, team, meeting):
        earlier = newest_substitutes([member.id])
        done = next((each for each in earlier if key and each.once == key), None)
        if done:
            return done
        check_meeting(member, meeting, seen)
        if any(each.meeting_id == meeting.id and each.state in OPEN for each in earlier):
            raise refusal("You have proposed somebody for this meeting already.")
        folded = fold_email(email)
        if any(each.email == folded for each in team.members):
            raise refusal("This person is on the team, and comes anyway.", "email")
        found = Substitute(team=team, member=member, meeting=meeting, name=name, email=folded)
        found.words, found.at, found.once = words, now, key
        db.session.add(found)
        db.session.flush()
        record(found, "proposed {} for {}", by=by, now=now)
        for letter in letters.proposed(found):
            send(found, letter, now=now)
        return found


def check_meeting(member: Member, meeting: Meeting, seen: int) -> None:
    if member.team.state != "approved" or member.removed_at:
        raise refusal("You have no place in this team any more.")
    if seen != meeting.sequence or not meeting.days:
        raise refusal(CHANGED.format(meeting.training_session.name))


def accept(substitute: Substitute, *, by: Someone, now: datetime) -> None:
    """The substitute gets the meeting's entries, and the member a cancellation of theirs."""
    team = substitute.team
    with transaction(team.cohort, team, substitute):
        substitute.state = next_state(substitute.state, "accept")
        substitute.decided_at = now
        substitute.member.turn += 1
        person_for(substitute.email, name=substitute.name, now=now)
        record(substitute, "accepted {} for {}", by=by, now=now)
        db.session.flush()
        about, to = team.about, [substitute.member.email]
        reason = f"{substitute.name} comes in their place."
        cancel_waiting(about, overtaken_by(GIVEN), to=to, reason=reason, now=now)
        tell_member(substitute, now=now)
        send(substitute, letters.confirmed(substitute, now=now), now=now)


def refuse(substitute: Substitute, note: str, *, by: Someone, now: datetime) -> None:
    """The member is told, and is expected as before; the substitute had not heard of it yet."""
    team = substitute.team
    with transaction(team.cohort, team, substitute):
        substitute.state = next_state(substitute.state, "refuse")
        substitute.decided_at, substitute.note = now, note
        record(substitute, "refused {} for {}", by=by, now=now)
        tell_member(substitute, now=now)


def tell_member(substitute: Substitute, *, now: datetime) -> None:
    """What the leads have not read yet is answered, and the member hears of it."""
    cancel_letters(substitute.letter_ids or [], reason="A lead has answered.", now=now)
    issued = personal_link(substitute.member.email, now=now)
    send(substitute, letters.decided(substitute, issued, now=now), now=now)


def come_oneself(substitute: Substitute, *, by: Someone, now: datetime) -> None:
    """The member comes after all: the entries come back, and the substitute's go."""
    team, member = substitute.team, substitute.member
    with transaction(team.cohort, team, substitute):
        was_accepted = substitute.state == ACCEPTED
        end(substitute, f"{member.called} comes after all.", by=by, now=now)
        if was_accepted:
            member.turn += 1
            db.session.expire(team.registration, ["substitutes"])
            name, meeting = substitute.name, substitute.meeting.training_session.name
            confirm(team.registration, member, now=now, because=BACK.format(name, meeting))
