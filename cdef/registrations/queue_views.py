"""The staff's list of teams: its page, and the list alone."""

from urllib.parse import urlsplit

from flask import Response, make_response, render_template, request

from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.kernel.htmx import is_htmx, see_other
from cdef.registrations.queue import queue_of
from cdef.registrations.queue_page import words
from cdef.registrations.queue_rules import wanted_of
from cdef.registrations.views import blueprint


@blueprint.get("/staff")
@staff_only
def desk() -> str:
    """The list, by default of what waits for staff."""
    now = clock.now()
    found = words(queue_of(wanted_of(request.args), now))
    return render_template("registrations/queue.html", now=now, **found)


@blueprint.get("/staff/queue")
@staff_only
def listed() -> Response:
    """The list alone; the browser's address follows the filter."""
    wanted = wanted_of(request.args)
    if not is_htmx():
        return see_other(f"/staff{wanted.address()}")
    now = clock.now()
    found = words(queue_of(wanted, now))
    response = make_response(render_template("registrations/_queue.html", now=now, **found))
    address = f"/staff{found['address']}"
    if not is_at(address):
        response.headers["HX-Push-Url"] = address
    return response


def is_at(address: str) -> bool:
    """Whether the page that asks is this one already."""
    try:
        here = urlsplit(request.headers.get("HX-Current-URL", ""))
    except ValueError:
        return False
    return f"{here.path}?{here.query}".rstrip("?") == address
