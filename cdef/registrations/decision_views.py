"""The decisions of staff on one team: the panel, alone or on the team's page, and what it posts."""

from typing import Any

from flask import Response, g, make_response, render_template

from cdef.kernel import audit, clock
from cdef.kernel.access import staff_only
from cdef.kernel.forms import add_problems
from cdef.kernel.htmx import answer, is_htmx, see_other
from cdef.kernel.problems import Refused
from cdef.registrations import actions, rules
from cdef.registrations.change_forms import VerdictForm
from cdef.registrations.change_page import changes_of, waiting_changes
from cdef.registrations.decision_page import DECISIONS, form_of, panel_words
from cdef.registrations.decision_rules import Overtaken
from cdef.registrations.forms import DecisionForm
from cdef.registrations.views import blueprint, team_or_404
from cdef.teams.models import Team
from cdef.teams.undo_rules import lines

PANEL = "registrations/_decision.html"
CHANGED = ("registration-decided",)


@blueprint.get("/staff/teams/<int:team_id>")
@staff_only
def team(team_id: int) -> str:
    return render_template("registrations/team.html", **page_words(team_or_404(team_id)))


@blueprint.get("/staff/teams/<int:team_id>/decision")
@staff_only
def decision(team_id: int) -> str | Response:
    """The panel alone, for the queue, which opens it in a row."""
    found = team_or_404(team_id)
    if not is_htmx():
        return see_other(f"/staff/teams/{team_id}")
    return render_template(PANEL, **panel_words(found))


@blueprint.post("/staff/teams/<int:team_id>/<any(" + ", ".join(DECISIONS) + "):decision>")
@staff_only
def decide(team_id: int, decision: str) -> Response:
    found, verb = team_or_404(team_id), DECISIONS[decision]
    form = form_of(found)
    if not form.validate():
        return decision_again(found, form)
    try:
        note, said = form.note.data or "", form.said()
        actions.decide(found, verb, note, by=g.person, now=clock.now(), said=said)
    except Refused as refused:
        add_problems(form, refused.problems)
        return decision_again(found, form, 409 if isinstance(refused, Overtaken) else 422)
    told, page = f"{found.district.label}: {rules.DONE[verb]}.", f"/staff/teams/{team_id}"
    return answer(PANEL, page, said=told, facts=CHANGED, **panel_words(found))


def decision_again(found: Team, form: DecisionForm, status: int = 422) -> Response:
    if is_htmx():
        return make_response(render_template(PANEL, **panel_words(found, form)), status)
    page = render_template("registrations/team.html", **page_words(found, form))
    return make_response(page, status)


def page_words(
    found: Team,
    form: DecisionForm | None = None,
    refused: tuple[int, VerdictForm] | None = None,
) -> dict[str, Any]:
    """The whole page; ``refused`` is an answer to a proposal that could not be."""
    timeline, words, changes = (
        audit.timeline(found.about),
        panel_words(found, form),
        changes_of(found),
    )
    holders, left = words["holders"], words["seats_left"]
    return words | {
        "changes": changes,
        "waiting": waiting_changes(found, changes.waiting, holders, left, refused),
        "refused": refused,
        "lines": lines(timeline, found.rows, now=clock.now(), may_edit=False),
    }
