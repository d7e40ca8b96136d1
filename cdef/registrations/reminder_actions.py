"""What staff set about reminders of one series."""

from datetime import datetime

from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.edits import Values, save
from cdef.registrations.reminder_models import ReminderTerms, terms_of
from cdef.series.models import Series


def set_terms(series: Series, typed: Values, seen: str, *, by: Someone, now: datetime) -> Values:
    """Write when reminders go out; ``Clash`` where somebody else has set the same meanwhile."""
    with transaction(series):
        row = db.session.get(ReminderTerms, series.id)
        if row is None:
            row = begun(series)
        what = "changed when reminders go out"
        return save(row, typed, seen, about=series.about, what=what, by=by, now=now)


def begun(series: Series) -> ReminderTerms:
    """The row of a series, with what held for it until now."""
    terms = terms_of(series)
    row = ReminderTerms(series_id=series.id, days=list(terms.days), not_before=terms.not_before)
    row.quiet_days, row.most_nudges = terms.quiet_days, terms.most_nudges
    db.session.add(row)
    return row
