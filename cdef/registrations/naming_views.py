"""Saying who takes a place that was held, once the roster is submitted."""

from flask import Response, abort, flash, g, make_response, render_template

from cdef.kernel import clock
from cdef.kernel.forms import add_problems
from cdef.kernel.htmx import see_other
from cdef.kernel.problems import Refused
from cdef.registrations import actions, rules
from cdef.registrations.forms import NamingForm
from cdef.registrations.views import blueprint, team_or_404
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from cdef.teams.row_rules import Row


@blueprint.app_template_global("may_name")
def may_name(team: Team) -> bool:
    """Whether this person can name the places that the team's roster holds."""
    return rules.may_name(team.state) and team.is_visible_to(g.person)


@blueprint.get("/teams/<int:team_id>/members/<int:member_id>/name")
def naming(team_id: int, member_id: int) -> str:
    member = place_or_404(team_id, member_id)
    form = NamingForm(name=member.name, site=member.site)
    return render_template("registrations/naming.html", member=member, team=member.team, form=form)


@blueprint.post("/teams/<int:team_id>/members/<int:member_id>/name")
def name_place(team_id: int, member_id: int) -> Response:
    member, form = place_or_404(team_id, member_id), NamingForm()
    if not form.validate():
        return naming_again(member, form)
    row = Row(form.name.data or "", form.email.data or "", member.position, form.site.data or "")
    try:
        actions.name_place(member, row, by=g.person, now=clock.now())
    except Refused as refused:
        add_problems(form, refused.problems)
        return naming_again(member, form)
    flash(f"{member.called} has the place.", "good")
    is_lead = member.team.lead_of(g.person)
    return see_other(f"/teams/{team_id}" if is_lead else f"/staff/teams/{team_id}")


def naming_again(member: Member, form: NamingForm) -> Response:
    words = {"member": member, "team": member.team, "form": form}
    return make_response(render_template("registrations/naming.html", **words), 422)


def place_or_404(team_id: int, member_id: int) -> Member:
    members = team_or_404(team_id).members
    return next((each for each in members if each.id == member_id), None) or abort(404)
