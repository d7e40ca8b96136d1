"""What the staff's list shows, as CSV or XLSX; reading it changes nothing, so nothing is recorded."""

from collections.abc import Iterator

from flask import Response, current_app, render_template, request
from werkzeug.datastructures import Headers

from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.kernel.sheets.writing import CSV, XLSX, Row, csv_pieces, xlsx_pieces
from cdef.registrations.queue import Queue, queue_of
from cdef.registrations.queue_rules import wanted_of
from cdef.reports.exports import EXPORTS, Export, chosen, rows
from cdef.reports.views import blueprint

FORMATS = {"csv": CSV, "xlsx": XLSX}


@blueprint.get("/staff/export")
@staff_only
def exports() -> str:
    """How many lines there will be, before anything is taken away."""
    queue = queue_asked_for()
    wanted = chosen(queue)
    return render_template(
        "reports/export.html",
        queue=queue,
        exports={what: (export, export.count(wanted)) for what, export in EXPORTS.items()},
        formats=[kind.upper() for kind in FORMATS],
        address=queue.wanted.address(),
    )


@blueprint.get("/staff/export/<any(teams, people):what>.<any(csv, xlsx):kind>")
@staff_only
def export(what: str, kind: str) -> Response:
    """Written while it is read, with no lock between two groups of teams."""
    wanted, app = EXPORTS[what], current_app._get_current_object()  # type: ignore[attr-defined]
    lines = rows(app, wanted, chosen(queue_asked_for()))
    headers = Headers({"Content-Type": FORMATS[kind]})
    name = f"{what}-{clock.today().isoformat()}.{kind}"
    headers.add("Content-Disposition", "attachment", filename=name)
    return Response(pieces(wanted, kind, lines), headers=headers)


def queue_asked_for() -> Queue:
    return queue_of(wanted_of(request.args), now=clock.now())


def pieces(wanted: Export, kind: str, lines: Iterator[Row]) -> Iterator[bytes]:
    if kind == "csv":
        return csv_pieces(wanted.headings, lines)
    return xlsx_pieces(wanted.title, wanted.headings, lines)
