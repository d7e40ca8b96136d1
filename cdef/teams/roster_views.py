"""The roster's rows: adding, editing in place, removing and putting back."""

from dataclasses import replace
from typing import Any

from flask import Response, abort, g, make_response, render_template, request

from cdef.kernel import audit, clock
from cdef.kernel.forms import add_problems
from cdef.kernel.htmx import answer, is_htmx, see_other
from cdef.kernel.problems import Refused, refusal
from cdef.series.rules import SIDES
from cdef.teams import roster_actions, undo_actions
from cdef.teams.forms import EditForm, MemberForm, edit_form, member_form
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from cdef.teams.roster_actions import Clash, member_of
from cdef.teams.roster_page import live_words, page_words, saved_words
from cdef.teams.row_rules import FIELDS, Row, merge
from cdef.teams.views import blueprint, team_or_404


@blueprint.get("/teams/<int:team_id>/roster")
def roster(team_id: int) -> str | Response:
    """The roster alone, as it is now."""
    team = team_or_404(team_id)
    if not is_htmx():
        return see_other(f"/teams/{team_id}")
    return render_template("teams/_roster.html", **page_words(team))


@blueprint.post("/teams/<int:team_id>/members")
def add(team_id: int) -> Response:
    form = posted_form(team_id)
    if not form.validate():
        return again(team_or_404(team_id), 422, adding=form)
    side, once = form.side.data or "", form.once.data or ""
    try:
        with roster_actions.opened(team_id, by=g.person) as team:
            roster_actions.add_member(
                team, side, row_in(form), by=g.person, now=clock.now(), once=once
            )
    except Refused as refused:
        add_problems(form, refused.problems)
        return again(team_or_404(team_id), 422, adding=form)
    said = f"{form.name.data or 'A place'} is on the roster."
    return done(team, said, added_to=side)


@blueprint.get("/teams/<int:team_id>/members/<int:member_id>/row")
def row(team_id: int, member_id: int) -> str | Response:
    """One row as it is now, where its editor thought better of it; nothing of a removed one."""
    team = team_or_404(team_id)
    member = member_of(team, member_id, removed=True) or abort(404)
    if not is_htmx():
        return see_other(f"/teams/{team_id}")
    if member.removed_at:
        return ""
    return render_template("teams/_row.html", member=member, **page_words(team))


@blueprint.get("/teams/<int:team_id>/members/<int:member_id>/edit")
def edit(team_id: int, member_id: int) -> str:
    """One row as a form: alone for htmx, in its place on the page otherwise."""
    team, member = member_or_404(team_id, member_id)
    roster_actions.check_editable(team)
    now = roster_actions.row_of(member)
    words = page_words(team, editing=edit_form(member, now, now), edited=member)
    if not is_htmx():
        return render_template("teams/page.html", **words)
    return render_template("teams/_edit.html", member=member, **words)


@blueprint.post("/teams/<int:team_id>/members/<int:member_id>")
def save(team_id: int, member_id: int) -> Response:
    form = posted_form(team_id, member_id)
    if not form.validate():
        return edit_again(team_id, member_id, form)
    try:
        with roster_actions.opened(team_id, by=g.person) as team:
            member = member_of(team, member_id, removed=True) or abort(404)
            roster_actions.edit_member(
                member,
                row_in(form),
                base_in(form),
                by=g.person,
                now=clock.now(),
                back="put_back" in request.form,
            )
    except Clash as clash:
        return clashing(team_or_404(team_id), clash, form)
    except Refused as refused:
        add_problems(form, refused.problems)
        return edit_again(team_id, member_id, form)
    return saved(team, member)


def saved(team: Team, member: Member) -> Response:
    """The row and what follows from it, or the whole roster where the page lacks more than that."""
    said, live = f"{member.called} is saved.", live_words(team)
    words = saved_words(team, member, live)
    if words is None:
        return done(team, said, live=live, saved=member)
    return answer("teams/_saved.html", f"/teams/{team.id}", said=said, **words)


def edit_again(team_id: int, member_id: int, form: MemberForm) -> Response:
    """The row's form again in its place, also of somebody who was removed meanwhile."""
    team = team_or_404(team_id)
    member = member_of(team, member_id, removed=True) or abort(404)
    return again(team, 409 if member.removed_at else 422, editing=form, edited=member)


def clashing(team: Team, clash: Clash, form: MemberForm) -> Response:
    """Both values of each field that both changed; what only one changed is already together."""
    now = roster_actions.row_of(clash.member)
    mine = {field: getattr(row_in(form), field) for field in clash.fields}
    merged = merge(base_in(form), row_in(form), now).row
    form = edit_form(clash.member, replace(merged, **mine), now)
    return again(team, 409, editing=form, edited=clash.member, clashes=clash.fields)


@blueprint.post("/teams/<int:team_id>/members/<int:member_id>/removal")
def remove(team_id: int, member_id: int) -> Response:
    with roster_actions.opened(team_id, by=g.person) as team:
        member = member_of(team, member_id, removed=True) or abort(404)
        roster_actions.remove_member(member, by=g.person, now=clock.now())
    return done(team, f"{member.called} is off the roster.")


@blueprint.post("/teams/<int:team_id>/members/<int:member_id>/restoration")
def restore(team_id: int, member_id: int) -> Response:
    with roster_actions.opened(team_id, by=g.person) as team:
        member = member_of(team, member_id, removed=True) or abort(404)
        roster_actions.restore_member(member, by=g.person, now=clock.now())
    return done(team, f"{member.called} is on the roster again.")


@blueprint.post("/teams/<int:team_id>/events/<int:event_id>/undo")
def undo(team_id: int, event_id: int) -> Response:
    team = team_or_404(team_id)
    event = audit.line(team.about, event_id) or abort(404)
    undo_actions.undo(team, event, by=g.person, now=clock.now())
    return done(team, f"Undone: {event.what.rstrip('.')}.")


def posted_form(team_id: int, member_id: int | None = None) -> MemberForm:
    """The row as it was posted, with the positions of the side that it names, or that it is on."""
    side = request.form.get("side", "")
    if side not in SIDES:
        team = team_or_404(team_id)
        if member_id is None:
            raise refusal("Please say for which side this person comes.")
        side = (member_of(team, member_id, removed=True) or abort(404)).side
    return member_form(side, kind=MemberForm if member_id is None else EditForm)


def row_in(form: MemberForm) -> Row:
    return Row(**{field: form[field].data or "" for field in FIELDS})


def base_in(form: MemberForm) -> Row:
    """What the row said when it was opened; the address as it is kept."""
    return Row(**{field: form[f"base_{field}"].data or "" for field in FIELDS})


def member_or_404(team_id: int, member_id: int) -> tuple[Team, Member]:
    team = team_or_404(team_id)
    return team, member_of(team, member_id) or abort(404)


def done(team: Team, said: str, **context: Any) -> Response:
    """The roster morphs into what it is now; forms in which somebody types stay as they are.

    A row that can be changed stands on a page that has these forms, so they are not drawn again.
    """
    words = page_words(team, keeps_forms=is_htmx(), **context)
    return answer("teams/_answer.html", f"/teams/{team.id}", said=said, **words)


def again(team: Team, status: int, **context: Any) -> Response:
    """The form that was refused with everything that was typed, in its place or on the page.

    Once the roster is submitted it shows no forms: a page of its own then keeps what was typed.
    """
    roster_actions.check_editable(team)
    template = "teams/_answer.html" if is_htmx() else "teams/page.html"
    return make_response(render_template(template, **page_words(team, **context)), status)
