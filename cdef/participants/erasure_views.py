"""The staff's task: people who ask for their data to be erased."""

from flask import Response, abort, flash, g, make_response, render_template

from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.kernel.db import db
from cdef.kernel.htmx import see_other
from cdef.participants import data_actions
from cdef.participants.data_models import (
    ErasureRequest,
    erasures,
    erasures_waiting,
    rows_of,
)
from cdef.participants.forms import ErasureAnswerForm
from cdef.participants.views import blueprint

blueprint.app_template_global("erasures_waiting")(erasures_waiting)


@blueprint.get("/staff/erasures")
@staff_only
def list_erasures() -> Response:
    return erasures_page()


@blueprint.post("/staff/erasures/<int:request_id>/answer")
@staff_only
def answer_erasure(request_id: int) -> Response:
    request, form = db.session.get(ErasureRequest, request_id) or abort(404), ErasureAnswerForm()
    if not form.validate():
        return erasures_page(request, form, 422)
    data_actions.answer_erasure(request, form.answer.data or "", by=g.person, now=clock.now())
    flash(f"{request.person.label} is told what was done.", "good")
    return see_other("/staff/erasures")


def erasures_page(
    answered: ErasureRequest | None = None, form: ErasureAnswerForm | None = None, status: int = 200
) -> Response:
    found = erasures()
    page = render_template(
        "participants/erasures.html",
        erasures=[(each, form if each is answered else ErasureAnswerForm(None)) for each in found],
        rows=rows_of([each.person.email for each in found]),
    )
    return make_response(page, status)
