"""The pages on which staff draft when and where a cohort meets."""

from flask import Response, abort, flash, g, make_response, render_template

from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.kernel.db import db
from cdef.kernel.forms import add_problems
from cdef.kernel.htmx import see_other
from cdef.series import draft_actions
from cdef.series.draft_actions import Overtaken
from cdef.series.draft_forms import NEW, MeetingForm, SeenForm, VenueForm
from cdef.series.draft_models import cohort_at, desk_of, newest_draft, training_session_of
from cdef.series.draft_page import (
    empty_form,
    meeting_page_words,
    meetings_words,
    venue_page_words,
)
from cdef.series.draft_rules import entry_problems
from cdef.series.models import Cohort, TrainingSession, Venue
from cdef.series.views import blueprint

KEPT = "Kept as a draft. Nobody is told before it is published."


@blueprint.get("/staff/cohorts/<slug>/meetings")
@staff_only
def meetings(slug: str) -> str:
    """Every session of the series in this cohort: as published, and as drafted."""
    found = cohort_at(slug) or abort(404)
    return render_template("series/meetings.html", **meetings_words(found))


@blueprint.get("/staff/cohorts/<slug>/meetings/<int:training_session_id>")
@staff_only
def meeting(slug: str, training_session_id: int) -> str:
    found, part = part_or_404(slug, training_session_id)
    return render_template("series/meeting.html", **meeting_page_words(found, part))


@blueprint.post("/staff/cohorts/<slug>/meetings/<int:training_session_id>/draft")
@staff_only
def draft_meeting(slug: str, training_session_id: int) -> Response:
    found, part = part_or_404(slug, training_session_id)
    form = empty_form(found, part, newest_draft(found))
    if not form.validate() or not is_sound(found, part, form):
        return meeting_again(found, part, form)
    place = form.place if form.venue.data == NEW else None
    words = {"seen": form.seen.data, "by": g.person, "now": clock.now()}
    try:
        draft_actions.draft_meeting(found, part, form.entry, place, **words)
    except Overtaken as overtaken:
        form.seen.data = newest_id(found)
        add_problems(form, overtaken.problems)
        return meeting_again(found, part, form, 409)
    return kept(found)


def is_sound(found: Cohort, part: TrainingSession, form: MeetingForm) -> bool:
    """Whether days and hours can be; says what is wrong at their fields."""
    published = [day for held in found.meetings for day in held.dates]
    problems = entry_problems(
        form.entry,
        part.days,
        published,
        clock.today(),
        past_is_meant=bool(form.past_is_meant.data),
    )
    add_problems(form, problems)
    return not problems


def meeting_again(
    found: Cohort, part: TrainingSession, form: MeetingForm, status: int = 422
) -> Response:
    words = meeting_page_words(found, part, form) | {"is_overtaken": status == 409}
    return make_response(render_template("series/meeting.html", **words), status)


@blueprint.post("/staff/cohorts/<slug>/meetings/<int:training_session_id>/removal")
@staff_only
def take_meeting_away(slug: str, training_session_id: int) -> Response:
    found, part = part_or_404(slug, training_session_id)
    draft_actions.take_meeting_away(found, part, seen=seen(), by=g.person, now=clock.now())
    return kept(found)


@blueprint.post("/staff/cohorts/<slug>/meetings/<int:training_session_id>/draft/removal")
@staff_only
def drop_meeting_draft(slug: str, training_session_id: int) -> Response:
    found, part = part_or_404(slug, training_session_id)
    return dropped(found, "meetings", part.id)


@blueprint.get("/staff/cohorts/<slug>/venues/<int:venue_id>")
@staff_only
def venue(slug: str, venue_id: int) -> str:
    found, where = cohort_at(slug) or abort(404), db.get_or_404(Venue, venue_id)
    return render_template("series/venue.html", **venue_page_words(found, where))


@blueprint.post("/staff/cohorts/<slug>/venues/<int:venue_id>/draft")
@staff_only
def draft_venue(slug: str, venue_id: int) -> Response:
    found, where = cohort_at(slug) or abort(404), db.get_or_404(Venue, venue_id)
    form = VenueForm()
    if not form.validate():
        return venue_again(found, where, form, 422)
    words = {"seen": form.seen.data, "by": g.person, "now": clock.now()}
    try:
        draft_actions.draft_venue(found, where, form.place, **words)
    except Overtaken as overtaken:
        form.seen.data = newest_id(found)
        add_problems(form, overtaken.problems)
        return venue_again(found, where, form, 409)
    return kept(found)


def venue_again(found: Cohort, where: Venue, form: VenueForm, status: int) -> Response:
    words = venue_page_words(found, where, form) | {"is_overtaken": status == 409}
    return make_response(render_template("series/venue.html", **words), status)


@blueprint.post("/staff/cohorts/<slug>/venues/<int:venue_id>/draft/removal")
@staff_only
def drop_venue_draft(slug: str, venue_id: int) -> Response:
    found, where = cohort_at(slug) or abort(404), db.get_or_404(Venue, venue_id)
    return dropped(found, "venues", where.id)


def dropped(found: Cohort, kind: str, key: int) -> Response:
    draft_actions.drop(found, kind, key, seen=seen(), by=g.person, now=clock.now())
    flash("That part of the draft is dropped: it stays as it is published.", "good")
    return see_other(f"{desk_of(found)}/meetings")


def kept(found: Cohort) -> Response:
    flash(KEPT, "good")
    return see_other(f"{desk_of(found)}/meetings")


def seen() -> int:
    number: int = SeenForm().seen.data
    return number


def newest_id(found: Cohort) -> int:
    newest = newest_draft(found)
    return newest.id if newest else 0


def part_or_404(slug: str, training_session_id: int) -> tuple[Cohort, TrainingSession]:
    found = cohort_at(slug) or abort(404)
    return found, training_session_of(found, training_session_id) or abort(404)
