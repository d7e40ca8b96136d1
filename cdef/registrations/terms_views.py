"""The staff's forms of price, sizes and rules, which say whom a change concerns."""

from flask import Response, abort, flash, g, make_response, render_template, request

from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.kernel.db import db
from cdef.kernel.forms import saved
from cdef.kernel.htmx import see_other
from cdef.registrations import concerned, terms_actions
from cdef.registrations.terms_forms import NewRuleForm, RuleForm, TermsForm
from cdef.registrations.views import blueprint
from cdef.series.models import Series, TeamRule
from cdef.series.rules import POSITIONS, SIDES

TERMS = ("price_cents", "smallest_team", "largest_team")
STEPS = {"earlier": -1, "later": 1}


@blueprint.get("/staff/series/<int:series_id>/terms")
@staff_only
def terms(series_id: int) -> Response:
    series = series_or_404(series_id)
    return terms_page(series, TermsForm.of({name: getattr(series, name) for name in TERMS}), 200)


@blueprint.post("/staff/series/<int:series_id>/terms")
@staff_only
def set_terms(series_id: int) -> Response:
    series, form = series_or_404(series_id), TermsForm()
    if "preview" in request.form:
        return terms_page(series, form, 200 if form.validate() else 422)
    typed, seen = {name: form[name].data for name in TERMS}, form.seen.data or ""
    status = saved(
        form,
        lambda: terms_actions.set_terms(series, typed, seen, by=g.person, now=clock.now()),
    )
    if status != 303:
        return terms_page(series, form, status)
    flash("Price and sizes are saved.", "good")
    return see_other(f"/staff/series/{series_id}/terms")


def terms_page(series: Series, form: TermsForm, status: int) -> Response:
    whom = concerned.of_terms(series, form.smallest_team.data, form.largest_team.data)
    words = {"series": series, "form": form, "whom": whom, "is_preview": "preview" in request.form}
    return make_response(render_template("registrations/terms.html", **words), status)


@blueprint.get("/staff/series/<int:series_id>/rules/new")
@staff_only
def new_rule(series_id: int) -> Response:
    return rule_page(series_or_404(series_id), None, NewRuleForm(), 200)


@blueprint.post("/staff/series/<int:series_id>/rules")
@staff_only
def add_rule(series_id: int) -> Response:
    series, form = series_or_404(series_id), NewRuleForm()
    if not form.validate() or "preview" in request.form:
        return rule_page(series, None, form, 422 if form.errors else 200)
    once = form.once.data or ""
    terms_actions.add_rule(series, typed_rule(form), by=g.person, now=clock.now(), once=once)
    flash(f"The rule “{form.text.data}” is added.", "good")
    return see_other(f"/staff/series/{series_id}/terms")


@blueprint.get("/staff/series/<int:series_id>/rules/<int:rule_id>")
@staff_only
def rule(series_id: int, rule_id: int) -> Response:
    series = series_or_404(series_id)
    found = rule_or_404(series, rule_id)
    form = RuleForm.of({"text": found.text, "met_by": found.met_by})
    return rule_page(series, found, form, 200)


@blueprint.post("/staff/series/<int:series_id>/rules/<int:rule_id>")
@staff_only
def edit_rule(series_id: int, rule_id: int) -> Response:
    series, form = series_or_404(series_id), RuleForm()
    found = rule_or_404(series, rule_id)
    if "preview" in request.form:
        return rule_page(series, found, form, 200 if form.validate() else 422)
    typed, seen, by = typed_rule(form), form.seen.data or "", g.person
    status = saved(
        form,
        lambda: terms_actions.edit_rule(series, found, typed, seen, by=by, now=clock.now()),
    )
    if status != 303:
        return rule_page(series, found, form, status)
    flash(f"The rule “{form.text.data}” is saved.", "good")
    return see_other(f"/staff/series/{series_id}/terms")


@blueprint.post("/staff/series/<int:series_id>/rules/<int:rule_id>/<any(earlier, later):way>")
@staff_only
def move_rule(series_id: int, rule_id: int, way: str) -> Response:
    series = series_or_404(series_id)
    found = rule_or_404(series, rule_id)
    terms_actions.move_rule(series, found, step=STEPS[way], by=g.person, now=clock.now())
    return see_other(f"/staff/series/{series_id}/terms#rules")


@blueprint.post("/staff/series/<int:series_id>/rules/<int:rule_id>/removal")
@staff_only
def remove_rule(series_id: int, rule_id: int) -> Response:
    series = series_or_404(series_id)
    found = rule_or_404(series, rule_id)
    terms_actions.remove_rule(series, found, by=g.person, now=clock.now())
    flash(f"The rule “{found.text}” is removed.", "good")
    return see_other(f"/staff/series/{series_id}/terms")


def typed_rule(form: RuleForm) -> dict[str, object]:
    """The positions come in the order in which they are listed, whatever the browser sends."""
    return {"text": form.text.data, "met_by": chosen_positions(form)}


def chosen_positions(form: RuleForm) -> list[str]:
    """Those that there are, also while the form is refused for one that there is not."""
    chosen = form.met_by.data or []
    return [key for side in SIDES for key in POSITIONS[side] if key in chosen]


def rule_page(series: Series, found: TeamRule | None, form: RuleForm, status: int) -> Response:
    whom = concerned.of_rule(series, found, chosen_positions(form))
    page = render_template(
        "registrations/rule.html",
        series=series,
        rule=found,
        form=form,
        whom=whom,
        is_preview="preview" in request.form,
    )
    return make_response(page, status)


def series_or_404(series_id: int) -> Series:
    return db.session.get(Series, series_id) or abort(404)


def rule_or_404(series: Series, rule_id: int) -> TeamRule:
    found = db.session.get(TeamRule, rule_id)
    return found if found and found.series_id == series.id else abort(404)
