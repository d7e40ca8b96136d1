"""Starting a team, coming in by a mailed link, the team's page and the partner's invitation."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, abort, g, make_response, render_template, request, session

from cdef.accounts.actions import prove_by_code
from cdef.accounts.rules import TooMany
from cdef.directory.actions import options
from cdef.kernel import clock, tokens
from cdef.kernel.access import network, open_to_all, remember_browser
from cdef.kernel.db import db
from cdef.kernel.forms import CodeForm, MeantForm, add_problems, number_of
from cdef.kernel.htmx import answer, is_htmx, see_other
from cdef.kernel.problems import Refused
from cdef.series.models import Cohort, Series, current_series, series_with_dates
from cdef.series.rules import meeting_dates, takes_registrations
from cdef.teams import actions, rules
from cdef.teams.actions import Entered, Start
from cdef.teams.forms import PartnerForm, StartForm, join_form
from cdef.teams.models import Team, teams_of, visible_team
from cdef.teams.roster_page import page_words

blueprint = Blueprint("teams", __name__)


@blueprint.get("/register")
@open_to_all
def register() -> Response:
    form = StartForm(name=g.person.name, email=g.person.email) if g.person else StartForm()
    return start_page(form, 200)


@blueprint.post("/register")
@open_to_all
def request_start() -> Response:
    form = StartForm()
    offer_cohorts(form, current_series())
    if "find" in request.form:
        return start_page(form, 200)
    if not form.validate():
        return start_page(form, 422)
    try:
        email = actions.request_start(
            start_of(form), ip=network(), now=clock.now(), today=clock.today()
        )
    except Refused as refused:
        add_problems(form, refused.problems)
        return start_page(form, 429 if isinstance(refused, TooMany) else 422)
    session["starting"] = email
    return see_other("/register/code")


def start_page(form: StartForm, status: int) -> Response:
    series = series_with_dates()
    cohorts = series.cohorts if series else []
    offer_cohorts(form, series)
    if not form.is_submitted() and request.args.get("cohort"):
        preset_cohort(form, cohorts, request.args["cohort"])
    if not form.is_submitted():
        preset_district(form)
    found = options(form.district_query.data or "", form.district_id.data)
    hints = {cohort.id: meeting_dates(cohort) for cohort in cohorts}
    page = render_template("teams/start.html", form=form, cohort_hints=hints, **found)
    return make_response(page, status)


def offer_cohorts(form: StartForm, series: Series | None) -> None:
    """The cohorts of the series that take registrations today."""
    cohorts = series.cohorts if series else []
    form.cohort_id.choices = [
        (cohort.id, cohort.name) for cohort in cohorts if takes_registrations(cohort, clock.today())
    ]


def preset_cohort(form: StartForm, cohorts: Iterable[Cohort], slug: str) -> None:
    for cohort in cohorts:
        if cohort.slug == slug:
            form.cohort_id.data = cohort.id


def preset_district(form: StartForm) -> None:
    """What an invitation's link knows of its reader."""
    form.district_id.data = number_of(request.args.get("district", "")) or form.district_id.data
    if request.args.get("side") in ("district", "union"):
        form.side.data = request.args["side"]


def start_of(form: StartForm) -> Start:
    return Start(
        cohort_id=form.cohort_id.data,
        district_id=None if form.not_listed.data else form.district_id.data,
        district_name=form.district_name.data or "",
        county=form.county.data or "",
        name=form.name.data or "",
        email=form.email.data or "",
        side=form.side.data,
        position=form.position.data,
        attends=bool(form.attends.data),
    )


@blueprint.get("/register/code")
@open_to_all
def start_code() -> str | Response:
    if "starting" not in session:
        return see_other("/register")
    return render_template("teams/code.html", form=CodeForm(), email=session["starting"])


@blueprint.post("/register/code")
@open_to_all
def confirm_start_code() -> Response:
    if "starting" not in session:
        return see_other("/register")
    form, email = CodeForm(), session["starting"]
    if not form.validate():
        return make_response(render_template("teams/code.html", form=form, email=email), 422)
    try:
        code = form.code.data or ""
        token = prove_by_code(actions.START, email, code, ip=network(), now=clock.now())
        return enter(actions.start_team(token, now=clock.now(), today=clock.today()))
    except Refused as refused:
        add_problems(form, refused.problems)
        status = 429 if isinstance(refused, TooMany) else 422
        return make_response(render_template("teams/code.html", form=form, email=email), status)


