"""The team's page while it is open: what is new, and who is here."""

from flask import Response, abort, g, make_response, render_template, request

from cdef.kernel import clock
from cdef.kernel.audit import Event
from cdef.kernel.htmx import announce
from cdef.teams import actions
from cdef.teams.live import ask_pulse, known_line, news
from cdef.teams.roster_page import page_words
from cdef.teams.views import blueprint, team_or_404


@blueprint.get("/teams/<int:team_id>/changes")
def changes(team_id: int) -> Response:
    """204 while nothing is new; else the parts of the page to morph, and one spoken sentence."""
    found = ask_pulse(g.person, team_id, now=clock.now()) or abort(404)
    since = request.args.get("since", "")
    if since == found.mark:
        return Response(status=204)
    team = team_or_404(team_id)
    words = page_words(team)
    response = make_response(render_template("teams/_changes.html", **words))
    announce(response, spoken(words["events"], since))
    return response


@blueprint.post("/teams/<int:team_id>/presence")
def presence(team_id: int) -> Response:
    """The page is open before a lead; staff who look on are not announced."""
    _ = ask_pulse(g.person, team_id, now=clock.now()) or abort(404)
    actions.be_here(team_id, by=g.person, now=clock.now())
    return Response(status=204)


def spoken(events: list[Event], since: str) -> str:
    """What others did since the page last asked, in one sentence."""
    fresh = news(events, g.person, now=clock.now(), since=known_line(since))
    return " ".join(f"{event.who} {event.what}." for event in reversed(fresh))
