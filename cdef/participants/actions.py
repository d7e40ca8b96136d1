"""What participants do for themselves: come in by their link, answer a meeting, tell their needs."""

from datetime import datetime

from sqlalchemy import select

from cdef.accounts.actions import count_link, open_browser, person_for, with_address
from cdef.kernel import audit
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.emails import fold_email
from cdef.kernel.problems import refusal
from cdef.kernel.tokens import Token
from cdef.outbox.actions import cancel_waiting, post
from cdef.outbox.overtaken_rules import CANNOT, overtaken_by
from cdef.participants import letters
from cdef.participants.data_models import has_been_named
from cdef.participants.models import Answer, Needs
from cdef.registrations.actions import personal_link
from cdef.series.models import Meeting
from cdef.teams.member_models import Member

CHANGED = "{} has changed since you opened this page. Look at it as it is now, and answer again."


def enter(token: Token, *, now: datetime) -> str:
    """Open the participant's own page in this browser; the link keeps working for years."""
    with transaction():
        return open_browser(person_for(token.email, now=now), now=now, is_personal=True)


def send_link(email: str, *, ip: str, now: datetime) -> str:
    """Mail a link to the personal page if a roster has, or had, the address; return it folded.

    The answer is the same for every address, and so is what is counted. ``TooMany`` past the limits.
    """
    folded = fold_email(email)
    with transaction():
        count_link(folded, ip=ip, now=now)
        person = with_address(folded)
        if person and has_been_named(person):
            post(letters.personal_link(person, personal_link(folded, now=now)), now=now)
    return folded


def answer_meeting(
    member: Member, meeting: Meeting, is_coming: bool, *, seen: int, by: Someone, now: datetime
) -> None:
    """Say whether one can come to one meeting; saying it again changes nothing.

    ``seen`` is the meeting's SEQUENCE as the page showed it: ``Refused`` where newer dates or another
    venue have been published since.
    """
    with transaction(member, meeting):
        if seen != meeting.sequence or not meeting.days:
            raise refusal(CHANGED.format(meeting.training_session.name))
        query = select(Answer).where(Answer.member_id == member.id, Answer.meeting_id == meeting.id)
        answer = db.session.scalar(query.where(Answer.sequence == seen))
        if answer is None:
            answer = Answer(member_id=member.id, meeting_id=meeting.id, sequence=seen)
            db.session.add(answer)
        elif answer.is_coming == is_coming:
            return
        answer.is_coming, answer.at = is_coming, now
        said = "can come to" if is_coming else "cannot come to"
        what = f"{member.name} {said} {meeting.training_session.name}"
        audit.record(member.team.about, what, by=by, now=now)
        if not is_coming:
            about, kinds = member.team.about, overtaken_by(CANNOT)
            cancel_waiting(about, kinds, to=[member.email], reason=f"{what}.", now=now)


def tell_needs(member: Member, dietary: str, access: str, *, now: datetime) -> None:
    """Keep a member's needs; they stand in no timeline, letter or log."""
    with transaction(member):
        needs = db.session.get(Needs, member.id) or Needs(member_id=member.id)
        needs.dietary, needs.access, needs.updated_at = dietary, access, now
        db.session.add(needs)
