"""Changing a submitted roster: a form in a row's place, or on a page of its own."""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any, cast

from flask import Response, abort, g, make_response, render_template, request

from cdef.kernel import clock
from cdef.kernel.forms import add_problems
from cdef.kernel.htmx import answer, is_htmx, see_other
from cdef.kernel.problems import Refused, refusal
from cdef.registrations import change_actions, change_rules, proposal_actions
from cdef.registrations.change_forms import (
    DetailsForm,
    JoiningForm,
    LeavingForm,
    SideForm,
    SwapForm,
    SwapProposalForm,
    with_positions,
)
from cdef.registrations.change_page import changes_of, words_of
from cdef.registrations.proposal_actions import Wish
from cdef.registrations.proposal_models import Proposal, proposal_of
from cdef.registrations.views import blueprint, team_or_404
from cdef.series.rules import SIDES, other_side
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from cdef.teams.roster_actions import Clash, member_of, row_of
from cdef.teams.row_rules import FIELDS, Row, merge

blueprint.app_template_global("changes_of")(changes_of)
blueprint.app_template_global("proposal_sentence")(change_rules.sentence)
ADDRESS = (
    "/teams/<int:team_id>/members/<int:member_id>/<any(details, swap, departure, side):change>"
)
WAITS = "It waits for the staff now."


@blueprint.get(ADDRESS)
def change(team_id: int, member_id: int, change: str) -> Response:
    team, member = changing_or_404(team_id, member_id)
    return change_form(team, change, blank_form(member, change), member=member)


@blueprint.post(ADDRESS)
def make_change(team_id: int, member_id: int, change: str) -> Response:
    team, member = changing_or_404(team_id, member_id)
    form = posted_form(member, change)
    if not form.validate():
        return change_form(team, change, form, 422, member=member)
    try:
        said, row = DO[change](member, form)
    except Clash as clash:
        return clashing(team, clash, form)
    except Refused as refused:
        form = posted_form(member, change)  # A swap may need a reason by now.
        add_problems(form, refused.problems)
        return change_form(team, change, form, 422, member=member)
    return changed(team, said, member=row)


@blueprint.get("/teams/<int:team_id>/proposals/new")
def joining(team_id: int) -> Response:
    team, side = changing_team_or_404(team_id), asked_side(request.args.get("side"))
    if "cancel" in request.args:
        return unchanged(team, side)
    form = with_positions(JoiningForm(formdata=None, side=side), side)
    return change_form(team, "joining", form, side=side)


@blueprint.post("/teams/<int:team_id>/proposals")
def propose_joining(team_id: int) -> Response:
    team, form = changing_team_or_404(team_id), JoiningForm()
    side = asked_side(form.side.data)
    with_positions(form, side)
    if not form.validate():
        return change_form(team, "joining", form, 422, side=side)
    wish = Wish(change_rules.JOIN, form.reason.data or "", side=side, row=form.row())
    try:
        propose(team, wish, form)
    except Refused as refused:
        add_problems(form, refused.problems)
        return change_form(team, "joining", form, 422, side=side)
    return changed(team, f"{form.name.data} is proposed. {WAITS}", side=side)


@blueprint.post("/teams/<int:team_id>/proposals/<int:proposal_id>/withdrawal")
def withdraw_proposal(team_id: int, proposal_id: int) -> Response:
    team = team_or_404(team_id)
    proposal = proposal_or_404(team, proposal_id)
    proposal_actions.withdraw(proposal, by=g.person, now=clock.now())
    return changed(team, "The proposal is withdrawn.")


def asked_side(side: str | None) -> str:
    if side not in SIDES:
        raise refusal("Please say for which side this person comes.")
    return side


def changing_team_or_404(team_id: int) -> Team:
    team = team_or_404(team_id)
    change_actions.check_changing(team)
    return team


def changing_or_404(team_id: int, member_id: int) -> tuple[Team, Member]:
    """Also somebody who has gone meanwhile, so that what was typed is not lost."""
    team = team_or_404(team_id)
    member = member_of(team, member_id, removed=True) or abort(404)
    change_actions.check_changing(team)
    return team, member


def proposal_or_404(team: Team, proposal_id: int) -> Proposal:
    return proposal_of(team, proposal_id) or abort(404)


def form_kind(member: Member, change: str) -> Any:
    """Which form a change has: a swap needs a reason once it is for the staff to decide."""
    if change == "swap":
        at_once = change_rules.swaps_at_once(member.team.cohort, clock.today())
        return SwapForm if at_once else SwapProposalForm
    return {"details": DetailsForm, "departure": LeavingForm, "side": SideForm}[change]


