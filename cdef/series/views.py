"""The public pages: the series, its cohorts, and their calendars."""

from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    g,
    make_response,
    render_template,
)

from cdef.kernel import clock
from cdef.kernel.access import open_to_all, staff_only
from cdef.kernel.audit import changed_at, state_query
from cdef.kernel.db import db
from cdef.kernel.feeds import feed
from cdef.kernel.htmx import see_other
from cdef.kernel.ics import publish
from cdef.kernel.kept import for_visitors
from cdef.kernel.words import dates
from cdef.series import actions
from cdef.series.forms import NamesDueForm, SwapsUntilForm
from cdef.series.gone import gone_days
from cdef.series.models import Cohort, abouts, cohort_by_slug, cohort_with_dates, series_with_dates
from cdef.series.rules import cohort_days, day_uid, is_past, takes_registrations

blueprint = Blueprint("series", __name__)


# Put together once. Whatever the public pages show is of a series or a cohort, and each change of
# it is on the timeline.
STATE = state_query(abouts())


def public_state() -> object:
    return tuple(db.session.execute(STATE).one())


@blueprint.get("/")
@open_to_all
def home() -> str | Response:
    return for_visitors(public_state, draw_home)


def draw_home() -> str:
    series = series_with_dates()
    cohorts = series.cohorts if series else []
    return render_template(
        "series/home.html",
        series=series,
        open_cohorts=[cohort.slug for cohort in cohorts if is_open(cohort)],
        past_cohorts=[cohort.slug for cohort in cohorts if is_past(cohort, clock.today())],
    )


@blueprint.get("/cohorts/<slug>")
@open_to_all
def cohort(slug: str) -> str | Response:
    return for_visitors(public_state, lambda: draw_cohort(slug))


def draw_cohort(slug: str) -> str:
    found = cohort_with_dates(slug) or abort(404)
    return render_template(
        "series/cohort.html",
        cohort=found,
        series=found.series,
        is_open=is_open(found),
        is_past=is_past(found, clock.today()),
    )


@blueprint.get("/cohorts/<slug>/calendar.ics")
@open_to_all
def calendar(slug: str) -> Response:
    """Every day whose date is set, and those that were; a calendar that subscribes mends itself."""
    found = cohort_with_dates(slug) or abort(404)
    host = urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"
    name = f"{found.series.title}: {found.name}"
    gone = gone_days(found, lambda meeting_id, number: day_uid(meeting_id, number, host))
    content = publish(name, [*cohort_days(found, host), *gone])
    changed = changed_at([found.about, found.series.about])
    return feed(content, f"{found.slug}.ics", changed=changed, now=clock.now())


@blueprint.get("/staff/cohorts/<slug>")
@staff_only
def deadlines(slug: str) -> str:
    """What staff set for one cohort."""
    found = cohort_by_slug(slug) or abort(404)
    form = NamesDueForm(names_due=found.names_due)
    return render_template("series/deadlines.html", cohort=found, form=form)


@blueprint.app_template_global("swaps_form")
def swaps_form(cohort: Cohort, refused: SwapsUntilForm | None = None) -> SwapsUntilForm:
    """The form of the day for swaps, or the one that was refused."""
    return refused or SwapsUntilForm(formdata=None, swaps_until=cohort.swaps_until)


@blueprint.post("/staff/cohorts/<slug>/swaps-until")
@staff_only
def set_swaps_until(slug: str) -> Response:
    found, form = cohort_by_slug(slug) or abort(404), SwapsUntilForm()
    if not form.validate():
        names = NamesDueForm(formdata=None, names_due=found.names_due)
        words = {"cohort": found, "form": names, "refused_swaps": form}
        return make_response(render_template("series/deadlines.html", **words), 422)
    day = form.swaps_until.data
    actions.set_swaps_until(found, day, by=g.person, now=clock.now())
    until = f"until {dates([day])}" if day else "at any time"
    flash(f"Leads swap people by themselves {until}.", "good")
    return see_other(f"/staff/cohorts/{found.slug}")


@blueprint.post("/staff/cohorts/<slug>/names-due")
@staff_only
def set_names_due(slug: str) -> Response:
    found, form = cohort_by_slug(slug) or abort(404), NamesDueForm()
    if not form.validate():
        page = render_template("series/deadlines.html", cohort=found, form=form)
        return make_response(page, 422)
    day = form.names_due.data
    actions.set_names_due(found, day, by=g.person, now=clock.now())
    flash(f"Names are due by {dates([day])}." if day else "Names may follow at any time.", "good")
    return see_other(f"/staff/cohorts/{found.slug}")


def is_open(cohort: Cohort) -> bool:
    return takes_registrations(cohort, clock.today())
