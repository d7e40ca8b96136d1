"""Editing the texts of a series and its training sessions, with a look before they are saved."""

from flask import Response, abort, flash, g, make_response, render_template, request

from cdef.kernel import clock, markdown
from cdef.kernel.access import staff_only
from cdef.kernel.db import db
from cdef.kernel.forms import saved
from cdef.kernel.htmx import see_other
from cdef.series import text_actions
from cdef.series.desk_forms import NewSessionForm, SessionForm, TextsForm, typed
from cdef.series.desk_views import address_of, series_or_404
from cdef.series.models import Series, TrainingSession
from cdef.series.rules import position_label
from cdef.series.views import blueprint

TEXTS = ("title", "subtitle", "intro", "audience", "partners")
SESSION = ("title", "days", "overview", "topics")
blueprint.app_template_filter("markdown")(markdown.render)
blueprint.app_template_filter("markdown_lines")(markdown.render_lines)
blueprint.app_template_filter("position")(position_label)


@blueprint.get("/staff/series/<int:series_id>/texts")
@staff_only
def texts(series_id: int) -> Response:
    found = series_or_404(series_id)
    return texts_page(found, TextsForm.of({name: getattr(found, name) for name in TEXTS}), 200)


@blueprint.post("/staff/series/<int:series_id>/texts")
@staff_only
def edit_texts(series_id: int) -> Response:
    found, form = series_or_404(series_id), TextsForm()
    if is_preview():
        return texts_page(found, form, 200 if form.validate() else 422)
    values, seen = typed(form, *TEXTS), form.seen.data or ""
    status = saved(
        form,
        lambda: text_actions.edit_texts(found, values, seen, by=g.person, now=clock.now()),
    )
    if status != 303:
        return texts_page(found, form, status)
    flash("The texts are saved.", "good")
    return see_other(address_of(found))


def texts_page(series: Series, form: TextsForm, status: int) -> Response:
    words = {"series": series, "form": form, "is_preview": is_preview()}
    return make_response(render_template("series/texts.html", **words), status)


@blueprint.get("/staff/series/<int:series_id>/sessions/<int:session_id>")
@staff_only
def session(series_id: int, session_id: int) -> Response:
    found = session_or_404(series_id, session_id)
    form = SessionForm.of({name: getattr(found, name) for name in SESSION})
    return session_page(found.series, found, form, 200)


@blueprint.post("/staff/series/<int:series_id>/sessions/<int:session_id>")
@staff_only
def edit_session(series_id: int, session_id: int) -> Response:
    found, form = session_or_404(series_id, session_id), SessionForm()
    if is_preview():
        return session_page(found.series, found, form, 200 if form.validate() else 422)
    values, seen = typed(form, *SESSION), form.seen.data or ""
    status = saved(
        form,
        lambda: text_actions.edit_session(found, values, seen, by=g.person, now=clock.now()),
    )
    if status != 303:
        return session_page(found.series, found, form, status)
    flash(f"{found.name} is saved.", "good")
    return see_other(address_of(found.series))


@blueprint.get("/staff/series/<int:series_id>/sessions/new")
@staff_only
def new_session(series_id: int) -> Response:
    return session_page(series_or_404(series_id), None, NewSessionForm(data={"days": 1}), 200)


@blueprint.post("/staff/series/<int:series_id>/sessions")
@staff_only
def add_session(series_id: int) -> Response:
    series, form = series_or_404(series_id), NewSessionForm()
    if not form.validate() or is_preview():
        return session_page(series, None, form, 422 if form.errors else 200)
    values, once = typed(form, *SESSION), form.once.data or ""
    added = text_actions.add_session(series, values, by=g.person, now=clock.now(), once=once)
    flash(f"{added.name} is added. Its dates are TBD in every cohort.", "good")
    return see_other(address_of(series))


@blueprint.post("/staff/series/<int:series_id>/sessions/<int:session_id>/removal")
@staff_only
def remove_session(series_id: int, session_id: int) -> Response:
    found = session_or_404(series_id, session_id)
    series, name = found.series, found.name
    text_actions.remove_session(found, by=g.person, now=clock.now())
    flash(f"{name} is removed.", "good")
    return see_other(address_of(series))


def session_page(
    series: Series, found: TrainingSession | None, form: SessionForm, status: int
) -> Response:
    words = {"series": series, "session": found, "form": form, "is_preview": is_preview()}
    return make_response(render_template("series/session.html", **words), status)


def session_or_404(series_id: int, session_id: int) -> TrainingSession:
    found = db.session.get(TrainingSession, session_id)
    return found if found and found.series_id == series_id else abort(404)


def is_preview() -> bool:
    """Whether the text is only to be looked at."""
    return "preview" in request.form
