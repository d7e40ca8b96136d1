"""A list for the roster: bringing it, its columns, its preview, and adding what is ready."""

from contextlib import closing
from dataclasses import replace
from typing import Any

from flask import Response, abort, flash, g, make_response, render_template, request

from cdef.kernel import clock
from cdef.kernel.db import end_reading
from cdef.kernel.forms import add_problems, number_of, one_line
from cdef.kernel.htmx import announce, is_htmx, see_other
from cdef.kernel.problems import Refused, refusal
from cdef.kernel.sheets import Table, from_file, from_paste
from cdef.kernel.words import plural
from cdef.series.rules import SIDES
from cdef.teams import addition_actions, import_actions, roster_actions
from cdef.teams.column_rules import recognise
from cdef.teams.duplicate_rules import DUPLICATE, MEND
from cdef.teams.heading_rules import ROLES
from cdef.teams.import_forms import ListForm, typed_rows
from cdef.teams.import_models import RosterImport, import_of, lines_of
from cdef.teams.import_page import (
    NO_CLASHES,
    Clashes,
    bringing_words,
    column_words,
    next_to_do,
    preview_words,
)
from cdef.teams.import_rules import CHOICES, SKIP, repeated, standings
from cdef.teams.models import Team
from cdef.teams.views import blueprint, team_or_404

LARGEST_TEXT = 5 * 1024 * 1024  # bytes of what is pasted
LONGEST_LABEL = 80


