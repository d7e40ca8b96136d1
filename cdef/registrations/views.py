"""Signing and withdrawing."""

from flask import Blueprint, Response, abort, g

from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.kernel.db import db
from cdef.kernel.htmx import answer, see_other
from cdef.registrations import actions, sign_actions
from cdef.registrations.forms import SignForm
from cdef.registrations.mend_actions import mend_row
from cdef.registrations.models import Registration
from cdef.registrations.standing import place_of, row_note, standing_of
from cdef.teams.models import Team, visible_team

blueprint = Blueprint("registrations", __name__)
blueprint.app_template_global("standing_of")(standing_of)
blueprint.app_template_global("place_of")(place_of)
blueprint.app_template_global("row_note")(row_note)
blueprint.record(lambda state: state.app.extensions.update(mend=mend_row))


@blueprint.post("/teams/<int:team_id>/signatures")
def sign(team_id: int) -> Response:
    team, form = team_or_404(team_id), SignForm()
    submitted = sign_actions.sign(
        team, form.revision.data, by=g.person, now=clock.now(), today=clock.today()
    )
    said = (
        "Both sides have signed: the registration is submitted."
        if submitted
        else "Your signature is on the roster."
    )
    return standing_again(team, said)


@blueprint.post("/teams/<int:team_id>/withdrawal")
def withdraw(team_id: int) -> Response:
    team = team_or_404(team_id)
    actions.decide(team, "withdraw", "", by=g.person, now=clock.now())
    return standing_again(team, "The registration is withdrawn.")


def standing_again(team: Team, said: str) -> Response:
    """The standing anew; the roster hears of it and redraws itself."""
    template, page = "registrations/_standing.html", f"/teams/{team.id}"
    return answer(template, page, said=said, facts=("standing-changed",), team=team)


@blueprint.get("/registrations/<int:registration_id>")
@staff_only
def show(registration_id: int) -> Response:
    registration = db.get_or_404(Registration, registration_id)
    return see_other(f"/staff/teams/{registration.team_id}")


def team_or_404(team_id: int) -> Team:
    return visible_team(g.person, team_id) or abort(404)
