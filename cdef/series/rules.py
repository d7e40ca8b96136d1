"""Rules of the series: which positions a team knows, and when a cohort takes registrations."""

from datetime import date, datetime
from typing import Any, Protocol

from cdef.kernel.ics import Day
from cdef.kernel.words import dates

DISTRICT, UNION = "district", "union"
SIDES = {DISTRICT: "District", UNION: "Union"}

# Ours: the page that this product replaces has lost its list of who belongs on a team.
POSITIONS = {
    DISTRICT: {
        "superintendent": "Superintendent or designee",
        "board": "School board member",
        "assistant_superintendent": "Assistant superintendent",
        "human_resources": "Human resources or labor relations",
        "business": "Chief business official",
        "principal": "Principal or site administrator",
        "district_other": "Other district role",
    },
    UNION: {
        "teachers_president": "Teachers’ union president",
        "teachers_leader": "Teachers’ union officer or executive director",
        "classified_president": "Classified union president",
        "classified_leader": "Classified union officer or representative",
        "teacher": "Teacher or other certificated member",
        "classified": "Classified member",
        "union_other": "Other union role",
    },
}
ALL_POSITIONS = POSITIONS[DISTRICT] | POSITIONS[UNION]


def other_side(side: str) -> str:
    return UNION if side == DISTRICT else DISTRICT


def side_of(position: str) -> str:
    """The side to which a position belongs."""
    return UNION if position in POSITIONS[UNION] else DISTRICT


def position_label(key: str) -> str:
    return ALL_POSITIONS.get(key, "")


class Registrable(Protocol):
    is_open: bool
    closes_on: date | None


def takes_registrations(cohort: Registrable, today: date) -> bool:
    """Staff's switch and the optional closing date decide, never the dates of the meetings."""
    return cohort.is_open and (cohort.closes_on is None or today <= cohort.closes_on)


def is_past(cohort: Any, today: date) -> bool:
    """Whether every meeting has its days, and all of them lie behind us; it is said, and stops nobody."""
    days = [day for meeting in cohort.meetings for day in meeting.dates]
    return all(meeting.days for meeting in cohort.meetings) and bool(days) and max(days) < today


def meeting_dates(cohort: Any) -> str:
    """All dates of a cohort in one line: "November 29–30, 2016; February 7–8, 2017; March 1, 2017"."""
    if not any(meeting.days for meeting in cohort.meetings):
        return "Dates TBD"
    return "; ".join(dates(meeting.dates) for meeting in cohort.meetings)


def calendar_day(
    meeting: Any,
    day: Any,
    uid: str,
    *,
    turn: int = 0,
    stamp: datetime | None = None,
    cancelled: bool = False,
) -> Day:
    """One day of a meeting as a calendar shows it; ``turn`` is added to the meeting's SEQUENCE."""
    return Day(
        uid=uid,
        sequence=meeting.sequence + turn,
        title=day_title(meeting, day.number),
        date=day.date,
        starts=meeting.starts,
        ends=meeting.ends,
        place=meeting.venue.one_line if meeting.venue else None,
        description=meeting.training_session.title,
        stamp=stamp or meeting.changed_at,
        cancelled=cancelled,
    )


def day_title(meeting: Any, number: int) -> str:
    """A calendar entry's title: "Session 2, day 1: Cohort Training, Bay Area"."""
    day = f", day {number}" if len(meeting.days) > 1 else ""
    return f"{meeting.training_session.name}{day}: Cohort Training, {meeting.cohort.name}"


def day_uid(meeting_id: int, number: int, host: str) -> str:
    """What a day is known by in the public calendar, for good."""
    return f"meeting-{meeting_id}-day-{number}@{host}"


def cohort_days(cohort: Any, host: str) -> list[Day]:
    """Every day of a cohort whose date is set, for the public calendar."""
    return [
        calendar_day(meeting, day, day_uid(meeting.id, day.number, host))
        for meeting in cohort.meetings
        for day in meeting.days
    ]
