"""The form with which staff copy a series to a next year."""

from typing import Any

from flask import Response, flash, g, make_response, render_template

from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.kernel.forms import CountField, add_problems
from cdef.kernel.htmx import see_other
from cdef.kernel.problems import Refused
from cdef.series import copy_actions
from cdef.series.desk_forms import MOST_SEATS, CopyForm
from cdef.series.desk_rules import next_title
from cdef.series.desk_views import address_of, series_or_404
from cdef.series.models import Series
from cdef.series.views import blueprint


def copy_form(series: Series, **data: Any) -> Any:
    """The form, with a field for the seats of each cohort."""
    fields = {
        f"seats_{cohort.id}": CountField(f"Seats: {cohort.name}", least=1, most=MOST_SEATS)
        for cohort in series.cohorts
    }
    return type("CopyFormOf", (CopyForm,), fields)(data=data or None)


@blueprint.get("/staff/series/<int:series_id>/copy")
@staff_only
def copy(series_id: int) -> Response:
    found = series_or_404(series_id)
    seats = {f"seats_{cohort.id}": cohort.seats for cohort in found.cohorts}
    key, title = next_title(found.key), next_title(found.title)
    return copy_page(found, copy_form(found, key=key, title=title, **seats), 200)


@blueprint.post("/staff/series/<int:series_id>/copies")
@staff_only
def copy_series(series_id: int) -> Response:
    found = series_or_404(series_id)
    form = copy_form(found)
    if not form.validate():
        return copy_page(found, form, 422)
    seats = {cohort.id: form[f"seats_{cohort.id}"].data for cohort in found.cohorts}
    key, title, once = form.key.data, form.title.data, form.once.data or ""
    try:
        new = copy_actions.copy_series(
            found, key, title, seats, by=g.person, now=clock.now(), once=once
        )
    except Refused as refused:
        add_problems(form, refused.problems)
        return copy_page(found, form, 422)
    flash(f"{new.title} is prepared. Only staff see it until you make it current.", "good")
    return see_other(address_of(new))


def copy_page(series: Series, form: Any, status: int) -> Response:
    page = render_template("series/copy.html", series=series, form=form)
    return make_response(page, status)
