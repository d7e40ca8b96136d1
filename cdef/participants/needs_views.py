"""The needs summary: what caterers and venues are told, for staff who care for needs."""

from flask import render_template

from cdef.kernel import clock
from cdef.kernel.access import staff_with
from cdef.participants.models import told_in
from cdef.participants.rules import KINDS, summary
from cdef.participants.views import blueprint
from cdef.series.models import series_with_dates


@blueprint.get("/staff/needs")
@staff_with("needs")
def needs_summary() -> str:
    series = series_with_dates()
    told = told_in(series) if series else {}
    cohorts = series.cohorts if series else []
    return render_template(
        "participants/summary.html",
        cohorts=[
            (cohort, summary(told[cohort.id], [meeting.id for meeting in cohort.meetings]))
            for cohort in cohorts
        ],
        kinds=KINDS,
        now=clock.now(),
    )
