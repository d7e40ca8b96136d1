"""Signing, withdrawing, the staff queue, and the decisions on a registration."""

from typing import Any

from flask import Blueprint, Response, abort, g, make_response, render_template, request

from cdef.kernel import audit, clock
from cdef.kernel.access import staff_only
from cdef.kernel.db import db
from cdef.kernel.forms import add_problems
from cdef.kernel.htmx import answer, is_htmx, see_other
from cdef.kernel.problems import Refused
from cdef.registrations import actions, rules
from cdef.registrations.forms import DecisionForm, SignForm
from cdef.registrations.models import Registration, seats_taken
from cdef.registrations.queue import queue
from cdef.registrations.standing import desk_words, standing_of
from cdef.series.models import current_series
from cdef.teams.models import Team, visible_team
from cdef.teams.undo_rules import lines

blueprint = Blueprint("registrations", __name__)
blueprint.app_template_global("standing_of")(standing_of)
CHANGED = ("registration-decided",)
# The addresses of the decisions, named as nouns.
DECISIONS = {
    "approval": "approve",
    "return": "return",
    "waitlisting": "waitlist",
    "refusal": "decline",
    "withdrawal": "withdraw",
    "reopening": "reopen",
}


@blueprint.post("/teams/<int:team_id>/signatures")
def sign(team_id: int) -> Response:
    team, form = team_or_404(team_id), SignForm()
    submitted = actions.sign(
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


@blueprint.get("/staff")
@staff_only
def desk() -> str:
    """The queue: by default what waits for staff, oldest first."""
    chosen = request.args.get("state", "waiting-for-staff"), request.args.get("cohort", "")
    series = current_series()
    cohorts = series.cohorts if series else []
    return render_template(
        "registrations/queue.html",
        teams=queue(series, *chosen),
        chosen_state=chosen[0],
        chosen_cohort=chosen[1],
        cohorts=cohorts,
        taken={cohort.id: seats_taken(cohort) for cohort in cohorts},
        states=rules.STATES,
        now=clock.now(),
    )


@blueprint.get("/registrations/<int:registration_id>")
@staff_only
def show(registration_id: int) -> Response:
    registration = db.get_or_404(Registration, registration_id)
    return see_other(f"/staff/teams/{registration.team_id}")


@blueprint.get("/staff/teams/<int:team_id>")
@staff_only
def team(team_id: int) -> str:
    return render_template("registrations/team.html", **page_words(team_or_404(team_id)))


@blueprint.post("/staff/teams/<int:team_id>/<any(" + ", ".join(DECISIONS) + "):decision>")
@staff_only
def decide(team_id: int, decision: str) -> Response:
    found, form, verb = team_or_404(team_id), DecisionForm(), DECISIONS[decision]
    if not form.validate():
        return decision_again(found, form)
    try:
        note, seen = form.note.data or "", form.seen_ids
        actions.decide(found, verb, note, by=g.person, now=clock.now(), seen=seen)
    except Refused as refused:
        add_problems(form, refused.problems)
        return decision_again(found, form)
    said = f"{found.district.label}: {rules.DONE[verb]}."
    page = f"/staff/teams/{team_id}"
    return answer(
        "registrations/_decision.html", page, said=said, facts=CHANGED, **page_words(found)
    )


def decision_again(found: Team, form: DecisionForm) -> Response:
    template = "registrations/_decision.html" if is_htmx() else "registrations/team.html"
    return make_response(render_template(template, **page_words(found, form)), 422)


def page_words(found: Team, form: DecisionForm | None = None) -> dict[str, Any]:
    return desk_words(found) | {
        "form": form or DecisionForm(formdata=None),
        "done": rules.DONE,
        "decisions": found.registration.decisions if found.registration else [],
        "lines": lines(audit.timeline(found.about), found.rows, now=clock.now(), may_edit=False),
        "addresses": {verb: noun for noun, verb in DECISIONS.items()},
    }


def team_or_404(team_id: int) -> Team:
    return visible_team(g.person, team_id) or abort(404)
