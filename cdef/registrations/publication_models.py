"""The letters of a publication, and the people whom it concerns."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Text,
    UniqueConstraint,
    cast,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Mapped, defer, joinedload, mapped_column

from cdef.kernel.db import Base, db
from cdef.outbox.models import Letter
from cdef.outbox.rules import WAITING
from cdef.registrations.models import Registration
from cdef.registrations.telling_rules import (
    APPROVED,
    CONFIRMATION,
    Reader,
    Seat,
    Telling,
    Untold,
    Waiting,
    tellings,
)
from cdef.series.draft_models import with_meetings
from cdef.series.draft_rules import change_of
from cdef.series.meeting_rules import Change, shown_from, shown_of
from cdef.series.models import Cohort
from cdef.teams.lead_models import Lead
from cdef.teams.member_models import Member
from cdef.teams.models import Team

LEAVING = (*WAITING, "sending")
REMINDER = "meeting_reminder"


class PublicationLetter(Base):
    """A letter that a publication wrote, for each team of its reader's: what they knew before."""

    __tablename__ = "publication_letter"
    __table_args__ = (UniqueConstraint("letter_id", "team_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"), index=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)  # By meeting, see series.meeting_rules.


def concerned(changes: Iterable[Change]) -> set[int]:
    return {change.cohort_id for change in changes}


def standing_of_meetings(
    cohort_ids: Collection[int], *, loaded: Collection[Cohort] = ()
) -> dict[int, Change]:
    """Every meeting of some cohorts as it is published: a change of nothing.

    Those that are ``loaded`` already are not read again.
    """
    found = {}
    known = [cohort for cohort in loaded if cohort.id in cohort_ids]
    missing = set(cohort_ids) - {cohort.id for cohort in known}
    for cohort in [*known, *(with_meetings(missing) if missing else ())]:
        for meeting in cohort.known_meetings:
            shown = shown_of(meeting)
            change = change_of(meeting, cohort, shown, shown)
            found[meeting.id] = Change(
                change.meeting_id,
                change.cohort_id,
                change.cohort,
                change.part,
                meeting.sequence,
                shown,
                shown,
            )
    return found


def tellings_of(changes: Sequence[Change], standing: Mapping[int, Change]) -> list[Telling]:
    """The letters that a publication would write, as the database is now."""
    members = members_of(concerned(changes))
    readers = [*map(member_reader, members), *lead_readers(concerned(changes), members)]
    teams = {reader.seat.team_id: reader.seat.about for reader in readers}
    return tellings(
        readers,
        {change.meeting_id: change for change in changes},
        standing,
        untold_by(teams),
        waiting_in(teams.values()),
    )


def overtaken_in(cohort_ids: Collection[int]) -> set[int]:
    """The letters that a publication takes the place of, for whatever they say is told anew."""
    query = select(Team.id).join(Registration, Registration.team_id == Team.id)
    approved = Team.cohort_id.in_(cohort_ids), Registration.state == "approved"
    teams = {team_id: f"team:{team_id}" for team_id in db.session.scalars(query.where(*approved))}
    untold = {number for each in untold_by(teams).values() for number in each.letters}
    bringing = {each.letter_id for each in waiting_in(teams.values()).values()}
    return untold | bringing | reminders_in(teams.values())


def reminders_in(abouts: Collection[str]) -> set[int]:
    """Reminders that wait, of whatever meeting: where one is still owed, it is written anew."""
    of_teams = Letter.about.in_(list(abouts)), Letter.kind == REMINDER, Letter.state.in_(LEAVING)
    return set(db.session.scalars(select(Letter.id).where(*of_teams)))


def members_of(cohort_ids: Collection[int]) -> Sequence[Member]:
    """Whoever is named in an approved team; a place that is held has nobody to write to."""
    query = (
        select(Member)
        .join(Member.team)
        .join(Registration, Registration.team_id == Team.id)
        .where(
            Team.cohort_id.in_(cohort_ids),
            Registration.state == "approved",
            Member.removed_at.is_(None),
            Member.email != "",
        )
        .order_by(Team.id, Member.id)
        .options(
            defer(Member.is_elsewhere),
            defer(Member.past_email),
            joinedload(Member.team).options(
                joinedload(Team.district), joinedload(Team.registration), joinedload(Team.cohort)
            ),
        )
    )
    return db.session.scalars(query).all()


def member_reader(member: Member) -> Reader:
    team = member.team
    seat = seat_in(team, member.id, member.turn)
    return Reader(member.email, member.name, team.cohort_id, seat)


def seat_in(team: Team, member_id: int, own_turn: int = 0) -> Seat:
    turn = team.registration.turn + own_turn
    return Seat(team.id, team.about, team.district.label, member_id, turn)


