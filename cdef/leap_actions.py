"""After a restore: what is said of a meeting next is newer than all that calendars were ever told."""

from datetime import datetime

from sqlalchemy import select, update

from cdef.kernel.db import db, transaction
from cdef.participants.models import Answer
from cdef.series.draft_models import Publication
from cdef.series.models import Meeting

LEAP = (
    1000  # More than a meeting's days and a team's places can have changed since a copy was made.
)


def leap(*, now: datetime) -> None:
    """Raise every meeting's SEQUENCE (RFC 5545, 3.8.7.4) by ``LEAP``: changes since the copy are lost.

    What hangs on it follows: answers still belong to what was published when they were given.
    """
    with transaction():
        raised = Meeting.sequence + LEAP
        db.session.execute(update(Meeting).values(sequence=raised, changed_at=now))
        db.session.execute(update(Answer).values(sequence=Answer.sequence + LEAP))
        for publication in db.session.scalars(select(Publication)):
            publication.changed = [
                kept | {"sequence": kept["sequence"] + LEAP} for kept in publication.changed
            ]
