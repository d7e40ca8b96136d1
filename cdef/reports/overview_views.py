"""The page that says how a series is going."""

from typing import Any

from flask import render_template, request

from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.reports import overview_rules, queries
from cdef.reports.overview_rules import Counts
from cdef.reports.views import blueprint
from cdef.series.models import Series


@blueprint.get("/staff/overview")
@staff_only
def overview() -> str:
    series = queries.all_series()
    key = request.args.get("series", "")
    chosen = next((each for each in series if each.key == key), series[0] if series else None)
    slug = request.args.get("cohort", "")
    charts = charts_of(chosen, slug) if chosen else {}
    return render_template(
        "reports/overview.html", all_series=series, series=chosen, chosen_cohort=slug, **charts
    )


def charts_of(series: Series, slug: str) -> dict[str, Any]:
    """Every chart of a series, or of one of its cohorts; an unknown cohort shows them all."""
    cohorts = [each for each in series.cohorts if each.slug == slug] or list(series.cohorts)
    counts = Counts(queries.tallies(cohorts))
    return {
        "seats": overview_rules.seats(cohorts, counts, queries.held_seats(cohorts, clock.now())),
        "history": overview_rules.history(counts, clock.today()),
        "balance": overview_rules.balance(cohorts, counts),
        "missing": overview_rules.missing(cohorts, series.team_rules, counts),
        "counties": overview_rules.counties(counts),
    }
