"""The roster's rows: adding, editing in place, removing and putting back."""

from typing import Any

from flask import Response, abort, g, make_response, render_template

from cdef.kernel import clock
from cdef.kernel.forms import add_problems
from cdef.kernel.htmx import answer, is_htmx, see_other
from cdef.kernel.problems import Refused, refusal
from cdef.series.rules import SIDES
from cdef.teams import roster_actions
from cdef.teams.forms import MemberForm, member_form
from cdef.teams.models import Member, Team
from cdef.teams.roster_actions import Row, Stale, member_of
from cdef.teams.roster_page import roster_words
from cdef.teams.views import blueprint, team_or_404

CHANGED = ("roster-changed",)


@blueprint.get("/teams/<int:team_id>/roster")
def roster(team_id: int) -> str | Response:
    """The roster alone, as it is now."""
    team = team_or_404(team_id)
    if not is_htmx():
        return see_other(f"/teams/{team_id}")
    return render_template("teams/_roster.html", **roster_words(team))


@blueprint.post("/teams/<int:team_id>/members")
def add(team_id: int) -> Response:
    team = team_or_404(team_id)
    form = posted_form()
    if not form.validate():
        return again(team, 422, adding=form)
    side = form.side.data or ""
    try:
        roster_actions.add_member(
            team, side, row_of(form), by=g.person, now=clock.now(), once=form.once.data or ""
        )
    except Refused as refused:
        add_problems(form, refused.problems)
        return again(team, 422, adding=form)
    return done(team, f"{form.name.data} is on the roster.", added_to=side)


@blueprint.get("/teams/<int:team_id>/members/<int:member_id>/edit")
def edit(team_id: int, member_id: int) -> str:
    team, member = member_or_404(team_id, member_id)
    form = member_form(member.side, formdata=None, obj=member)
    template = "teams/_roster.html" if is_htmx() else "teams/page.html"
    return render_template(template, **roster_words(team, editing=form, edited=member))


@blueprint.post("/teams/<int:team_id>/members/<int:member_id>")
def save(team_id: int, member_id: int) -> Response:
    team = team_or_404(team_id)
    member = member_of(team, member_id, removed=True) or abort(404)
    form = member_form(member.side)
    if not form.validate():
        return edit_again(team, member, form)
    version = form.version.data
    try:
        roster_actions.edit_member(member, row_of(form), version, by=g.person, now=clock.now())
    except Stale as stale:
        return conflict(team, stale.member, form)
    except Refused as refused:
        add_problems(form, refused.problems)
        return edit_again(team, member, form)
    return done(team, f"{member.name} is saved.")


def edit_again(team: Team, member: Member, form: MemberForm) -> Response:
    """The row's form again; of somebody who was removed meanwhile, as one that adds them."""
    if member.removed_at:
        return again(team, 409, adding=form)
    return again(team, 422, editing=form, edited=member)


def conflict(team: Team, member: Member, form: MemberForm) -> Response:
    """Both values side by side: the row as it is now, and what this person typed."""
    form.version.data = member.version
    return again(team, 409, editing=form, edited=member, theirs=member)


@blueprint.post("/teams/<int:team_id>/members/<int:member_id>/removal")
def remove(team_id: int, member_id: int) -> Response:
    team = team_or_404(team_id)
    member = member_of(team, member_id, removed=True) or abort(404)
    roster_actions.remove_member(member, by=g.person, now=clock.now())
    return done(team, f"{member.name} is off the roster.")


@blueprint.post("/teams/<int:team_id>/members/<int:member_id>/restoration")
def restore(team_id: int, member_id: int) -> Response:
    team = team_or_404(team_id)
    member = member_of(team, member_id, removed=True) or abort(404)
    roster_actions.restore_member(member, by=g.person, now=clock.now())
    return done(team, f"{member.name} is on the roster again.")


def posted_form() -> MemberForm:
    """The row as it was posted, with the positions of the side that it names."""
    side = MemberForm().side.data or ""
    if side not in SIDES:
        raise refusal("Please say for which side this person comes.")
    return member_form(side)


def row_of(form: MemberForm) -> Row:
    return Row(
        name=form.name.data or "",
        email=form.email.data or "",
        position=form.position.data or "",
        site=form.site.data or "",
    )


def member_or_404(team_id: int, member_id: int) -> tuple[Team, Member]:
    team = team_or_404(team_id)
    return team, member_of(team, member_id) or abort(404)


def done(team: Team, said: str, **context: Any) -> Response:
    words = roster_words(team, **context)
    return answer("teams/_roster.html", f"/teams/{team.id}", said=said, facts=CHANGED, **words)


def again(team: Team, status: int, **context: Any) -> Response:
    """The roster with the form that was refused, and everything that was typed.

    Once the roster is submitted it shows no forms: a page of its own then keeps what was typed.
    """
    roster_actions.check_editable(team)
    template = "teams/_roster.html" if is_htmx() else "teams/page.html"
    return make_response(render_template(template, **roster_words(team, **context)), status)
