"""Sending a campaign: the confirmation, its progress, pause and resumption, and the reminder."""

from flask import Response, flash, g, make_response, render_template

from cdef.flyers import campaign_actions as actions
from cdef.flyers.campaign_page import progress_of, words_of
from cdef.flyers.campaign_views import HERE, campaign_or_404
from cdef.flyers.forms import SendForm
from cdef.flyers.models import Campaign
from cdef.flyers.views import blueprint
from cdef.kernel import clock
from cdef.kernel.access import staff_only
from cdef.kernel.forms import add_problems
from cdef.kernel.htmx import see_other
from cdef.kernel.problems import Refused


@blueprint.get(f"{HERE}/<int:campaign_id>/confirmation")
@staff_only
def confirm(campaign_id: int) -> Response:
    found = campaign_or_404(campaign_id)
    if found.state != "draft":
        return see_other(f"{HERE}/{campaign_id}")
    return confirmation_page(found, SendForm(None), 200)


@blueprint.post(f"{HERE}/<int:campaign_id>/sending")
@staff_only
def send(campaign_id: int) -> Response:
    found, form = campaign_or_404(campaign_id), SendForm()
    try:
        actions.send(found, seen=form.seen.data, by=g.person, now=clock.now())
    except Refused as refused:
        add_problems(form, refused.problems)
        return confirmation_page(found, form, 409)
    return see_other(f"{HERE}/{campaign_id}")


def confirmation_page(found: Campaign, form: SendForm, status: int) -> Response:
    words = words_of(found)
    form.seen.data = words["total"]
    page = render_template("flyers/confirmation.html", form=form, **words)
    return make_response(page, status)


@blueprint.get(f"{HERE}/<int:campaign_id>/progress")
@staff_only
def progress(campaign_id: int) -> str:
    return render_template("flyers/_progress.html", **progress_of(campaign_or_404(campaign_id)))


@blueprint.post(f"{HERE}/<int:campaign_id>/pause")
@staff_only
def pause(campaign_id: int) -> Response:
    actions.pause(campaign_or_404(campaign_id), by=g.person, now=clock.now())
    return see_other(f"{HERE}/{campaign_id}")


@blueprint.post(f"{HERE}/<int:campaign_id>/resumption")
@staff_only
def resume(campaign_id: int) -> Response:
    actions.resume(campaign_or_404(campaign_id), by=g.person, now=clock.now())
    return see_other(f"{HERE}/{campaign_id}")


@blueprint.post(f"{HERE}/<int:campaign_id>/reminder")
@staff_only
def remind(campaign_id: int) -> Response:
    """Begin a reminder as a draft: it is looked at and confirmed like any other letter."""
    try:
        made = actions.remind(campaign_or_404(campaign_id), by=g.person, now=clock.now())
    except Refused as refused:
        flash(refused.problems[0].text, "info")
        return see_other(f"{HERE}/{campaign_id}")
    return see_other(f"{HERE}/{made}")
