"""A participant proposes somebody else for one meeting, and takes it back."""

from typing import Any

from flask import Response, abort, flash, g, make_response, render_template

from cdef.kernel import clock
from cdef.kernel.access import for_participants
from cdef.kernel.db import db
from cdef.kernel.forms import add_problems
from cdef.kernel.htmx import see_other
from cdef.kernel.problems import Refused
from cdef.participants import substitute_actions as actions
from cdef.participants.forms import SubstituteForm
from cdef.participants.views import blueprint, place_or_404
from cdef.registrations.substitute_models import Substitute
from cdef.series.models import Meeting
from cdef.teams.member_models import Member

WAITS = "{} is proposed. The leads of your team answer, and you hear from us by letter."


@blueprint.get("/personal/<int:member_id>/meetings/<int:meeting_id>/substitute")
@for_participants
def substitute(member_id: int, meeting_id: int) -> Response:
    place = place_or_404(member_id)
    meeting = meeting_or_404(place, meeting_id)
    form = SubstituteForm(data={"seen": meeting.sequence})
    return substitute_page(place, meeting, form)


@blueprint.post("/personal/<int:member_id>/meetings/<int:meeting_id>/substitute")
@for_participants
def propose_substitute(member_id: int, meeting_id: int) -> Response:
    place, form = place_or_404(member_id), SubstituteForm()
    meeting = meeting_or_404(place, meeting_id)
    if not form.validate():
        return substitute_page(place, meeting, form, 422)
    try:
        found = actions.propose(place, meeting, *form.said(), seen=form.seen.data, **told(form))
    except Refused as refused:
        add_problems(form, refused.problems)
        return substitute_page(place, meeting, form, 422)
    flash(WAITS.format(found.name), "good")
    return see_other("/personal")


@blueprint.post("/personal/<int:member_id>/substitutes/<int:substitute_id>/withdrawal")
@for_participants
def withdraw_substitute(member_id: int, substitute_id: int) -> Response:
    place = place_or_404(member_id)
    found = db.session.get(Substitute, substitute_id)
    if found is None or found.member_id != place.id:
        abort(404)
    actions.come_oneself(found, by=g.person, now=clock.now())
    flash(f"{found.name} does not come in your place: you are expected yourself.", "good")
    return see_other("/personal")


def told(form: SubstituteForm) -> dict[str, Any]:
    return {"once": form.once.data or "", "by": g.person, "now": clock.now()}


def meeting_or_404(place: Member, meeting_id: int) -> Meeting:
    """A meeting of the place's cohort whose days are set."""
    held = (each for each in place.team.cohort.meetings if each.id == meeting_id and each.days)
    return next(held, None) or abort(404)


def substitute_page(
    place: Member, meeting: Meeting, form: SubstituteForm, status: int = 200
) -> Response:
    words: dict[str, Any] = {"place": place, "meeting": meeting, "form": form}
    return make_response(render_template("participants/substitute.html", **words), status)
