"""The choices under "find your district"."""

from flask import Blueprint, Response, make_response, render_template, request

from cdef.directory import actions
from cdef.kernel.access import open_to_all
from cdef.kernel.htmx import announce, is_htmx

blueprint = Blueprint("directory", __name__)


@blueprint.get("/districts/options")
@open_to_all
def options() -> Response:
    """The query comes as ``q``, or under the name of the register page's field."""
    query = request.args.get("q") or request.args.get("district_query", "")
    found = actions.options(query, request.args.get("district_id", type=int))
    response = make_response(render_template("directory/_options.html", **found))
    if is_htmx():
        announce(response, found["said"])
    return response
