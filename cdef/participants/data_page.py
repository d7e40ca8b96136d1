"""All that is kept of one person, in their own words' order: for a page and for a file."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from cdef.accounts.models import Person, SignedIn
from cdef.directory.models import District
from cdef.kernel.db import db
from cdef.kernel.words import dates, local, moment
from cdef.outbox.models import Letter
from cdef.outbox.rules import LABELS
from cdef.participants.data_models import ErasureRequest, rows_of
from cdef.participants.models import Answer, Needs
from cdef.series.models import Cohort, Meeting, MeetingDay, TrainingSession
from cdef.teams.lead_models import Lead
from cdef.teams.member_models import Member
from cdef.teams.models import Team

Entry = dict[str, str]
Kept = dict[str, list[Entry]]  # By heading; each entry has its own labels.


def kept_of(person: Person) -> Kept:
    """Everything about one person, and of others only which team they are on."""
    rows = rows_of([person.email])[person.email]
    return {
        "Me": [
            entry(
                ("Name", person.name),
                ("E-mail", person.email),
                ("Known since", at(person.created_at)),
            )
        ],
        "My places": [place(row) for row in rows],
        "Teams that I lead or led": leads(person),
        "My answers": answers(rows),
        "My needs": needs(rows),
        "Letters to me": letters(person),
        "Where I signed in": sign_ins(person),
        "What I asked about my data": requests(person),
    }


def entry(*pairs: tuple[str, str]) -> Entry:
    return {label: value for label, value in pairs if value}


def at(moment_: Any) -> str:
    return moment(local(moment_)) if moment_ else ""


def place(row: Member) -> Entry:
    team = row.team
    return entry(
        ("Team", team.district.label),
        ("Cohort", team.cohort.name),
        ("Name", row.name),
        ("E-mail", row.email),
        ("Side", row.side_label),
        ("Position", row.position_label),
        ("School or office", row.site),
        ("On the roster since", at(row.created_at)),
        ("Off the roster since", at(row.removed_at)),
    )


def leads(person: Person) -> list[Entry]:
    query = (
        select(District, Cohort.name, Lead.side, Lead.joined_at, Lead.left_at)
        .join(Team, Team.id == Lead.team_id)
        .join(District, District.id == Team.district_id)
        .join(Cohort, Cohort.id == Team.cohort_id)
        .where(Lead.person_id == person.id)
    )
    return [
        entry(
            ("Team", district.label),
            ("Cohort", cohort),
            ("Side", side.capitalize()),
            ("Since", at(joined)),
            ("Until", at(left)),
        )
        for district, cohort, side, joined, left in db.session.execute(query.order_by(Lead.id))
    ]


def answers(rows: Iterable[Member]) -> list[Entry]:
    query = (
        select(Answer, TrainingSession.number, Cohort.name, Meeting.sequence)
        .join(Meeting, Meeting.id == Answer.meeting_id)
        .join(TrainingSession, TrainingSession.id == Meeting.training_session_id)
        .join(Cohort, Cohort.id == Meeting.cohort_id)
        .where(Answer.member_id.in_([row.id for row in rows]))
    )
    found = db.session.execute(query.order_by(Answer.id)).all()
    days = days_of({answer.meeting_id for answer, *_ in found})
    return [
        entry(
            ("Meeting", f"{cohort}, Session {number}"),
            (
                "Dates",
                dates(days[answer.meeting_id])
                if answer.sequence == sequence
                else "as they were before",
            ),
            ("Answer", "I can come" if answer.is_coming else "I cannot come"),
            ("Given", at(answer.at)),
        )
        for answer, number, cohort, sequence in found
    ]


def days_of(meeting_ids: set[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {meeting_id: [] for meeting_id in meeting_ids}
    query = select(MeetingDay).where(MeetingDay.meeting_id.in_(meeting_ids))
    for day in db.session.scalars(query.order_by(MeetingDay.number)):
        found[day.meeting_id].append(day.date)
    return found


def needs(rows: Iterable[Member]) -> list[Entry]:
    query = select(Needs).where(Needs.member_id.in_([row.id for row in rows]))
    return [
        entry(
            ("What I cannot or do not eat", each.dietary),
            ("What I need to take part", each.access),
            ("Saved", at(each.updated_at)),
        )
        for each in db.session.scalars(query)
    ]


def letters(person: Person) -> list[Entry]:
    query = select(Letter.subject, Letter.created_at, Letter.state)
    own = query.where(Letter.to_email == person.email).order_by(Letter.id.desc())
    return [
        entry(("Subject", subject), ("Written", at(written)), ("State", LABELS[state]))
        for subject, written, state in db.session.execute(own)
    ]


def sign_ins(person: Person) -> list[Entry]:
    query = select(SignedIn)
    own = query.where(SignedIn.person_id == person.id).order_by(SignedIn.id.desc())
    return [
        entry(
            ("When", at(each.created_at)),
            ("How", "By the link to my page" if each.is_personal else "By a mailed link or code"),
            ("Signed out", at(each.ended_at)),
            ("Until", "" if each.ended_at else at(each.expires_at)),
        )
        for each in db.session.scalars(own)
    ]


def requests(person: Person) -> list[Entry]:
    query = select(ErasureRequest).where(ErasureRequest.person_id == person.id)
    return [
        entry(
            ("Asked", at(each.asked_at)),
            ("In my words", each.words),
            ("Closed", at(each.closed_at)),
            ("Answer", each.answer),
        )
        for each in db.session.scalars(query.order_by(ErasureRequest.id))
    ]
