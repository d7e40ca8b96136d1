"""The staff's page of addresses that get no invitations and reminders, and of mail that came back."""

from flask import Response, abort, flash, g, make_response, render_template
from sqlalchemy import select

from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.kernel.db import db
from cdef.kernel.forms import add_problems
from cdef.kernel.htmx import see_other
from cdef.kernel.problems import Refused
from cdef.outbox import suppression_actions as actions
from cdef.outbox.forms import AddressForm, ReturnedForm
from cdef.outbox.suppression_models import REASONS, Suppression
from cdef.outbox.views import blueprint

HERE = "/staff/suppressions"
MOST = 500  # rows on the page


@blueprint.get(HERE)
@staff_only
def suppressions() -> Response:
    return suppressions_page(200)


@blueprint.post(HERE)
@staff_only
def suppress() -> Response:
    form = AddressForm()
    if not form.validate():
        return suppressions_page(422, adding=form)
    actions.suppress(form.email.data or "", "staff", by=g.person, now=clock.now())
    flash(f"{form.email.data} gets no more invitations and reminders.", "good")
    return see_other(HERE)


@blueprint.post(f"{HERE}/returned")
@staff_only
def take_back() -> Response:
    form = ReturnedForm()
    if not form.validate():
        return suppressions_page(422, returned=form)
    try:
        found = actions.take_back(form.text.data or "", by=g.person, now=clock.now())
    except Refused as refused:
        add_problems(form, refused.problems)
        return suppressions_page(422, returned=form)
    flash(f"Marked as not reached: {', '.join(found)}.", "good")
    return see_other(HERE)


@blueprint.post(f"{HERE}/<int:suppression_id>/removal")
@staff_only
def allow_again(suppression_id: int) -> Response:
    found = db.session.get(Suppression, suppression_id) or abort(404)
    said = f"{found.email} gets invitations and reminders again."
    actions.allow_again(found, by=g.person, now=clock.now())
    flash(said, "good")
    return see_other(HERE)


def suppressions_page(
    status: int, *, adding: AddressForm | None = None, returned: ReturnedForm | None = None
) -> Response:
    """The list; a form that was refused stands there with what was typed."""
    query = select(Suppression).order_by(Suppression.id.desc()).limit(MOST)
    page = render_template(
        "outbox/suppressions.html",
        rows=list(db.session.scalars(query)),
        reasons=REASONS,
        adding=adding or AddressForm(None),
        returned=returned or ReturnedForm(None),
    )
    return make_response(page, status)
