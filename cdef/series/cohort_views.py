"""The staff's forms of a cohort: adding, editing, ordering and removing it."""

from flask import Response, abort, flash, g, make_response, render_template

from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.kernel.db import db
from cdef.kernel.forms import add_problems, saved
from cdef.kernel.htmx import see_other
from cdef.kernel.problems import Refused
from cdef.series import cohort_actions
from cdef.series.desk_forms import CohortForm, NewCohortForm, typed
from cdef.series.desk_views import address_of, series_or_404
from cdef.series.models import Cohort, Series
from cdef.series.views import blueprint

COHORT = ("name", "is_open", "closes_on", "names_due")
STEPS = {"earlier": -1, "later": 1}


@blueprint.get("/staff/series/<int:series_id>/cohorts/new")
@staff_only
def new_cohort(series_id: int) -> Response:
    return cohort_page(series_or_404(series_id), None, NewCohortForm(), 200)


@blueprint.post("/staff/series/<int:series_id>/cohorts")
@staff_only
def add_cohort(series_id: int) -> Response:
    series, form = series_or_404(series_id), NewCohortForm()
    if not form.validate():
        return cohort_page(series, None, form, 422)
    values, seats, once = typed(form, *COHORT), form.seats.data or 0, form.once.data or ""
    try:
        added = cohort_actions.add_cohort(
            series, values, seats, by=g.person, now=clock.now(), once=once
        )
    except Refused as refused:
        add_problems(form, refused.problems)
        return cohort_page(series, None, form, 422)
    flash(f"{added.name} is added, at /cohorts/{added.slug}. Its dates are TBD.", "good")
    return see_other(address_of(series))


@blueprint.get("/staff/series/<int:series_id>/cohorts/<int:cohort_id>")
@staff_only
def edit_cohort_page(series_id: int, cohort_id: int) -> Response:
    found = cohort_or_404(series_id, cohort_id)
    form = CohortForm.of({name: getattr(found, name) for name in COHORT})
    return cohort_page(found.series, found, form, 200)


@blueprint.post("/staff/series/<int:series_id>/cohorts/<int:cohort_id>")
@staff_only
def edit_cohort(series_id: int, cohort_id: int) -> Response:
    found, form = cohort_or_404(series_id, cohort_id), CohortForm()
    values, seen = typed(form, *COHORT), form.seen.data or ""
    status = saved(
        form,
        lambda: cohort_actions.edit_cohort(found, values, seen, by=g.person, now=clock.now()),
    )
    if status != 303:
        return cohort_page(found.series, found, form, status)
    flash(f"{found.name} is saved.", "good")
    return see_other(address_of(found.series))


@blueprint.post("/staff/series/<int:series_id>/cohorts/<int:cohort_id>/<any(earlier, later):way>")
@staff_only
def move_cohort(series_id: int, cohort_id: int, way: str) -> Response:
    found = cohort_or_404(series_id, cohort_id)
    cohort_actions.move_cohort(found, step=STEPS[way], by=g.person, now=clock.now())
    return see_other(f"{address_of(found.series)}#cohorts")


@blueprint.post("/staff/series/<int:series_id>/cohorts/<int:cohort_id>/removal")
@staff_only
def remove_cohort(series_id: int, cohort_id: int) -> Response:
    found = cohort_or_404(series_id, cohort_id)
    series, name = found.series, found.name
    cohort_actions.remove_cohort(found, by=g.person, now=clock.now())
    flash(f"{name} is removed.", "good")
    return see_other(address_of(series))


def cohort_page(series: Series, found: Cohort | None, form: CohortForm, status: int) -> Response:
    teams = cohort_actions.team_counts(series).get(found.id, 0) if found else 0
    page = render_template(
        "series/cohort_form.html",
        series=series,
        cohort=found,
        form=form,
        teams=teams,
    )
    return make_response(page, status)


def cohort_or_404(series_id: int, cohort_id: int) -> Cohort:
    found = db.session.get(Cohort, cohort_id)
    return found if found and found.series_id == series_id else abort(404)
