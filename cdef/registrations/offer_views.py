"""A lead's answer to an offer of seats, on the team's page."""

from flask import Response, g

from cdef.kernel import clock
from cdef.registrations.offer_actions import answer_offer
from cdef.registrations.views import blueprint, standing_again, team_or_404

ANSWERS = {
    "acceptance": ("accept", "The seats are yours: the team is approved."),
    "refusal": ("pass", "The seats are free for the next team. Yours goes on waiting."),
}


@blueprint.post("/teams/<int:team_id>/offer/<any(acceptance, refusal):reply>")
def answer(team_id: int, reply: str) -> Response:
    team, (verb, told) = team_or_404(team_id), ANSWERS[reply]
    answer_offer(team, verb, by=g.person, now=clock.now())
    return standing_again(team, told)
