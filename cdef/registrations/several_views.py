"""One decision on several teams of the queue: a look at what it does, then a report."""

from flask import Response, abort, flash, g, make_response, render_template, request

from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.kernel.db import db
from cdef.kernel.htmx import see_other
from cdef.kernel.tokens import new_secret
from cdef.registrations import rules
from cdef.registrations.decision_page import DECISIONS, TOGETHER
from cdef.registrations.decision_rules import NEEDS_NOTE
from cdef.registrations.forms import SeveralForm
from cdef.registrations.several_actions import begin, carry_on
from cdef.registrations.several_models import DecisionBatch
from cdef.registrations.several_page import chosen_teams, kept, prospects, totals
from cdef.registrations.views import blueprint


@blueprint.post("/staff/decisions")
@staff_only
def preview_several() -> Response:
    """What the decision would do to each team that was ticked; nothing is done yet."""
    return several_page(SeveralForm(formdata=None), 200)


def several_page(form: SeveralForm, status: int) -> Response:
    noun = request.form.get("decision", "")
    numbers = [each.split(":")[0] for each in request.form.getlist("team")]
    teams = chosen_teams(numbers)
    if noun not in TOGETHER or not teams:
        flash("Choose at least one team, and what to decide.", "problem")
        return see_other("/staff")
    verb = DECISIONS[noun]
    found = prospects(teams, verb)
    words = {
        "form": form,
        "noun": noun,
        "label": rules.VERBS[verb],
        "needs_note": verb in NEEDS_NOTE,
        "going": [each for each in found if not each.why_not],
        "skipped": [each for each in found if each.why_not],
        "totals": totals(found),
    }
    return make_response(render_template("registrations/several.html", **words), status)


@blueprint.post("/staff/decisions/confirmation")
@staff_only
def decide_several() -> Response:
    form, noun = SeveralForm(), request.form.get("decision", "")
    verb = DECISIONS.get(noun, "") if noun in TOGETHER else ""
    note = form.note.data or ""
    form.validate()
    if verb in NEEDS_NOTE and not note:
        form.note.errors = [*form.note.errors, "Please write a note: the leads will read it."]
    shown = {each["id"]: each for each in kept(request.form.getlist("team"))}
    teams = [
        shown[team.id] | {"label": team.district.label}
        for team in chosen_teams([str(number) for number in shown])
    ]
    if form.errors or not verb or not teams:
        return several_page(form, 422)
    batch = begin(
        verb, note, teams, by=g.person, now=clock.now(), once=form.once.data or new_secret()
    )
    carry_on(batch, by=g.person, now=clock.now())
    return see_other(f"/staff/decisions/{batch.id}")


@blueprint.get("/staff/decisions/<int:batch_id>")
@staff_only
def several_report(batch_id: int) -> str:
    return render_template("registrations/several_report.html", **report_words(batch_id))


@blueprint.post("/staff/decisions/<int:batch_id>/continuation")
@staff_only
def go_on(batch_id: int) -> Response:
    """The next teams of a long list."""
    batch = batch_or_404(batch_id)
    carry_on(batch, by=g.person, now=clock.now())
    return see_other(f"/staff/decisions/{batch.id}")


def report_words(batch_id: int) -> dict[str, object]:
    batch = batch_or_404(batch_id)
    rows = list(zip(batch.teams, batch.results, strict=False))
    return {
        "batch": batch,
        "label": rules.VERBS[batch.verb],
        "done": [team for team, result in rows if result["is_done"]],
        "skipped": [(team, result["said"]) for team, result in rows if not result["is_done"]],
    }


def batch_or_404(batch_id: int) -> DecisionBatch:
    return db.session.get(DecisionBatch, batch_id) or abort(404)
