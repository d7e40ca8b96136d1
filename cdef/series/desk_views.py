"""The staff's page of a series, and of the years before and after it."""

from typing import Any

from flask import Response, abort, flash, g, render_template
from sqlalchemy import select

from cdef.kernel import audit, clock
from cdef.kernel.access import staff_only
from cdef.kernel.db import db
from cdef.kernel.htmx import see_other
from cdef.series import copy_actions
from cdef.series.cohort_actions import team_counts
from cdef.series.desk_rules import why_not_shown
from cdef.series.models import Series, current_series
from cdef.series.views import blueprint, is_open


@blueprint.get("/staff/series")
@staff_only
def desk() -> str:
    """The current series; where none is shown yet, the newest that is prepared."""
    return render_template("series/desk.html", **desk_words(current_series()))


@blueprint.get("/staff/series/<int:series_id>")
@staff_only
def series(series_id: int) -> str:
    return render_template("series/desk.html", **desk_words(series_or_404(series_id)))


@blueprint.post("/staff/series/<int:series_id>/publication")
@staff_only
def publish_series(series_id: int) -> Response:
    found = series_or_404(series_id)
    copy_actions.make_current(found, by=g.person, now=clock.now())
    flash(f"{found.title} is the current series: the public pages show it.", "good")
    return see_other(address_of(found))


def desk_words(series: Series | None) -> dict[str, Any]:
    everything = db.session.scalars(select(Series).order_by(Series.id.desc())).all()
    current = current_series()
    series = series or (everything[0] if everything else None)
    return {
        "series": series,
        "all_series": everything,
        "current": current,
        "teams": team_counts(series) if series else {},
        "open_ids": [cohort.id for cohort in series.cohorts if is_open(cohort)] if series else [],
        "why_not": why_not_shown(series) if series else "",
        "events": audit.timeline(series.about, limit=10) if series else [],
        "now": clock.now(),
    }


def series_or_404(series_id: int) -> Series:
    return db.session.get(Series, series_id) or abort(404)


def address_of(series: Series) -> str:
    return f"/staff/series/{series.id}"