def form_side(member: Member, change: str) -> str:
    return other_side(member.side) if change == "side" else member.side


def blank_form(member: Member, change: str) -> Any:
    kind, side = form_kind(member, change), form_side(member, change)
    if change == "details":
        return details_form(member, row_of(member), row_of(member))
    data = {"position": member.position} if change == "swap" else {}
    return with_positions(kind(formdata=None, data=data), side)


def details_form(member: Member, shown: Row, now: Row) -> DetailsForm:
    """The form that shows one row, and knows that the roster says another."""
    base = {f"base_{field}": getattr(now, field) for field in FIELDS}
    form = DetailsForm(formdata=None, data=asdict(shown) | base)
    return cast(DetailsForm, with_positions(form, member.side))


def posted_form(member: Member, change: str) -> Any:
    return with_positions(form_kind(member, change)(), form_side(member, change))


def correct(member: Member, form: DetailsForm) -> tuple[str, Member]:
    change_actions.correct(member, form.row(), form.base(), by=g.person, now=clock.now())
    return f"{member.called} is corrected.", member


def swap(member: Member, form: SwapForm) -> tuple[str, Member]:
    once, now = form.once.data or "", clock.now()
    if isinstance(form, SwapProposalForm):
        wish = Wish(change_rules.SWAP, form.reason.data or "", member=member, row=form.row())
        propose(member.team, wish, form)
        return f"The swap of {member.called} is proposed. {WAITS}", member
    newcomer = change_actions.swap(member, form.row(), by=g.person, now=now, once=once)
    return f"{newcomer.called} has the place of {member.called}.", newcomer


def leave(member: Member, form: LeavingForm) -> tuple[str, Member]:
    propose(member.team, Wish(change_rules.LEAVE, form.reason.data or "", member=member), form)
    return f"It is proposed that {member.called} leaves. {WAITS}", member


def change_side(member: Member, form: SideForm) -> tuple[str, Member]:
    row = replace(row_of(member), position=form.position.data or "")
    reason, side = form.reason.data or "", other_side(member.side)
    propose(member.team, Wish(change_rules.SIDE, reason, side, member, row), form)
    return f"It is proposed that {member.called} changes to the {side} side. {WAITS}", member


DO: dict[str, Callable[[Member, Any], tuple[str, Member]]] = {
    "details": correct,
    "swap": swap,
    "departure": leave,
    "side": change_side,
}


def propose(team: Team, wish: Wish, form: Any) -> None:
    once = form.once.data or ""
    proposal_actions.propose(team, wish, by=g.person, now=clock.now(), once=once)


def clashing(team: Team, clash: Clash, form: DetailsForm) -> Response:
    """Both values of each field that both changed; what only one changed is already together."""
    now = row_of(clash.member)
    mine = {field: getattr(form.row(), field) for field in clash.fields}
    merged = merge(form.base(), form.row(), now).row
    again = details_form(clash.member, replace(merged, **mine), now)
    return change_form(team, "details", again, 409, member=clash.member, clashes=clash.fields)


def change_form(
    team: Team, change: str, form: Any, status: int = 200, *, side: str = "", **words: Any
) -> Response:
    """The form in its row's place for htmx, and on a page of its own otherwise."""
    member: Member | None = words.get("member")
    shown = {"team": team, "change": change, "form": form, "clashes": (), "member": None} | words
    shown |= {
        "side": member.side if member else side,
        "words": words_of(team, change, member, side=side),
        "back": back_to(team),
        "leads_too": member is not None and any(lead.email == member.email for lead in team.leads),
    }
    template = "registrations/_change.html" if is_htmx() else "registrations/change.html"
    return make_response(render_template(template, **shown), status)


def changed(team: Team, said: str, *, member: Member | None = None, side: str = "") -> Response:
    """The row as it is now, or the way to add somebody; the roster around it draws itself anew."""
    return answer(
        "registrations/_changed.html",
        back_to(team),
        said=said,
        facts=("standing-changed",),
        team=team,
        member=member,
        side=side,
        may_edit=False,
    )


def unchanged(team: Team, side: str) -> Response:
    """The way to add somebody, where they thought better of it."""
    if not is_htmx():
        return see_other(back_to(team))
    words = {"team": team, "side": side}
    return make_response(render_template("registrations/_join.html", **words))


def back_to(team: Team) -> str:
    return f"/teams/{team.id}" if team.lead_of(g.person) else f"/staff/teams/{team.id}"
