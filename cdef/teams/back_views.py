"""Asking last year's teams back: the staff's page with its preview, and the page of a letter's link."""

from flask import Response, abort, flash, g, make_response, render_template, request

from cdef.kernel import clock, tokens
from cdef.kernel.access import open_to_all, remember_browser, staff_only
from cdef.kernel.db import db
from cdef.kernel.forms import MeantForm, number_of
from cdef.kernel.htmx import see_other
from cdef.kernel.problems import Refused
from cdef.kernel.words import plural
from cdef.series.models import Series, current_series
from cdef.teams import back_actions, import_actions
from cdef.teams.actions import Entered
from cdef.teams.back_models import MOST, earlier_series
from cdef.teams.back_rules import letters_for
from cdef.teams.views import blueprint


@blueprint.get("/staff/series/<int:series_id>/teams-back")
@staff_only
def teams_back(series_id: int) -> Response:
    return teams_back_page(db.session.get(Series, series_id) or abort(404), 200)


@blueprint.post("/staff/series/<int:series_id>/teams-back")
@staff_only
def ask_back(series_id: int) -> Response:
    """Look at the letters first; only the page that shows them has the button that sends."""
    series = db.session.get(Series, series_id) or abort(404)
    chosen = {number_of(text) for text in request.form.getlist("team")}
    if not chosen:
        return teams_back_page(series, 422, "Please choose at least one team.")
    if "send" not in request.form:
        return preview(series, chosen)
    now, today = clock.now(), clock.today()
    sent = back_actions.ask_back(series, chosen, by=g.person, now=now, today=today)
    said = plural(sent, "letter")
    flash(
        f"{said} {'is' if sent == 1 else 'are'} in the outbox."
        if sent
        else "Everybody was asked already; nothing was sent.",
        "good",
    )
    return see_other(f"/staff/series/{series_id}/teams-back")


def teams_back_page(series: Series, status: int, problem: str = "") -> Response:
    page = render_template(
        "teams/teams_back.html",
        series=series,
        earlier=earlier_series(series),
        found=back_actions.standing(series, today=clock.today()),
        is_current=current_series() is series,
        problem=problem,
        most=MOST,
    )
    return make_response(page, status)


def preview(series: Series, chosen: set[int]) -> Response:
    found = letters_for(back_actions.standing(series, today=clock.today()), chosen)
    if not found:
        return teams_back_page(series, 422, "The leads of these teams were asked already.")
    each, lead = found[0]
    page = render_template(
        "teams/teams_back_preview.html",
        series=series,
        found=found,
        sample=back_actions.sample(each, lead, now=clock.now()),
        team_ids=sorted({each.team.id for each, _ in found}),
    )
    return make_response(page, 200)


@blueprint.get("/teams/back/<secret>")
@open_to_all
def come_back(secret: str) -> Response:
    """The mailed link: only a button, so that a mail scanner's visit starts nothing."""
    token = tokens.find(back_actions.BACK, secret, now=clock.now())
    return back_page(token, secret, MeantForm(None), 200)


@blueprint.post("/teams/back/<secret>")
@open_to_all
def use_back(secret: str) -> Response:
    token, form = tokens.find(back_actions.BACK, secret, now=clock.now()), MeantForm()
    if token is None or not form.validate():
        return back_page(token, secret, form, 422)
    entered = back_actions.come_back(token, now=clock.now(), today=clock.today())
    remember_browser(entered.key)
    return see_other(first_page(entered))


def first_page(entered: Entered) -> str:
    """A team that begins goes on to last year's people, each to be looked at; another to its page."""
    team = entered.team
    address = f"/teams/{team.id}"
    if entered.was_there:
        return address
    try:
        held = import_actions.start_from_last_year(team, by=team.leads[0].person, now=clock.now())
    except Refused:
        return address
    return f"{address}/imports/{held.id}"


def back_page(token: tokens.Token | None, secret: str, form: MeantForm, status: int) -> Response:
    asked = back_actions.asked_by(token) if token else None
    page = render_template("teams/come_back.html", asked=asked, secret=secret, form=form)
    return make_response(page, status if asked else 410)
