"""My data: read, taken away, corrected, and the wish that it be erased."""

import json
from typing import Any

from flask import Response, flash, g, make_response, render_template
from werkzeug.datastructures import Headers

from cdef.kernel import clock
from cdef.kernel.access import for_participants
from cdef.kernel.forms import saved
from cdef.kernel.htmx import see_other
from cdef.participants import data_actions
from cdef.participants.data_models import open_erasure
from cdef.participants.data_page import kept_of
from cdef.participants.forms import DetailsForm, ErasureForm
from cdef.participants.views import blueprint, place_or_404
from cdef.teams.member_models import Member


@blueprint.get("/personal/data")
@for_participants
def my_data() -> Response:
    request = open_erasure(g.person.id)
    return data_page(ErasureForm(data={"words": request.words if request else ""}))


def data_page(form: ErasureForm, status: int = 200) -> Response:
    words: dict[str, Any] = {"kept": kept_of(g.person), "request": open_erasure(g.person.id)}
    return make_response(render_template("participants/data.html", form=form, **words), status)


@blueprint.get("/personal/data.json")
@for_participants
def my_data_file() -> Response:
    headers = Headers({"Content-Type": "application/json; charset=utf-8"})
    headers.add("Content-Disposition", "attachment", filename="my-data.json")
    kept = {"as of": clock.now().isoformat(), **kept_of(g.person)}
    return make_response(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", headers)


@blueprint.post("/personal/data/erasure")
@for_participants
def ask_erasure() -> Response:
    form = ErasureForm()
    if not form.validate():
        return data_page(form, 422)
    data_actions.ask_erasure(g.person, form.words.data or "", now=clock.now())
    flash("The staff will look at your wish, and answer you by letter.", "good")
    return see_other("/personal/data")


@blueprint.post("/personal/data/erasure/withdrawal")
@for_participants
def keep_data() -> Response:
    data_actions.keep_data(g.person, now=clock.now())
    flash("Your wish is taken back. Nothing is erased.", "good")
    return see_other("/personal/data")


@blueprint.get("/personal/<int:member_id>/details")
@for_participants
def details(member_id: int) -> Response:
    place = place_or_404(member_id)
    return details_page(place, DetailsForm.of(data_actions.details_of(place)))


@blueprint.post("/personal/<int:member_id>/details")
@for_participants
def correct(member_id: int) -> Response:
    place, form = place_or_404(member_id), DetailsForm()
    typed, seen = {name: form[name].data for name in data_actions.DETAILS}, form.seen.data or ""
    save = data_actions.correct_own
    status = saved(form, lambda: save(place, typed, seen, by=g.person, now=clock.now()))
    if status != 303:
        return details_page(place, form, status)
    flash(said_of(place), "good")
    return see_other("/personal")


def said_of(place: Member) -> str:
    if place.email == g.person.email:
        return "Your details are corrected, and the leads of your team are told."
    return (
        f"Your address is {place.email} now. A letter with the link to your page and the days for "
        "your calendar is on its way there; this page shows your place no more."
    )


def details_page(place: Member, form: DetailsForm, status: int = 200) -> Response:
    words: dict[str, Any] = {"place": place, "form": form}
    return make_response(render_template("participants/details.html", **words), status)
