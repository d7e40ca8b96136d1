"""Who has said that they can come: of a team, and to what was published."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cdef.participants.models import Answer, answers_to, meetings_and_answers
from cdef.participants.views import blueprint
from cdef.registrations.publication_models import concerned, members_of
from cdef.series.draft_models import Publication
from cdef.teams.member_models import Member
from cdef.teams.models import Team


@dataclass
class Coming:
    """What the members of a team, or of a cohort, have said to one meeting."""

    title: str
    when: str = ""
    yes: list[str] = field(default_factory=list)
    no: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)


@blueprint.app_template_global("coming_of")
def coming_of(team: Team) -> list[tuple[Any, Coming]]:
    """For each meeting of an approved team whose days are set, who can come."""
    if team.state != "approved":
        return []
    members = [member for member in team.members if not member.is_placeholder]
    held, given = meetings_and_answers(team.cohort_id, [member.id for member in members])
    meetings = [meeting for meeting in held if meeting.days]
    return [
        (
            meeting,
            sorted_out(meeting.training_session.name, meeting.id, meeting.sequence, members, given),
        )
        for meeting in meetings
    ]


@blueprint.app_template_global("coming_to")
def coming_to(publication: Publication) -> list[Coming]:
    """For each meeting that a publication changed, what people answered to that version of it."""
    changes = [change for change in publication.changes if change.after.dates]
    members = members_of(concerned(changes))
    given = answers_to([change.meeting_id for change in changes], [each.id for each in members])
    found = []
    for change in changes:
        own = [member for member in members if member.team.cohort_id == change.cohort_id]
        title = f"{change.cohort}, {change.name}"
        said = sorted_out(title, change.meeting_id, change.sequence, own, given)
        said.when = change.after.when
        found.append(said)
    return found


def sorted_out(
    title: str, meeting_id: int, sequence: int, members: Iterable[Member], given: Iterable[Answer]
) -> Coming:
    said = {
        answer.member_id: answer.is_coming
        for answer in given
        if (answer.meeting_id, answer.sequence) == (meeting_id, sequence)
    }
    coming = Coming(title)
    lists = {True: coming.yes, False: coming.no, None: coming.silent}
    for member in members:
        lists[said.get(member.id)].append(member.name)
    return coming
