"""The pages on which staff publish dates and venues, and follow what was published."""

from flask import Response, abort, flash, g, make_response, render_template

from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.kernel.db import db
from cdef.kernel.htmx import see_other
from cdef.kernel.problems import Refused
from cdef.registrations import publication_actions
from cdef.registrations.forms import PublishForm
from cdef.registrations.publication_actions import Stale
from cdef.registrations.publication_page import (
    compared,
    history_words,
    preview_words,
    publication_words,
)
from cdef.registrations.views import blueprint
from cdef.series.draft_models import Publication, cohort_at, desk_of
from cdef.series.models import Cohort

NOTHING = "Nothing differs from what is published, so nobody is told."


@blueprint.get("/staff/cohorts/<slug>/publication")
@staff_only
def preview(slug: str) -> str:
    found = cohort_at(slug) or abort(404)
    return render_template("registrations/publish.html", **preview_words(found))


@blueprint.post("/staff/cohorts/<slug>/publications")
@staff_only
def publish(slug: str) -> Response:
    found, form = cohort_at(slug) or abort(404), PublishForm()
    draft, mark = form.draft.data, form.seen.data or ""
    try:
        publication = publication_actions.publish(
            found, draft_id=draft, seen=mark, by=g.person, now=clock.now()
        )
    except Stale as stale:
        return again(found, stale, 409, compared=compared(found, draft))
    except Refused as refused:
        return again(found, refused, 422)
    if publication is None:
        flash(NOTHING, "info")
        return see_other(f"{desk_of(found)}/publication")
    flash("Published. The letters are in the outbox.", "good")
    return see_other(f"/staff/publications/{publication.id}")


def again(found: Cohort, refused: Refused, status: int, **more: object) -> Response:
    words = preview_words(found) | {"refused": refused.problems} | more
    return make_response(render_template("registrations/publish.html", **words), status)


@blueprint.get("/staff/cohorts/<slug>/publications")
@staff_only
def publications(slug: str) -> str:
    found = cohort_at(slug) or abort(404)
    return render_template("registrations/publications.html", **history_words(found))


@blueprint.get("/staff/publications/<int:publication_id>")
@staff_only
def publication(publication_id: int) -> str:
    found = db.get_or_404(Publication, publication_id)
    return render_template("registrations/publication.html", **publication_words(found))
