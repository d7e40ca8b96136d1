"""The page of everything that happened."""

from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request

from cdef.kernel.access import staff_only
from cdef.kernel.audit import Event
from cdef.kernel.forms import number_of
from cdef.kernel.words import local_day
from cdef.reports.event_rules import changes
from cdef.reports.forms import TimelineForm
from cdef.reports.things import Thing, teams, things
from cdef.reports.timeline import Wanted, find
from cdef.series.models import Cohort, current_series

blueprint = Blueprint("reports", __name__)
blueprint.app_template_filter("changes")(lambda event: changes(event.before, event.after))


@blueprint.get("/staff/timeline")
@staff_only
def timeline() -> Response:
    """What a filter shows; a filter that cannot be read is given back, and 422."""
    form = TimelineForm(request.args)
    cohorts = offer_cohorts(form)
    is_read = form.validate()
    wanted = form.wanted(number_of(request.args.get("before", "")))
    found = find(wanted)
    page = render_template(
        "reports/timeline.html",
        form=form,
        wanted=wanted,
        found=found,
        days=[(day, list(each)) for day, each in groupby(found.events, key=day_of)],
        things=things(found.events),
        about=about(wanted),
        cohorts=cohorts,
        older=address(form, before=found.older),
    )
    return make_response(page, 200 if is_read else 422)


def day_of(event: Event) -> date:
    return local_day(event.at)


def offer_cohorts(form: TimelineForm) -> list[Cohort]:
    series = current_series()
    cohorts = list(series.cohorts) if series else []
    form.cohort.choices = [("", "All cohorts"), *((str(each.id), each.name) for each in cohorts)]
    return cohorts


def about(wanted: Wanted) -> Thing | None:
    """The one team whose lines are shown."""
    return teams([wanted.team_id]).get(wanted.team_id) if wanted.team_id else None


def address(form: TimelineForm, **more: object) -> str:
    """This filter's address, so that it can be sent to somebody."""
    fields = {name: request.args[name] for name in form.data if request.args.get(name)}
    return f"/staff/timeline?{urlencode(fields | more)}"
