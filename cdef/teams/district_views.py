"""The staff's pages on which a district typed by hand is corrected, or merged into the state's."""

from typing import Any

from flask import Response, abort, flash, g, make_response, render_template, request

from cdef.directory import file_actions, rules
from cdef.directory.actions import find, search
from cdef.directory.file_models import DirectoryFile
from cdef.directory.models import District
from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.kernel.db import db
from cdef.kernel.forms import add_problems, one_line
from cdef.kernel.htmx import see_other
from cdef.kernel.problems import Refused
from cdef.kernel.words import plural
from cdef.teams import district_actions
from cdef.teams.district_forms import DistrictForm, MergeForm
from cdef.teams.models import teams_from
from cdef.teams.views import blueprint

blueprint.app_template_global("teams_from")(teams_from)


@blueprint.post("/staff/directory/files/<int:file_id>/application")
@staff_only
def apply_file(file_id: int) -> Response:
    """Make the directory what the state's file says, and the lists of teams with it."""
    kept = db.session.get(DirectoryFile, file_id) or abort(404)
    seen, by, now = request.form.get("seen", ""), g.person, clock.now()
    try:
        with district_actions.relisting(now=now):
            file_actions.apply_file(kept, seen=seen, by=by, now=now)
    except Refused as refused:
        words = file_actions.file_words(kept) | {"problems": refused.problems}
        return again("directory/file.html", 409, **words)
    flash("The directory is as the state’s file has it.", "good")
    return see_other(f"/staff/directory/files/{kept.id}")


@blueprint.get("/staff/directory/<int:district_id>/edit")
@staff_only
def correct_district_form(district_id: int) -> str:
    district = typed_or_404(district_id)
    return render_template(
        "teams/district.html", district=district, form=DistrictForm(obj=district)
    )


@blueprint.post("/staff/directory/<int:district_id>/edit")
@staff_only
def correct_district(district_id: int) -> Response:
    district, form = typed_or_404(district_id), DistrictForm()
    if not form.validate():
        return again("teams/district.html", 422, district=district, form=form)
    name, county, seen = (field.data or "" for field in (form.name, form.county, form.seen))
    try:
        district_actions.correct_district(
            district, name, county, seen=seen, by=g.person, now=clock.now()
        )
    except Refused as refused:
        is_stale = isinstance(refused, district_actions.DistrictChanged)
        form.seen.data = district.seen
        add_problems(form, refused.problems)
        return again("teams/district.html", 409 if is_stale else 422, district=district, form=form)
    flash(f"{district.label} is saved.", "good")
    return see_other(f"/staff/directory/{district.id}")


@blueprint.get("/staff/directory/<int:district_id>/merger")
@staff_only
def merging(district_id: int) -> str:
    """Choose the state's entry, then see what would move; nothing is changed."""
    district = double_or_404(district_id)
    into = find(request.args.get("into", 0, type=int))
    if into is None or not into.cd_code:
        return render_template("teams/merger.html", **choosing(district))
    return render_template("teams/merger.html", **preview(district, into))


@blueprint.post("/staff/directory/<int:district_id>/merger")
@staff_only
def merge_districts(district_id: int) -> Response:
    district, form = double_or_404(district_id), MergeForm()
    into = find(form.into.data)
    if into is None:
        return again("teams/merger.html", 422, **choosing(district))
    try:
        found = district_actions.merge_districts(
            district, into, seen=form.seen.data or "", by=g.person, now=clock.now()
        )
    except Refused as refused:
        is_stale = isinstance(refused, district_actions.DistrictChanged)
        said = [problem.text for problem in refused.problems]
        words = preview(district, into) | {"problems": said}
        return again("teams/merger.html", 409 if is_stale else 422, **words)
    moved = f"{plural(len(found.teams), 'team')} and {plural(len(found.unions), 'union')} moved"
    if found.contacts:
        moved += f", with {plural(len(found.contacts), 'contact')}"
    flash(f"{district.label} is {into.label} now; {moved}.", "good")
    return see_other(f"/staff/directory/{into.id}")


def choosing(district: District) -> dict[str, Any]:
    query = one_line(request.args.get("q", rules.identity(district.name, "")[0]))
    found = [each for each in search(query) if each.cd_code]
    return {"district": district, "into": None, "query": query, "found": found}


def preview(district: District, into: District) -> dict[str, Any]:
    found = district_actions.moving(district, into)
    form = MergeForm(formdata=None, into=into.id, seen=found.seen)
    return {"district": district, "into": into, "moving": found, "form": form}


def typed_or_404(district_id: int) -> District:
    district = db.session.get(District, district_id)
    return district if district and district.is_by_hand else abort(404)


def double_or_404(district_id: int) -> District:
    """One that was typed; also when it was merged before, for what came to it since."""
    district = db.session.get(District, district_id)
    return district if district and not district.cd_code else abort(404)


def again(page: str, status: int, **words: Any) -> Response:
    return make_response(render_template(page, **words), status)