@blueprint.url_value_preprocessor
def take_long_lists(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A pasted list may be longer than other forms; it is read before any view is reached."""
    if endpoint == "teams.start_import":
        request.max_form_memory_size = LARGEST_TEXT


@blueprint.get("/teams/<int:team_id>/imports")
def imports(team_id: int) -> str:
    team = team_or_404(team_id)
    return render_template("teams/imports.html", **bringing_words(team))


@blueprint.post("/teams/<int:team_id>/imports")
def start_import(team_id: int) -> Response:
    team, form = team_or_404(team_id), ListForm()
    if not form.validate():
        return bring_again(team, form)
    try:
        roster_actions.check_editable(team)
        end_reading()
        label, table = posted_table(form)
        held = import_actions.start_import(
            team,
            label,
            table,
            side=form.side.data if form.side.data in SIDES else "",
            by=g.person,
            now=clock.now(),
            once=form.once.data or "",
        )
    except Refused as refused:
        add_problems(form, [replace(each, field="text") for each in refused.problems])
        return bring_again(team, form)
    return see_other(f"/teams/{team_id}/imports/{held.id}")


def posted_table(form: ListForm) -> tuple[str, Table]:
    """What was pasted or chosen; a large file takes seconds, so no transaction may be open."""
    text, file = form.text.data or "", request.files.get("file")
    if file is None or not file.filename:
        return import_actions.PASTED, from_paste(text)
    if text.strip():
        raise refusal(
            "Please send either the cells or the file: here are both. The cells are kept."
        )
    with closing(file):
        return one_line(file.filename)[-LONGEST_LABEL:], from_file(file.filename, file.read())


def bring_again(team: Team, form: ListForm) -> Response:
    page = render_template("teams/imports.html", **bringing_words(team, form))
    return make_response(page, 422)


@blueprint.post("/teams/<int:team_id>/imports/last-year")
def start_from_last_year(team_id: int) -> Response:
    team = team_or_404(team_id)
    once = one_line(request.form.get("once"))
    held = import_actions.start_from_last_year(team, by=g.person, now=clock.now(), once=once)
    return see_other(f"/teams/{team_id}/imports/{held.id}")


@blueprint.get("/teams/<int:team_id>/imports/<int:import_id>")
def preview(team_id: int, import_id: int) -> str:
    held = import_or_404(team_id, import_id)
    if held.closed_at is None and (not held.is_settled or "columns" in request.args):
        return render_template("teams/import.html", asking=True, **column_words(held))
    words = preview_words(
        held,
        page=request.args.get("page", 1, type=int),
        opened=request.args.get("edit", 0, type=int),
        focus=request.args.get("at", 0, type=int),
    )
    return render_template("teams/import.html", **words)


@blueprint.post("/teams/<int:team_id>/imports/<int:import_id>/columns")
def answer_columns(team_id: int, import_id: int) -> Response:
    held = import_or_404(team_id, import_id)
    has_heading = "has_heading" in request.form
    roles = posted_roles()
    twice = repeated(roles.values())
    if twice and held.table:
        guess = recognise(held.table, has_heading).settled(roles)
        error = f"{twice[0]} is said of two columns. Please keep it for one."
        page = render_template("teams/import.html", asking=True, **column_words(held, guess, error))
        return make_response(page, 422)
    import_actions.answer_columns(held, roles, has_heading=has_heading)
    return see_other(f"/teams/{team_id}/imports/{import_id}")


def posted_roles() -> dict[int, str]:
    """What each column was said to hold; what no page offers is nothing."""
    sent = (
        (key.removesuffix("-role"), role)
        for key, role in request.form.items()
        if key.endswith("-role")
    )
    return {number_of(key): role if role in ROLES else "" for key, role in sent}


@blueprint.post("/teams/<int:team_id>/imports/<int:import_id>/lines")
def mend(team_id: int, import_id: int) -> Response:
    """Keep everything that was typed, then do what was pressed: open a row, decide, turn the page."""
    held = import_or_404(team_id, import_id)
    mended = import_actions.mend(held, typed_rows(request.form))
    if mended.clashes:
        return show(held, clashes=mended.clashes, status=409)
    verb, number = pressed()
    page = number if verb == "page" else number_of(request.form.get("page", ""))
    if verb == "edit":
        return show(held, page=page, opened=number, focus=number)
    if verb in CHOICES:
        import_actions.choose(held, number, verb)
        return show(held, page=page, focus=next_to_do(held, after=number))
    if verb == "meant":
        import_actions.use_meant(held, number)
    if verb == "all":
        import_actions.choose_for_all(held, DUPLICATE, SKIP)
    is_wrong = not verb and is_still_wrong(held, mended.changed)
    return show(held, page=page, focus=next_to_do(held), status=422 if is_wrong else 200)


def is_still_wrong(held: RosterImport, touched: set[int]) -> bool:
    found = standings(lines_of(held), held.team)
    return any(each.line.id in touched and each.state == MEND for each in found)


def pressed() -> tuple[str, int]:
    """The button: what it does, and the row or page that it is about."""
    verb, _, number = request.form.get("do", "").partition("-")
    return verb, number_of(number)


def show(
    held: RosterImport,
    *,
    page: int = 1,
    opened: int = 0,
    focus: int = 0,
    status: int = 200,
    said: str = "",
    clashes: Clashes = NO_CLASHES,
) -> Response:
    """The preview after a change; a plain browser is sent on to it, unless something is wrong."""
    if status == 200 and not is_htmx():
        if said:
            flash(said, "good")
        address = f"/teams/{held.team_id}/imports/{held.id}?page={page or 1}&at={focus}"
        return see_other(f"{address}&edit={opened}" if opened else address)
    focus = focus or next(iter(clashes), 0)
    words = preview_words(held, page=page, opened=opened, focus=focus, clashes=clashes)
    template = "teams/_import.html" if is_htmx() else "teams/import.html"
    body = render_template(template, is_wrong=status == 422, done=said, **words)
    response = make_response(body, status)
    announce(response, f"{said} {words['said']}.".strip())
    return response


@blueprint.post("/teams/<int:team_id>/imports/<int:import_id>/additions")
def add_ready(team_id: int, import_id: int) -> Response:
    """Keep what was typed, and put everybody who is ready on the roster."""
    held = import_or_404(team_id, import_id)
    if held.closed_at is None:
        clashes = import_actions.mend(held, typed_rows(request.form)).clashes
        if clashes:
            return show(held, clashes=clashes, status=409)
    added, updated = addition_actions.add_ready(held, by=g.person, now=clock.now())
    said = f"{plural(added, 'person is', 'people are')} on the roster now." if added else ""
    if updated:
        said = f"{said} {plural(updated, 'person is', 'people are')} changed.".strip()
    if said and held.closed_at:
        return done(held, said)
    return show(held, page=1, focus=next_to_do(held), said=said)


def done(held: RosterImport, said: str) -> Response:
    """Nothing of the list is left to look at: back to the roster, which has its people."""
    left = f"{plural(held.left_out, 'row was', 'rows were')} left out." if held.left_out else ""
    flash(" ".join(filter(None, [said, left, "The list is done."])), "good")
    return see_other(f"/teams/{held.team_id}")


@blueprint.post("/teams/<int:team_id>/imports/<int:import_id>/removal")
def discard(team_id: int, import_id: int) -> Response:
    held = import_or_404(team_id, import_id)
    import_actions.discard(held)
    flash("The list is discarded. Nobody was taken off the roster.", "good")
    return see_other(f"/teams/{team_id}")


def import_or_404(team_id: int, import_id: int) -> RosterImport:
    return import_of(team_or_404(team_id), import_id, clock.now()) or abort(404)
