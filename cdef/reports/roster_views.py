"""The roster of a team as a PDF, for its leads and for staff."""

from pathlib import Path

from flask import Response, abort, current_app, g, make_response
from werkzeug.datastructures import Headers

from cdef.kernel import clock, pdf
from cdef.kernel.access import staff_only
from cdef.reports.roster_rules import roster_sheet
from cdef.reports.views import blueprint
from cdef.teams.models import visible_team


@blueprint.get("/teams/<int:team_id>/roster.pdf")
def roster(team_id: int) -> Response:
    """For the team's leads, and for staff."""
    team = visible_team(g.person, team_id) or abort(404)
    template = Path(current_app.root_path).parent / "templates" / "reports" / "roster.typ"
    headers = Headers({"Content-Type": "application/pdf"})
    headers.add("Content-Disposition", "inline", filename=f"roster-{team.id}.pdf")
    return make_response(pdf.render(template, roster_sheet(team, now=clock.now())), headers)


@blueprint.get("/staff/teams/<int:team_id>/roster.pdf")
@staff_only
def staff_roster(team_id: int) -> Response:
    return roster(team_id)