def lead_readers(cohort_ids: Collection[int], members: Iterable[Member]) -> Iterator[Reader]:
    """The leads who have joined, with whether their team's roster names them."""
    named = {(member.team_id, member.email) for member in members}
    query = (
        select(Lead)
        .join(Lead.team)
        .join(Registration, Registration.team_id == Team.id)
        .where(
            Team.cohort_id.in_(cohort_ids),
            Registration.state == "approved",
            Lead.left_at.is_(None),
            Lead.joined_at.is_not(None),
        )
        .order_by(Team.id, Lead.id)
        .options(
            joinedload(Lead.person),
            joinedload(Lead.team).options(
                joinedload(Team.district), joinedload(Team.registration), joinedload(Team.cohort)
            ),
        )
    )
    for lead in db.session.scalars(query):
        is_named = (lead.team_id, lead.email) in named
        seat = seat_in(lead.team, 0)
        yield Reader(lead.email, lead.name, lead.team.cohort_id, seat, is_named)


def untold_by(teams: Mapping[int, str]) -> dict[tuple[int, str], Untold]:
    """By team and address, what letters of earlier publications say that nobody has read yet."""
    query = (
        select(PublicationLetter, Letter.to_email, Letter.state)
        .join(Letter, PublicationLetter.letter_id == Letter.id)
        .where(PublicationLetter.team_id.in_(teams), Letter.state != "handed_over")
        .order_by(PublicationLetter.letter_id)
    )
    rows = db.session.execute(query).all()
    told = last_told(teams) if rows else {}
    found: dict[tuple[int, str], Untold] = {}
    for row, email, state in rows:
        key = (row.team_id, email)
        if row.letter_id < told.get(key, 0):
            continue
        untold = found.setdefault(key, Untold())
        untold.letters.append(row.letter_id)
        untold.may_arrive = untold.may_arrive or state == "sending"
        for meeting_id, kept in row.before.items():
            untold.before.setdefault(int(meeting_id), shown_from(kept))
    return found


def last_told(teams: Mapping[int, str]) -> dict[tuple[int, str], int]:
    """By team and address, the newest letter about dates that was handed over."""
    by_publication = (
        select(about_team(PublicationLetter.team_id), Letter.to_email, func.max(Letter.id))
        .join(Letter, PublicationLetter.letter_id == Letter.id)
        .where(PublicationLetter.team_id.in_(teams), Letter.state == "handed_over")
        .group_by(PublicationLetter.team_id, Letter.to_email)
    )
    numbers = {about: team_id for team_id, about in teams.items()}
    by_decision = (
        select(Letter.about, Letter.to_email, func.max(Letter.id))
        .where(
            Letter.about.in_(numbers),
            Letter.kind.in_((CONFIRMATION, "cancellation")),
            Letter.state == "handed_over",
        )
        .group_by(Letter.about, Letter.to_email)
    )
    found: dict[tuple[int, str], int] = {}
    for about, email, newest in db.session.execute(union_all(by_publication, by_decision)):
        key = (numbers[about], email)
        found[key] = max(newest, found.get(key, 0))
    return found


def about_team(team_id: Any) -> Any:
    """How the outbox names a team, said by the database."""
    return literal("team:") + cast(team_id, Text)


def waiting_in(abouts: Collection[str]) -> dict[tuple[str, str, str], Waiting]:
    """By kind, team and address, the letters on their way that bring all dates themselves."""
    query = select(Letter.kind, Letter.about, Letter.to_email, Letter.id, Letter.state).where(
        Letter.about.in_(list(abouts)),
        Letter.kind.in_((CONFIRMATION, APPROVED)),
        Letter.state.in_(LEAVING),
    )
    return {
        (kind, about, email): Waiting(letter_id, state == "sending")
        for kind, about, email, letter_id, state in db.session.execute(query.order_by(Letter.id))
    }


def letter_counts(publication_ids: Collection[int]) -> dict[int, Counter[str]]:
    """For each publication how many of its letters are in which state."""
    query = (
        select(
            PublicationLetter.publication_id,
            Letter.state,
            func.count(PublicationLetter.letter_id.distinct()),
        )
        .join(Letter, PublicationLetter.letter_id == Letter.id)
        .where(PublicationLetter.publication_id.in_(publication_ids))
        .group_by(PublicationLetter.publication_id, Letter.state)
    )
    found: dict[int, Counter[str]] = {}
    for publication_id, state, number in db.session.execute(query):
        found.setdefault(publication_id, Counter())[state] = number
    return found


def letters_of(publication_id: int, limit: int = 400) -> Sequence[Letter]:
    """The letters that one publication wrote."""
    ids = select(PublicationLetter.letter_id).where(
        PublicationLetter.publication_id == publication_id
    )
    query = select(Letter).where(Letter.id.in_(ids)).order_by(Letter.to_name, Letter.id)
    return db.session.scalars(query.limit(limit)).all()
