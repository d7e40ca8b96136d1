"""The buttons of a copy that was brought back: letters go out again, and each that is in doubt."""

from flask import Response, flash, g

from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.kernel.db import db
from cdef.kernel.htmx import see_other
from cdef.outbox import quarantine_actions
from cdef.outbox.models import Letter
from cdef.outbox.views import blueprint


@blueprint.post("/staff/outbox/quarantine/end")
@staff_only
def end_quarantine() -> Response:
    quarantine_actions.end(by=g.person, now=clock.now())
    flash("Letters go out again. Those that are held wait for you, one by one.", "good")
    return see_other("/staff/outbox?state=held")


@blueprint.post("/staff/outbox/<int:letter_id>/release")
@staff_only
def release(letter_id: int) -> Response:
    letter = db.get_or_404(Letter, letter_id)
    quarantine_actions.release(letter, by=g.person, now=clock.now())
    flash("The letter goes out.", "good")
    return see_other(f"/staff/outbox/{letter_id}")


@blueprint.post("/staff/outbox/<int:letter_id>/drop")
@staff_only
def drop(letter_id: int) -> Response:
    letter = db.get_or_404(Letter, letter_id)
    quarantine_actions.drop(letter, by=g.person, now=clock.now())
    flash("The letter is set aside.", "good")
    return see_other(f"/staff/outbox/{letter_id}")
