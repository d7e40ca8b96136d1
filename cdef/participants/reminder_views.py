"""The staff's page of reminders: when they go out, and what goes out next."""

from flask import Response, abort, flash, g, make_response, render_template

from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.kernel.db import db
from cdef.kernel.forms import saved
from cdef.kernel.htmx import see_other
from cdef.participants.reminder_forms import RemindersForm
from cdef.participants.reminder_models import aheads_of
from cdef.participants.views import blueprint
from cdef.registrations import reminder_actions
from cdef.registrations.reminder_models import resting_number, terms_of
from cdef.registrations.reminder_rules import next_nudging
from cdef.series.models import Series, current_series

FIELDS = ("days", "quiet_days", "most_nudges", "not_before")


@blueprint.get("/staff/reminders")
@staff_only
def current_reminders() -> Response:
    """Those of the current series, for whoever comes from the outbox."""
    series = current_series() or abort(404)
    return see_other(f"/staff/series/{series.id}/reminders")


@blueprint.get("/staff/series/<int:series_id>/reminders")
@staff_only
def reminders(series_id: int) -> Response:
    series = series_or_404(series_id)
    terms = terms_of(series)
    values = {name: getattr(terms, name) for name in FIELDS}
    return page_of(series, RemindersForm.of(values | {"days": list(terms.days)}), 200)


@blueprint.post("/staff/series/<int:series_id>/reminders")
@staff_only
def set_reminders(series_id: int) -> Response:
    series, form = series_or_404(series_id), RemindersForm()
    typed, seen = {name: form[name].data for name in FIELDS}, form.seen.data or ""
    status = saved(
        form,
        lambda: reminder_actions.set_terms(series, typed, seen, by=g.person, now=clock.now()),
    )
    if status != 303:
        return page_of(series, form, status)
    flash("Saved. What goes out next is below.", "good")
    return see_other(f"/staff/series/{series_id}/reminders")


def page_of(series: Series, form: RemindersForm, status: int) -> Response:
    terms, now = terms_of(series), clock.now()
    page = render_template(
        "participants/reminders.html",
        series=series,
        form=form,
        terms=terms,
        aheads=aheads_of(series, terms, now),
        rests=resting_number(series, terms, now),
        nudging=next_nudging(now, terms),
        now=now,
    )
    return make_response(page, status)


def series_or_404(series_id: int) -> Series:
    return db.session.get(Series, series_id) or abort(404)
