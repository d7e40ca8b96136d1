"""Days that were published once and are not held any more, as calendars show them: cancelled."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from cdef.kernel.ics import Day
from cdef.series.draft_models import publications_of
from cdef.series.meeting_rules import Change, DayShown
from cdef.series.models import Cohort, Meeting
from cdef.series.rules import calendar_day

Uid = Callable[[int, int], str]  # by the meeting's id and the day's number


def gone_days(cohort: Cohort, uid: Uid, *, turn: int = 0) -> Iterator[Day]:
    """Each such day as it was last, with the SEQUENCE that its meeting has now."""
    meetings = {meeting.id: meeting for meeting in cohort.known_meetings}
    for (meeting_id, number), change in last_seen(cohort).items():
        meeting = meetings[meeting_id]
        if number <= held(meeting):
            continue
        was = replace(change, sequence=meeting.sequence).dated(
            change.before, now=meeting.changed_at
        )
        day = DayShown(number, change.before.dates[number - 1])
        yield calendar_day(was, day, uid(meeting_id, number), turn=turn, cancelled=True)


def last_seen(cohort: Cohort) -> dict[tuple[int, int], Change]:
    """By meeting and day, the newest change before which there was such a day."""
    found: dict[tuple[int, int], Change] = {}
    for publication in publications_of(cohort):
        for change in publication.changes:
            if change.cohort_id == cohort.id:
                for number in range(1, len(change.before.dates) + 1):
                    found.setdefault((change.meeting_id, number), change)
    return found


def held(meeting: Meeting) -> int:
    return len(meeting.days) if meeting.is_held else 0
