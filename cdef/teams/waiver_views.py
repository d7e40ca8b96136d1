"""The checklist's small forms: asking for a waiver with a reason, and taking it back."""

from flask import Response, abort, g, make_response, render_template

from cdef.kernel import clock
from cdef.kernel.forms import add_problems
from cdef.kernel.htmx import is_htmx
from cdef.kernel.problems import Refused
from cdef.teams import waiver_actions
from cdef.teams.forms import WaiverForm
from cdef.teams.models import Team
from cdef.teams.roster_page import page_words
from cdef.teams.roster_views import done
from cdef.teams.views import blueprint, team_or_404


@blueprint.post("/teams/<int:team_id>/waivers")
def ask_waiver(team_id: int) -> Response:
    team, form = team_or_404(team_id), WaiverForm()
    rule_id, seen = form.team_rule_id.data, form.seen.data
    if not form.validate():
        return waiver_again(team, form)
    try:
        waiver_actions.ask_waiver(
            team, rule_id, form.reason.data or "", seen=seen, by=g.person, now=clock.now()
        )
    except Refused as refused:
        add_problems(form, refused.problems)
        return waiver_again(team, form)
    return done(team, "The waiver is asked for. The staff decide on it.", asked_about=rule_id)


@blueprint.post("/teams/<int:team_id>/waivers/<int:waiver_id>/withdrawal")
def withdraw_waiver(team_id: int, waiver_id: int) -> Response:
    team = team_or_404(team_id)
    request = waiver_actions.request_of(team, waiver_id) or abort(404)
    waiver_actions.withdraw_waiver(request, team, by=g.person, now=clock.now())
    said = "The request for a waiver is taken back."
    return done(team, said, asked_about=request.team_rule_id)


def waiver_again(team: Team, form: WaiverForm) -> Response:
    """The form with what was typed; where the page has none any more, a page of its own keeps it."""
    rule_id = form.team_rule_id.data
    waiver_actions.check_asking(team, rule_id, by=g.person)
    template = "teams/_answer.html" if is_htmx() else "teams/page.html"
    words = page_words(team, asking=form, asked_about=rule_id)
    return make_response(render_template(template, **words), 422)
