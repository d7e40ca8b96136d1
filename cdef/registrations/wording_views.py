"""Staff word the letters: looked at with a real team, tried on themselves, and taken back."""

from typing import Any

from flask import Response, abort, flash, g, make_response, render_template, request

from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.kernel.db import db
from cdef.kernel.forms import saved
from cdef.kernel.htmx import see_other
from cdef.kernel.problems import Refused, blocker
from cdef.outbox.wording_rules import Kind, Worded, values_of
from cdef.outbox.wordings import kinds
from cdef.registrations import wording_actions as actions
from cdef.registrations.views import blueprint
from cdef.registrations.wording_forms import WordingForm
from cdef.registrations.wording_page import chosen, listed, look, places, teams_to_choose
from cdef.series.models import Series

NO_TEAM = "There is no team in this series yet with which to write a test."


@blueprint.get("/staff/series/<int:series_id>/letters")
@staff_only
def wordings(series_id: int) -> str:
    series = series_or_404(series_id)
    words: dict[str, Any] = {"series": series, "letters": listed(series)}
    return render_template("registrations/wordings.html", **words)


@blueprint.get("/staff/series/<int:series_id>/letters/<letter>")
@staff_only
def wording(series_id: int, letter: str) -> Response:
    series, found = series_or_404(series_id), kind_or_404(letter)
    return wording_page(series, found, WordingForm.of(actions.words_of(series, found)))


@blueprint.post("/staff/series/<int:series_id>/letters/<letter>")
@staff_only
def word(series_id: int, letter: str) -> Response:
    series, found, form = series_or_404(series_id), kind_or_404(letter), WordingForm()
    if "preview" in request.form or "test" in request.form:
        return try_out(series, found, form)
    seen, save = form.seen.data or "", actions.save_wording
    status = saved(
        form, lambda: save(series, found, form.words(), seen, by=g.person, now=clock.now())
    )
    if status != 303:
        return wording_page(series, found, form, status)
    flash(f"The letter “{found.title}” has these words from now on.", "good")
    return see_other(address_of(series, found))


@blueprint.post("/staff/series/<int:series_id>/letters/<letter>/original")
@staff_only
def restore_wording(series_id: int, letter: str) -> Response:
    series, found = series_or_404(series_id), kind_or_404(letter)
    actions.restore_original(series, found, by=g.person, now=clock.now())
    flash(f"The letter “{found.title}” has its original words again.", "good")
    return see_other(address_of(series, found))


def try_out(series: Series, kind: Kind, form: WordingForm) -> Response:
    """Look at what was typed, or send it to oneself; nothing is saved."""
    tried = "test" in request.form
    status = saved(form, lambda: test(series, kind, form) if tried else check(kind, form))
    if status == 303 and tried:
        flash(f"A test is on its way to {g.person.email}. Nothing is saved yet.", "good")
    return wording_page(series, kind, form, 200 if status == 303 else status)


def check(kind: Kind, form: WordingForm) -> None:
    actions.check(kind, form.words())


def test(series: Series, kind: Kind, form: WordingForm) -> None:
    team = chosen(teams_to_choose(series), form.team_id.data or 0)
    if team is None:
        raise Refused(blocker(NO_TEAM))
    once, now = form.once.data or "", clock.now()
    actions.send_test(series, kind, form.words(), team, by=g.person, now=now, once=once)


def wording_page(series: Series, kind: Kind, form: WordingForm, status: int = 200) -> Response:
    teams = teams_to_choose(series)
    team = chosen(teams, form.team_id.data or 0)
    form.team_id.choices = [(each.id, label(each)) for each in teams]
    form.team_id.data = team.id if team else None
    words = form.words()
    shown: dict[str, Any] = {"series": series, "kind": kind, "form": form, "team": team}
    shown |= {"places": places(kind), "is_original": words == values_of(kind.original)}
    shown["look"] = look(kind, Worded(**words), team, now=clock.now()) if team else None
    return make_response(render_template("registrations/wording.html", **shown), status)


def label(team: Any) -> str:
    return f"{team.district.label}, {team.cohort.name}"


def series_or_404(series_id: int) -> Series:
    return db.session.get(Series, series_id) or abort(404)


def kind_or_404(kind: str) -> Kind:
    return kinds().get(kind) or abort(404)


def address_of(series: Series, kind: Kind) -> str:
    return f"/staff/series/{series.id}/letters/{kind.key}"
