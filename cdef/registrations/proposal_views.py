"""The staff's answer to a change that leads proposed."""

from flask import Response, g, make_response, render_template

from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.kernel.forms import add_problems
from cdef.kernel.htmx import answer
from cdef.kernel.problems import Refused
from cdef.registrations import change_rules, proposal_actions
from cdef.registrations.change_forms import VerdictForm
from cdef.registrations.change_views import proposal_or_404
from cdef.registrations.decision_views import page_words
from cdef.registrations.proposal_models import Proposal
from cdef.registrations.views import blueprint, team_or_404
from cdef.teams.models import Team

blueprint.app_template_global("differences_of")(change_rules.differences)
VERDICTS = {
    "acceptance": (proposal_actions.accept, "The change is accepted."),
    "refusal": (proposal_actions.refuse, "The change is refused."),
}


@blueprint.post(
    "/staff/teams/<int:team_id>/proposals/<int:proposal_id>/<any(acceptance, refusal):verdict>"
)
@staff_only
def answer_proposal(team_id: int, proposal_id: int, verdict: str) -> Response:
    team, form = team_or_404(team_id), VerdictForm()
    proposal = proposal_or_404(team, proposal_id)
    if not form.validate():
        return again(team, proposal, form)
    act, said = VERDICTS[verdict]
    try:
        act(proposal, form.note.data or "", by=g.person, now=clock.now())
    except Refused as refused:
        add_problems(form, refused.problems)
        return again(team, proposal, form)
    page = f"/staff/teams/{team_id}"
    return answer("registrations/_proposed.html", page, said=said, **page_words(team))


def again(team: Team, proposal: Proposal, form: VerdictForm) -> Response:
    """The form with the note that was typed; above the list, where the proposal is closed by now."""
    words = page_words(team, refused=(proposal.id, form))
    return make_response(render_template("registrations/team.html", **words), 422)
