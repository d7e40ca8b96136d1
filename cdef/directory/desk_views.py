"""The staff's pages of the directory: the list, one district, and its unions."""

from typing import Any

from flask import Response, abort, flash, g, make_response, render_template, request

from cdef.directory import union_actions
from cdef.directory.forms import UnionForm, UnionMergeForm
from cdef.directory.listing import listing, typed_by_hand
from cdef.directory.models import District, Union
from cdef.directory.union_rules import UNITS
from cdef.directory.views import blueprint
from cdef.kernel import audit, clock
from cdef.kernel.access import staff_only
from cdef.kernel.db import db
from cdef.kernel.forms import add_problems, one_line
from cdef.kernel.htmx import see_other
from cdef.kernel.problems import Refused


@blueprint.get("/staff/directory")
@staff_only
def directory() -> str:
    found = listing(
        one_line(request.args.get("q")),
        by_hand=bool(request.args.get("by_hand")),
        page=request.args.get("page", 1, type=int),
    )
    return render_template("directory/list.html", found=found, typed=typed_by_hand())


@blueprint.get("/staff/directory/<int:district_id>")
@staff_only
def district(district_id: int) -> str:
    return render_template("directory/district.html", **words(district_or_404(district_id)))


@blueprint.post("/staff/directory/<int:district_id>/unions")
@staff_only
def add_union(district_id: int) -> Response:
    found, form = district_or_404(district_id), UnionForm()
    if not form.validate():
        return again("directory/district.html", 422, **words(found, form))
    try:
        union_actions.add_union(
            found, *typed(form), by=g.person, now=clock.now(), once=form.once.data or ""
        )
    except Refused as refused:
        add_problems(form, refused.problems)
        return again("directory/district.html", 422, **words(found, form))
    flash(f"{form.name.data} is a union of {found.name} now.", "good")
    return see_other(f"/staff/directory/{found.id}")


@blueprint.get("/staff/directory/<int:district_id>/unions/<int:union_id>")
@staff_only
def union(district_id: int, union_id: int) -> str:
    found = union_or_404(district_id, union_id)
    return render_template("directory/union.html", union=found, form=UnionForm(obj=found))


@blueprint.post("/staff/directory/<int:district_id>/unions/<int:union_id>")
@staff_only
def edit_union(district_id: int, union_id: int) -> Response:
    found, form = union_or_404(district_id, union_id), UnionForm()
    if not form.validate():
        return again("directory/union.html", 422, union=found, form=form)
    try:
        union_actions.edit_union(
            found, *typed(form), seen=form.seen.data or "", by=g.person, now=clock.now()
        )
    except Refused as refused:
        is_stale = isinstance(refused, union_actions.UnionChanged)
        form.seen.data = found.seen
        add_problems(form, refused.problems)
        return again("directory/union.html", 409 if is_stale else 422, union=found, form=form)
    flash(f"{found.name} is saved.", "good")
    return see_other(f"/staff/directory/{district_id}")


@blueprint.post("/staff/directory/<int:district_id>/unions/<int:union_id>/removal")
@staff_only
def remove_union(district_id: int, union_id: int) -> Response:
    found = union_or_404(district_id, union_id)
    said = f"{found.name} is removed. The timeline keeps what it was."
    union_actions.remove_union(found, by=g.person, now=clock.now())
    flash(said, "good")
    return see_other(f"/staff/directory/{district_id}")


@blueprint.post("/staff/directory/<int:district_id>/unions/<int:union_id>/merger")
@staff_only
def merge_union(district_id: int, union_id: int) -> Response:
    found, form = union_or_404(district_id, union_id), UnionMergeForm()
    into = next((each for each in found.district.unions if each.id == form.into.data), None)
    if into is None or into is found:
        form.into.errors = ["Please choose the union that stays."]
        words = {"union": found, "form": UnionForm(formdata=None, obj=found), "merging": form}
        return again("directory/union.html", 422, **words)
    said = f"{found.name} is {into.name} now."
    union_actions.merge_unions(found, into, by=g.person, now=clock.now())
    flash(said, "good")
    return see_other(f"/staff/directory/{district_id}")


def typed(form: UnionForm) -> tuple[str, str, str]:
    return form.name.data or "", form.affiliation.data or "", form.unit.data or ""


def district_or_404(district_id: int) -> District:
    return db.session.get(District, district_id) or abort(404)


def union_or_404(district_id: int, union_id: int) -> Union:
    unions = district_or_404(district_id).unions
    return next((each for each in unions if each.id == union_id), None) or abort(404)


def words(found: District, form: UnionForm | None = None) -> dict[str, Any]:
    return {
        "district": found,
        "form": form or UnionForm(formdata=None),
        "units": UNITS,
        "events": audit.timeline(found.about),
    }


def again(page: str, status: int, **words: Any) -> Response:
    return make_response(render_template(page, **words), status)
