"""The seats of a cohort, and its waitlist."""

from flask import Response, abort, flash, g, make_response, render_template

from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.kernel.forms import add_problems, number_of
from cdef.kernel.htmx import is_htmx, see_other
from cdef.kernel.problems import Refused
from cdef.kernel.words import plural
from cdef.registrations.forms import SeatsForm
from cdef.registrations.offer_models import over_seats
from cdef.registrations.seat_actions import MOST, set_seats
from cdef.registrations.seat_page import seats_of, waiters_of
from cdef.registrations.views import blueprint
from cdef.series.models import Cohort, cohort_by_slug

blueprint.app_template_global("seats_of")(seats_of)
blueprint.app_template_global("waiters_of")(waiters_of)


@blueprint.get("/staff/cohorts/<slug>/waitlist")
@staff_only
def waitlist(slug: str) -> str | Response:
    """The list alone, drawn anew when a decision frees or takes seats."""
    cohort = cohort_by_slug(slug) or abort(404)
    if not is_htmx():
        return see_other(f"/staff/cohorts/{cohort.slug}")
    return render_template("registrations/_waitlist.html", cohort=cohort)


@blueprint.post("/staff/cohorts/<slug>/seats")
@staff_only
def change_seats(slug: str) -> Response:
    cohort, form = cohort_by_slug(slug) or abort(404), SeatsForm()
    if not form.validate():
        return seats_again(cohort, form)
    try:
        seen = number_of(form.seen.data or "")
        set_seats(cohort, number_of(form.seats.data or ""), seen=seen, by=g.person, now=clock.now())
    except Refused as refused:
        add_problems(form, refused.problems)
        return seats_again(cohort, form)
    flash(f"{cohort.name}: {plural(cohort.seats, 'seat')}.", "good")
    return see_other(f"/staff/cohorts/{cohort.slug}")


def seats_again(cohort: Cohort, form: SeatsForm) -> Response:
    """The form with what was typed, and whom fewer seats would be about."""
    typed = form.seats.data or ""
    seats = number_of(typed) if typed.isdecimal() else MOST
    numbers = seats_of(cohort)
    over = numbers["taken"] + numbers["held"] - seats
    words = {"cohort": cohort, "form": form, "over": max(over, 0)}
    page = render_template("registrations/seats.html", affected=over_seats(cohort, seats), **words)
    return make_response(page, 422)