@blueprint.get("/register/<secret>")
@open_to_all
def confirm_start(secret: str) -> Response:
    """The mailed link: only a button, so that a mail scanner's visit starts nothing."""
    token = tokens.find(actions.START, secret, now=clock.now())
    return confirm_start_page(token, secret, MeantForm(None), 200)


@blueprint.post("/register/<secret>")
@open_to_all
def use_start(secret: str) -> Response:
    """One press where it was asked for; in another browser, which may be a program's, a tick before."""
    token, form = tokens.find(actions.START, secret, now=clock.now()), MeantForm()
    if token is None or not (is_starting(token) or form.validate()):
        return confirm_start_page(token, secret, form, 422)
    return enter(actions.start_team(token, now=clock.now(), today=clock.today()))


def confirm_start_page(
    token: tokens.Token | None, secret: str, form: MeantForm, status: int
) -> Response:
    asked = None if token is None or is_starting(token) else form
    page = render_template("teams/confirm_start.html", token=token, secret=secret, form=asked)
    return make_response(page, status if token else 410)


def is_starting(token: tokens.Token) -> bool:
    """Whether this browser asked for the letter."""
    return session.get("starting") == token.email


@blueprint.get("/teams/join/<secret>")
@open_to_all
def join(secret: str) -> Response:
    return join_page(tokens.find(actions.PARTNER, secret, now=clock.now()), secret)


@blueprint.post("/teams/join/<secret>")
@open_to_all
def use_join(secret: str) -> Response:
    token = tokens.find(actions.PARTNER, secret, now=clock.now())
    form = join_form(joining_side(token))
    if token is None or (form.attends.data and not form.validate()):
        return join_page(token, secret, form)
    return enter(
        actions.join(
            token,
            position=form.position.data or "",
            attends=bool(form.attends.data),
            now=clock.now(),
        )
    )


def joining_side(token: tokens.Token | None) -> str:
    team = db.session.get(Team, token.payload["team_id"]) if token else None
    lead = (
        next((lead for lead in team.leads if lead.email == token.email), None)
        if team and token
        else None
    )
    return lead.side if lead else "district"


def join_page(token: tokens.Token | None, secret: str, form: Any = None) -> Response:
    team = db.session.get(Team, token.payload["team_id"]) if token else None
    status = 410 if team is None else 422 if form else 200
    side = joining_side(token)
    shown = form or join_form(side, position=known_position(team, token))
    page = render_template("teams/join.html", team=team, side=side, secret=secret, form=shown)
    return make_response(page, status)


def known_position(team: Team | None, token: tokens.Token | None) -> str:
    """What the roster says already of the lead who joins."""
    members = team.members if team and token else []
    return next((each.position for each in members if token and each.email == token.email), "")


def enter(entered: Entered) -> Response:
    """Sign in whoever came by the link, and open their team."""
    remember_browser(entered.key)
    return see_other(f"/teams/{entered.team.id}")


@blueprint.get("/teams")
def mine() -> str:
    return render_template("teams/mine.html", teams=teams_of(g.person))


@blueprint.get("/teams/<int:team_id>")
def page(team_id: int) -> str:
    team = team_or_404(team_id)
    return render_template("teams/page.html", **page_words(team))


@blueprint.post("/teams/<int:team_id>/partner")
def invite_partner(team_id: int) -> Response:
    team, form = team_or_404(team_id), PartnerForm()
    if not form.validate():
        return partner_again(team, form)
    name, email = form.name.data or "", form.email.data or ""
    try:
        actions.invite_partner(team, name, email, by=g.person, ip=network(), now=clock.now())
    except Refused as refused:
        if rules.side_to_invite(team, team.lead_of(g.person)) is None:
            raise  # The page has no form for it any more.
        add_problems(form, refused.problems)
        return partner_again(team, form, 429 if isinstance(refused, TooMany) else 422)
    said = f"{name} is invited. The letter to {email} is in the outbox."
    return answer(
        "teams/_answer.html",
        f"/teams/{team_id}",
        said=said,
        **page_words(team, has_invited=True),
    )


def partner_again(team: Team, form: PartnerForm, status: int = 422) -> Response:
    template = "teams/_answer.html" if is_htmx() else "teams/page.html"
    words = page_words(team, partner_form=form, has_invited=True)
    return make_response(render_template(template, **words), status)


def team_or_404(team_id: int) -> Team:
    return visible_team(g.person, team_id) or abort(404)
