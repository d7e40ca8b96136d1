"""The flyer's two addresses."""

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response
from werkzeug.datastructures import Headers

from cdef.flyers.rules import cohort_flyer, series_flyer
from cdef.kernel import pdf
from cdef.kernel.access import open_to_all
from cdef.kernel.links import link
from cdef.series.models import cohort_with_dates, series_with_dates

blueprint = Blueprint("flyers", __name__)


@blueprint.get("/flyer.pdf")
@open_to_all
def series() -> Response:
    found = series_with_dates() or abort(404)
    return flyer(series_flyer(found, link("series.home")), f"{found.key}.pdf")


@blueprint.get("/cohorts/<slug>/flyer.pdf")
@open_to_all
def cohort(slug: str) -> Response:
    found = cohort_with_dates(slug) or abort(404)
    return flyer(cohort_flyer(found, link("series.cohort", slug=slug)), f"{slug}.pdf")


def flyer(data: dict[str, Any], name: str) -> Response:
    template = Path(current_app.root_path).parent / "templates" / "flyers" / "flyer.typ"
    headers = Headers({"Content-Type": "application/pdf"})
    headers.add("Content-Disposition", "inline", filename=name)
    return make_response(pdf.render(template, data), headers)
