"""Publishing dates and venues: public at once, and one letter to everybody whom it concerns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cdef.accounts.rules import PERSONAL_LINK_LASTS
from cdef.kernel import tokens
from cdef.kernel.access import Someone
from cdef.kernel.db import db, end_reading, transaction
from cdef.kernel.problems import Refused, refusal
from cdef.kernel.tokens import Issued
from cdef.outbox.actions import cancel_letters, freeze
from cdef.outbox.models import Letter
from cdef.registrations.actions import PERSONAL
from cdef.registrations.models import Registration
from cdef.registrations.publication_letters import Desk, letter_for
from cdef.registrations.publication_models import (
    PublicationLetter,
    concerned,
    overtaken_in,
    standing_of_meetings,
    tellings_of,
)
from cdef.registrations.substitute_end_actions import MOVED, end_for
from cdef.registrations.substitute_models import accepted_for
from cdef.registrations.telling_rules import APPROVED, CHANGES, CONFIRMATION, Telling, cohorts_shown
from cdef.series.draft_actions import make_public
from cdef.series.draft_models import (
    Publication,
    draft_of,
    newest_draft,
    planned,
    published_from,
)
from cdef.series.draft_rules import mark, plan_problems
from cdef.series.meeting_rules import Change, stored
from cdef.series.models import Cohort
from cdef.teams.models import Team

OVERTAKEN = "Newer dates were published; a newer letter says what this one would have said."
STALE = (
    "The draft, or what is published, has changed since you opened the page. Nothing was published."
)
WITH_CALENDAR = (CHANGES[0], CONFIRMATION)


class Stale(Refused):
    """What would be published is not what was seen."""

    def __init__(self) -> None:
        super().__init__(*refusal(STALE).problems)


@dataclass(frozen=True)
class Written:
    """A letter that is ready to be posted, and the secrets of the personal link in it."""

    letter: Letter
    issued: Issued


Ready = dict[Telling, Written]


def publish(
    cohort: Cohort, *, draft_id: int, seen: str, by: Someone, now: datetime
) -> Publication | None:
    """Make a cohort's draft public and tell whom it concerns; None where it changes nothing.

    The letters are written before the transaction; those that meanwhile ought to say something else
    are written again in it. ``Stale`` when the draft is not the one that was seen, or would change
    other things; the same draft is published once, however often it is sent.
    """
    earlier = published_from(draft_id)
    if earlier:
        return earlier
    draft = draft_of(cohort, draft_id)
    changes = planned(cohort, draft.content) if draft else []
    if not changes:
        check_nothing(cohort, draft_id, seen)
        return None
    ready = written(changes, now=now)
    cohorts = locked(cohort, changes)
    end_reading()
    with transaction(*cohorts):
        return published_from(draft_id) or carry_out(cohort, draft_id, seen, ready, by=by, now=now)


def check_nothing(cohort: Cohort, draft_id: int, seen: str) -> None:
    """There is nothing to publish, and the page said so."""
    newest = newest_draft(cohort)
    if seen != mark([]) or (newest.id if newest else 0) != draft_id:
        raise Stale


def locked(cohort: Cohort, changes: Iterable[Change]) -> list[Cohort]:
    """The cohorts that a publication changes, in the order in which everybody locks them."""
    ids = concerned(changes) | {cohort.id}
    return list(db.session.scalars(select(Cohort).where(Cohort.id.in_(ids)).order_by(Cohort.id)))


def carry_out(
    cohort: Cohort, draft_id: int, seen: str, ready: Ready, *, by: Someone, now: datetime
) -> Publication | None:
    """Under the lock: judge the draft as it is now, then publish and post."""
    draft = newest_draft(cohort)
    changes = planned(cohort, draft.content) if draft else []
    if draft is None or draft.id != draft_id or mark(changes) != seen:
        raise Stale
    problems = plan_problems(cohort, changes)
    if problems:
        raise Refused(*problems)
    told = tellings_of(changes, standing_of_meetings(concerned(changes)))
    missing = [telling for telling in told if telling not in ready]
    ready |= write_all(missing, changes, now=now)
    end_for(accepted_for([change.meeting_id for change in changes]), MOVED, by=by, now=now)
    cancel_letters(overtaken_in(concerned(changes)), reason=OVERTAKEN, now=now)
    publication = make_public(cohort, draft, changes, by=by, now=now)
    db.session.add_all(ready[telling].letter for telling in told)
    db.session.flush()  # Once: each letter's number is known from here on.
    for telling in told:
        keep_telling(telling, ready[telling], publication, now=now)
    return publication


def written(changes: Sequence[Change], *, now: datetime) -> Ready:
    """The letters as they are to be said now, without any lock."""
    told = tellings_of(changes, standing_of_meetings(concerned(changes)))
    return write_all(told, changes, now=now)


def write_all(told: Sequence[Telling], changes: Sequence[Change], *, now: datetime) -> Ready:
    if not told:
        return {}
    desk = desk_for(told, changes, now=now)
    ready = {}
    for telling in told:
        issued = tokens.fresh()
        envelope = letter_for(telling, issued, desk, now=now)
        ready[telling] = Written(freeze(envelope, now=now), issued)
    return ready


def desk_for(told: Iterable[Telling], changes: Sequence[Change], *, now: datetime) -> Desk:
    standing = standing_of_meetings(concerned(changes))
    shown = cohorts_shown(standing, {change.meeting_id: change for change in changes}, now=now)
    anew = [telling for telling in told if telling.kind in (CONFIRMATION, APPROVED)]
    teams = teams_by_id({seat.team_id for telling in anew for seat in telling.seats})
    decisions = {team_id: team.registration.decisions[-1] for team_id, team in teams.items()}
    series = select(Cohort.id, Cohort.series_id).where(Cohort.id.in_(shown))
    scopes = {cohort_id: f"series:{number}" for cohort_id, number in db.session.execute(series)}
    return Desk(shown, teams, decisions, scopes)


def teams_by_id(ids: set[int]) -> Mapping[int, Team]:
    query = select(Team).where(Team.id.in_(ids))
    loaded = query.options(
        selectinload(Team.rows),
        joinedload(Team.cohort).joinedload(Cohort.series),
        joinedload(Team.registration).selectinload(Registration.decisions),
    )
    return {team.id: team for team in db.session.scalars(loaded)}


def keep_telling(
    telling: Telling, ready: Written, publication: Publication, *, now: datetime
) -> None:
    """What a posted letter's link opens, and what its reader knew before."""
    if telling.kind in WITH_CALENDAR:
        lifetime = PERSONAL_LINK_LASTS
        tokens.issue(PERSONAL, telling.email, lifetime=lifetime, now=now, issued=ready.issued)
    for seat in telling.seats:
        kept = {str(change.meeting_id): stored(change.before) for change in seat.changes}
        row = PublicationLetter(
            publication_id=publication.id,
            letter_id=ready.letter.id,
            team_id=seat.team_id,
            before=kept if telling.kind in CHANGES else {},
        )
        db.session.add(row)
