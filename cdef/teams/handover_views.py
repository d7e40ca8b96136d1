"""Handing a side over: asking a successor, thinking better of it, and the successor's page."""

from dataclasses import dataclass

from flask import Response, abort, g, make_response, render_template

from cdef.accounts.rules import TooMany
from cdef.kernel import clock, tokens
from cdef.kernel.access import network, open_to_all
from cdef.kernel.db import db
from cdef.kernel.forms import add_problems
from cdef.kernel.htmx import answer, is_htmx
from cdef.kernel.problems import Refused, refusal
from cdef.kernel.tokens import Token
from cdef.series.rules import SIDES
from cdef.teams import handover_actions, handover_rules
from cdef.teams.forms import HandoverForm, JoinForm, handover_form, join_form
from cdef.teams.handover_actions import HANDOVER, handover_of
from cdef.teams.lead_models import Handover, Lead
from cdef.teams.models import Team
from cdef.teams.roster_page import page_words
from cdef.teams.rules import may_edit
from cdef.teams.views import blueprint, enter, team_or_404


@dataclass(frozen=True)
class Ask:
    """One side's handover as somebody sees it: the open one, and the form if they may ask."""

    lead: Lead | None
    open: Handover | None
    form: HandoverForm | None
    is_theirs: bool
    may_ask: bool


@blueprint.app_template_global("handing_over")
def handing_over(team: Team, side: str, refused: HandoverForm | None) -> Ask:
    """What a side's head shows; the form that was refused in place of an empty one."""
    lead = team.lead(side)
    is_refused = refused is not None and refused.side.data == side
    may_ask = handover_rules.asking_problem(team, side, g.person) is None
    return Ask(
        lead=lead,
        open=lead.handover if lead else None,
        form=refused if is_refused else handover_form(side) if may_ask else None,
        is_theirs=handover_rules.may_lead_out(team, side, g.person),
        may_ask=may_ask,
    )


@blueprint.post("/teams/<int:team_id>/handovers")
def ask_successor(team_id: int) -> Response:
    team, form = team_or_404(team_id), HandoverForm()
    side = asked_side(team, form)
    if not form.validate():
        return ask_again(team, form)
    name, email, once = form.name.data or "", form.email.data or "", form.once.data or ""
    try:
        handover_actions.ask_successor(
            team, side, name, email, by=g.person, ip=network(), now=clock.now(), once=once
        )
    except Refused as refused:
        asked_side(team, form)
        add_problems(form, refused.problems)
        return ask_again(team, form, 429 if isinstance(refused, TooMany) else 422)
    return done(
        team, side, f"{name} is asked to take over. The letter to {email} is in the outbox."
    )


def asked_side(team: Team, form: HandoverForm) -> str:
    """The side that the form names; refused where the page has no form for it."""
    side = form.side.data or ""
    if side not in SIDES:
        raise refusal("Please say which side is handed over.")
    problem = handover_rules.asking_problem(team, side, g.person)
    if problem:
        raise Refused(problem)
    return side


def ask_again(team: Team, form: HandoverForm, status: int = 422) -> Response:
    template = "teams/_answer.html" if is_htmx() else "teams/page.html"
    words = page_words(team, handing=form, handed=form.side.data)
    return make_response(render_template(template, **words), status)


@blueprint.post("/teams/<int:team_id>/handovers/<int:handover_id>/withdrawal")
def withdraw_handover(team_id: int, handover_id: int) -> Response:
    team = team_or_404(team_id)
    handover = handover_of(team, handover_id) or abort(404)
    handover_actions.withdraw_handover(handover, by=g.person, now=clock.now())
    side = handover.lead.side
    return done(team, side, f"{handover.name} is not asked to take over any more.")


def done(team: Team, side: str, said: str) -> Response:
    """The side's head anew; staff who came without scripts go back to their desk."""
    page = f"/teams/{team.id}" if team.lead_of(g.person) else f"/staff/teams/{team.id}"
    return answer("teams/_answer.html", page, said=said, **page_words(team, handed=side))


@blueprint.get("/teams/succeed/<secret>")
@open_to_all
def succeed(secret: str) -> Response:
    """The mailed link: only a button, so that a mail scanner's visit hands nothing over."""
    return succeed_page(tokens.find(HANDOVER, secret, now=clock.now()), secret)


@blueprint.post("/teams/succeed/<secret>")
@open_to_all
def take_over(secret: str) -> Response:
    token = tokens.find(HANDOVER, secret, now=clock.now())
    form = join_form(handover_behind(token).lead.side if token else "district")
    if token is None or (is_coming(token, form) and not form.validate()):
        return succeed_page(token, secret, form)
    position, attends = form.position.data or "", bool(form.attends.data)
    try:
        entered = handover_actions.take_over(
            token, position=position, attends=attends, now=clock.now()
        )
    except Refused as refused:
        add_problems(form, refused.problems)
        return succeed_page(token, secret, form)
    return enter(entered)


def handover_behind(token: Token) -> Handover:
    return db.session.get_one(Handover, token.payload["handover_id"])


def is_coming(token: Token, form: JoinForm) -> bool:
    """Whether the successor was asked for their position, and comes along."""
    team = handover_behind(token).team
    return bool(form.attends.data) and handover_rules.asks_about_roster(team, token.email)


def succeed_page(token: Token | None, secret: str, form: JoinForm | None = None) -> Response:
    if token is None:
        return make_response(render_template("teams/succeed.html", handover=None), 410)
    handover = handover_behind(token)
    page = render_template(
        "teams/succeed.html",
        handover=handover,
        form=form or join_form(handover.lead.side),
        secret=secret,
        asks_about_roster=handover_rules.asks_about_roster(handover.team, token.email),
        may_edit=may_edit(handover.team.state),
    )
    return make_response(page, 422 if form else 200)
