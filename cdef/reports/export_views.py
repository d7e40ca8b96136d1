"""What the queue shows, as CSV or XLSX; reading it changes nothing, and so nothing is recorded."""

from collections.abc import Iterator

from flask import Response, current_app, request
from werkzeug.datastructures import Headers

from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.kernel.sheets.writing import CSV, XLSX, Row, csv_pieces, xlsx_pieces
from cdef.reports.exports import EXPORTS, Export, filtered, rows
from cdef.reports.views import blueprint
from cdef.series.models import current_series

FORMATS = {"csv": CSV, "xlsx": XLSX}


@blueprint.get("/staff/export/<any(teams, people):what>.<any(csv, xlsx):kind>")
@staff_only
def export(what: str, kind: str) -> Response:
    """Written while it is read, with no lock between two groups of teams."""
    wanted, app = EXPORTS[what], current_app._get_current_object()  # type: ignore[attr-defined]
    chosen = request.args.get("state", "waiting-for-staff"), request.args.get("cohort", "")
    lines = rows(app, wanted, filtered(current_series(), *chosen))
    headers = Headers({"Content-Type": FORMATS[kind]})
    name = f"{what}-{clock.today().isoformat()}.{kind}"
    headers.add("Content-Disposition", "attachment", filename=name)
    return Response(pieces(wanted, kind, lines), headers=headers)


def pieces(wanted: Export, kind: str, lines: Iterator[Row]) -> Iterator[bytes]:
    if kind == "csv":
        return csv_pieces(wanted.headings, lines)
    return xlsx_pieces(wanted.title, wanted.headings, lines)
