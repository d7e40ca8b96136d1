"""What a participant tells: whether they come to a meeting, and what they need there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship
from sqlalchemy.orm.interfaces import ORMOption

from cdef.kernel.access import Someone
from cdef.kernel.db import Base, db
from cdef.participants.rules import Told
from cdef.registrations.models import Registration
from cdef.registrations.substitute_models import Substitute, newest_substitutes
from cdef.series.draft_models import held_in
from cdef.series.models import Cohort, Meeting, Series
from cdef.teams.member_models import Member
from cdef.teams.models import Team


class Answer(Base):
    """A member's "I can come" or "I cannot come" to one meeting, as it was published then.

    ``sequence`` is the meeting's: once it rises, the question is asked anew, and the row stays.
    """

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("member_id", "meeting_id", "sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    sequence: Mapped[int]
    is_coming: Mapped[bool]
    at: Mapped[datetime]

    meeting: Mapped[Meeting] = relationship()


class Needs(Base):
    """Dietary and access needs: private, apart from everything else, and erased after the series."""

    __tablename__ = "needs"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    dietary: Mapped[str] = mapped_column(default="")
    access: Mapped[str] = mapped_column(default="")
    updated_at: Mapped[datetime]


def places_of(person: Someone) -> list[Member]:
    """The person's places in approved teams, newest first, with all that their page shows."""
    query = (
        select(Member)
        .join(Team, Member.team_id == Team.id)
        .join(Registration, Registration.team_id == Team.id)
        .where(
            Member.email == person.email,
            Member.removed_at.is_(None),
            Registration.state == "approved",
        )
        .order_by(Member.id.desc())
    )
    return list(db.session.scalars(query.options(*with_place())))


def with_place() -> list[ORMOption]:
    """A member's team with its people, and the meetings of its cohort: three queries for any number."""
    team = joinedload(Member.team)
    meetings = team.joinedload(Team.cohort).selectinload(Cohort.meetings)
    return [
        team.joinedload(Team.district),
        team.joinedload(Team.registration),
        team.joinedload(Team.cohort).joinedload(Cohort.series),
        team.selectinload(Team.rows),
        meetings.joinedload(Meeting.training_session),
        meetings.joinedload(Meeting.venue),
        meetings.joinedload(Meeting.days),
    ]


def place_of(person: Someone, member_id: int) -> Member | None:
    """One of the person's own places."""
    return next((place for place in places_of(person) if place.id == member_id), None)


@dataclass(frozen=True)
class Said:
    """What a member said by meeting to what is published now, and what asks them anew."""

    answers: dict[int, bool]
    changed: set[int]
    substitutes: dict[int, Substitute]  # The newest for each meeting.


def said_by(places: Collection[Member]) -> dict[int, Said]:
    """What was said in each of some places, in two queries."""
    found = {place.id: Said({}, set(), {}) for place in places}
    for substitute in newest_substitutes(found):
        found[substitute.member_id].substitutes[substitute.meeting_id] = substitute
    query = select(Answer, Meeting.sequence).join(Answer.meeting)
    given = query.where(Answer.member_id.in_(found)).order_by(Answer.id)
    for answer, sequence in db.session.execute(given):
        said = found[answer.member_id]
        if answer.sequence == sequence:
            said.answers[answer.meeting_id] = answer.is_coming
        else:
            said.changed.add(answer.meeting_id)
    for said in found.values():
        said.changed.difference_update(said.answers)
    return found


def needs_of(places: Collection[Member]) -> dict[int, Needs]:
    ids = [place.id for place in places]
    query = select(Needs).where(Needs.member_id.in_(ids))
    return {needs.member_id: needs for needs in db.session.scalars(query)}


def answers_to(meeting_ids: Collection[int], members: Collection[int]) -> Sequence[Answer]:
    """Whatever these members have said to some meetings, to each version of them."""
    return db.session.scalars(
        select(Answer).where(
            Answer.meeting_id.in_(list(meeting_ids)), Answer.member_id.in_(list(members))
        )
    ).all()


def meetings_and_answers(
    cohort_id: int, members: Collection[int]
) -> tuple[list[Meeting], list[Answer]]:
    """The published meetings of a cohort, and whatever these members have said to them, in one query."""
    theirs = (Answer.meeting_id == Meeting.id) & Answer.member_id.in_(list(members))
    query = held_in([cohort_id], select(Meeting, Answer)).outerjoin(Answer, theirs)
    found = db.session.execute(query).unique().all()
    return list(dict.fromkeys(row[0] for row in found)), [row[1] for row in found if row[1]]


def told_in(series: Series) -> dict[int, list[Told]]:
    """The needs of everybody with a place, by cohort: without a name, a team or an order."""
    away: dict[int, set[int]] = {}
    for member_id, meeting_id in db.session.execute(
        select(Answer.member_id, Answer.meeting_id)
        .join(Meeting, Meeting.id == Answer.meeting_id)
        .where(Answer.is_coming.is_(False), Answer.sequence == Meeting.sequence)
    ):
        away.setdefault(member_id, set()).add(meeting_id)
    found: dict[int, list[Told]] = {cohort.id: [] for cohort in series.cohorts}
    for cohort_id, member_id, dietary, access in db.session.execute(
        select(Team.cohort_id, Member.id, Needs.dietary, Needs.access)
        .join(Member, Member.team_id == Team.id)
        .join(Registration, Registration.team_id == Team.id)
        .outerjoin(Needs, Needs.member_id == Member.id)
        .where(
            Team.cohort_id.in_(found), Member.removed_at.is_(None), Registration.state == "approved"
        )
    ):
        told = Told(dietary or "", access or "", frozenset(away.get(member_id, ())))
        found[cohort_id].append(told)
    return found
