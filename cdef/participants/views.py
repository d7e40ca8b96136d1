"""The personal page behind the mailed link."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, abort, flash, g, make_response, render_template
from werkzeug.datastructures import Headers

from cdef.kernel import clock, tokens
from cdef.kernel.access import for_participants, open_to_all, remember_browser
from cdef.kernel.htmx import answer, is_htmx, see_other
from cdef.kernel.ics import publish
from cdef.kernel.problems import Refused
from cdef.participants import actions
from cdef.participants.forms import AnswerForm, NeedsForm
from cdef.participants.models import Needs, needs_of, place_of, places_of, said_by
from cdef.registrations.actions import PERSONAL
from cdef.registrations.calendar import member_days
from cdef.series.models import Meeting
from cdef.series.place_rules import map_address
from cdef.teams.member_models import Member

blueprint = Blueprint("participants", __name__)
blueprint.app_template_filter("map_address")(map_address)
ANSWERS = {"acceptance": True, "decline": False}


@blueprint.get("/personal/open/<secret>")
@open_to_all
def open_link(secret: str) -> Response:
    token = tokens.find(PERSONAL, secret, now=clock.now())
    page = render_template("participants/open.html", token=token, secret=secret)
    return make_response(page, 200 if token else 410)


@blueprint.post("/personal/open/<secret>")
@open_to_all
def use_link(secret: str) -> Response:
    token = tokens.find(PERSONAL, secret, now=clock.now())
    if token is None:
        return make_response(render_template("participants/open.html", token=None), 410)
    if g.person is None or g.is_personal or g.person.email != token.email:
        remember_browser(actions.enter(token, now=clock.now()))
    return see_other("/personal")


@blueprint.get("/personal")
@for_participants
def mine() -> str:
    places = places_of(g.person)
    return render_template("participants/page.html", **page_words(places))


def page_words(places: list[Member]) -> dict[str, Any]:
    return {
        "places": places,
        "said": said_by(places),
        "needs_forms": {place.id: NeedsForm(None, obj=needs) for place, needs in told(places)},
    }


def told(places: list[Member]) -> Iterator[tuple[Member, Needs | None]]:
    found = needs_of(places)
    return ((place, found.get(place.id)) for place in places)


@blueprint.post(
    "/personal/<int:member_id>/meetings/<int:meeting_id>/<any(acceptance, decline):said>"
)
@for_participants
def answer_meeting(member_id: int, meeting_id: int, said: str) -> Response:
    place = place_or_404(member_id)
    meeting = next((held for held in place.team.cohort.meetings if held.id == meeting_id), None)
    if meeting is None:
        abort(404)
    try:
        words = {"seen": AnswerForm().seen.data, "by": g.person, "now": clock.now()}
        actions.answer_meeting(place, meeting, ANSWERS[said], **words)
    except Refused as refused:
        return meeting_anew(place, meeting, refused)
    thanks = "You can come." if ANSWERS[said] else "You cannot come."
    return answer(
        "participants/_meeting.html",
        "/personal",
        said=f"{meeting.training_session.name}: {thanks} Thank you.",
        place=place,
        meeting=meeting,
        own=said_by([place])[place.id],
    )


def meeting_anew(place: Member, meeting: Meeting, refused: Refused) -> Response:
    """The meeting as it is published now, for another answer."""
    words: dict[str, Any] = {"refused": refused.problems, "refused_at": (place.id, meeting.id)}
    if is_htmx():
        words |= {"place": place, "meeting": meeting, "own": said_by([place])[place.id]}
        return make_response(render_template("participants/_meeting.html", **words), 409)
    words |= page_words(places_of(g.person))
    return make_response(render_template("participants/page.html", **words), 409)


@blueprint.post("/personal/<int:member_id>/needs")
@for_participants
def tell_needs(member_id: int) -> Response:
    place, form = place_or_404(member_id), NeedsForm()
    if not form.validate():
        words = {"place": place, "form": form}
        return make_response(render_template("participants/needs.html", **words), 422)
    actions.tell_needs(place, form.dietary.data or "", form.access.data or "", now=clock.now())
    flash("Your needs are saved. Only you and the people who care for them see them.", "good")
    return see_other("/personal")


@blueprint.get("/personal/<int:member_id>/calendar.ics")
@for_participants
def calendar(member_id: int) -> Response:
    place = place_or_404(member_id)
    headers = Headers({"Content-Type": "text/calendar; charset=utf-8"})
    headers.add("Content-Disposition", "attachment", filename="training.ics")
    return make_response(publish(place.team.cohort.name, member_days(place)), headers)


def place_or_404(member_id: int) -> Member:
    return place_of(g.person, member_id) or abort(404)
