"""The staff's pages of campaigns: the list, one campaign while it is written, and its letter."""

from contextlib import closing
from typing import Any

from flask import Response, abort, flash, g, make_response, render_template, request

from cdef.directory.rules import COUNTIES
from cdef.flyers import campaign_actions as actions
from cdef.flyers import campaign_rules as rules
from cdef.flyers import send_actions
from cdef.flyers.campaign_page import words_of
from cdef.flyers.forms import CampaignForm, ContactsForm, FilterForm, LetterForm
from cdef.flyers.models import Campaign, campaign_with_dates, campaigns, counts
from cdef.flyers.views import blueprint
from cdef.kernel import audit, clock
from cdef.kernel.access import staff_only
from cdef.kernel.db import end_reading
from cdef.kernel.forms import add_problems
from cdef.kernel.htmx import see_other
from cdef.kernel.pages import POLICY
from cdef.kernel.problems import Refused, refusal
from cdef.kernel.sheets import Table, from_file, from_paste
from cdef.kernel.sheets.reading import LARGEST_FILE
from cdef.kernel.words import plural
from cdef.outbox.reading import Reading, html_answer
from cdef.series.models import Series, current_series

HERE = "/staff/campaigns"


@blueprint.get(HERE)
@staff_only
def campaign_list() -> Response:
    return list_page(CampaignForm(None), 200)


@blueprint.post(HERE)
@staff_only
def write_campaign() -> Response:
    series, form = current_series() or abort(404), CampaignForm()
    offer(form, series)
    if not form.validate():
        return list_page(form, 422)
    made = actions.write_campaign(
        series,
        form.cohort.data or None,
        *worded(form),
        by=g.person,
        now=clock.now(),
        once=form.once.data or "",
    )
    return see_other(f"{HERE}/{made}")


def list_page(form: CampaignForm, status: int) -> Response:
    series = current_series()
    offer(form, series)
    rows = [(each, *counts(each)) for each in campaigns()]
    page = render_template(
        "flyers/campaigns.html", rows=rows, labels=rules.LABELS, form=form, series=series
    )
    return make_response(page, status)


def offer(form: CampaignForm, series: Series | None) -> None:
    cohorts = series.cohorts if series else []
    whole: dict[Any, Any] = {0: "The series: each district chooses its cohort"}
    form.cohort.choices = whole | {each.id: f"{each.name} Cohort" for each in cohorts}


def worded(form: LetterForm) -> tuple[str, str]:
    return form.subject.data or "", form.text.data or ""


@blueprint.get(f"{HERE}/<int:campaign_id>")
@staff_only
def campaign(campaign_id: int) -> Response:
    return campaign_page(campaign_or_404(campaign_id), 200)


@blueprint.post(f"{HERE}/<int:campaign_id>/letter")
@staff_only
def reword(campaign_id: int) -> Response:
    found, form = campaign_or_404(campaign_id), LetterForm()
    if not form.validate():
        return campaign_page(found, 422, letter=form)
    try:
        seen = (form.seen.data or "").replace("\r\n", "\n")
        actions.reword(found, *worded(form), seen=seen, by=g.person, now=clock.now())
    except Refused as refused:
        form.seen.data = found.seen
        add_problems(form, refused.problems)
        return campaign_page(found, 409, letter=form)
    flash("The letter is saved.", "good")
    return see_other(f"{HERE}/{found.id}")


@blueprint.post(f"{HERE}/<int:campaign_id>/districts")
@staff_only
def add_districts(campaign_id: int) -> Response:
    found, form = campaign_or_404(campaign_id), FilterForm()
    offer_counties(form)
    if not form.validate():
        return campaign_page(found, 422, filtering=form)
    added, without = actions.add_matching(
        found, form.q.data or "", form.county.data or "", by=g.person, now=clock.now()
    )
    said = f"{plural(added, 'contact')} added."
    if without:
        said += f" {plural(without, 'district')} found without a contact: paste or import theirs."
    flash(said, "good" if added else "info")
    return see_other(f"{HERE}/{found.id}")


@blueprint.post(f"{HERE}/<int:campaign_id>/contacts")
@staff_only
def add_contacts(campaign_id: int) -> Response:
    found, form = campaign_or_404(campaign_id), ContactsForm()
    try:
        if not form.validate():
            return campaign_page(found, 422, contacts=form)
        end_reading()
        table = given_table(form)
        known = len(found.left_out)
        added = actions.add_list(found, table, by=g.person, now=clock.now())
    except Refused as refused:
        for problem in refused.problems:
            form.text.errors = [*form.text.errors, problem.text]
        return campaign_page(campaign_or_404(campaign_id), 422, contacts=form)
    said = f"{plural(added, 'contact')} added."
    if len(found.left_out) > known:
        said += f" {plural(len(found.left_out) - known, 'line')} left out, each with its reason."
    flash(said, "good" if added else "info")
    return see_other(f"{HERE}/{campaign_id}")


def given_table(form: ContactsForm) -> Table:
    """What was chosen or pasted, read outside of any transaction."""
    file = request.files.get("file")
    if file is not None and file.filename:
        with closing(file):
            return from_file(file.filename, file.read(LARGEST_FILE + 1))
    if not form.text.data:
        raise refusal("Please paste contacts, or choose a file.")
    return from_paste(form.text.data)


@blueprint.post(f"{HERE}/<int:campaign_id>/emptying")
@staff_only
def empty(campaign_id: int) -> Response:
    actions.empty(campaign_or_404(campaign_id), by=g.person, now=clock.now())
    flash("The list is empty.", "good")
    return see_other(f"{HERE}/{campaign_id}")


@blueprint.get(f"{HERE}/<int:campaign_id>/letter.html")
@staff_only
def preview_html(campaign_id: int) -> Response:
    found = campaign_or_404(campaign_id)
    _, sample = send_actions.sample(found)
    return html_answer(Reading([], sample.text, sample.html, []))


@blueprint.post(f"{HERE}/<int:campaign_id>/test")
@staff_only
def send_test(campaign_id: int) -> Response:
    found = campaign_or_404(campaign_id)
    send_actions.send_test(found, by=g.person, now=clock.now())
    flash(f"A test to {g.person.email} is in the outbox.", "good")
    return see_other(f"{HERE}/{found.id}")


def campaign_page(
    found: Campaign,
    status: int,
    *,
    letter: LetterForm | None = None,
    filtering: FilterForm | None = None,
    contacts: ContactsForm | None = None,
) -> Response:
    """A form that was refused stands there with what was typed."""
    fresh = {"subject": found.subject, "text": found.text, "seen": found.seen}
    to, sample = send_actions.sample(found)
    filtering = filtering or FilterForm(None)
    offer_counties(filtering)
    page = render_template(
        "flyers/campaign.html",
        letter=letter or LetterForm(None, data=fresh),
        filtering=filtering,
        contacts=contacts or ContactsForm(None),
        sample=sample,
        sample_for=to,
        events=audit.timeline(found.about),
        **words_of(found, request.args.get("page", 1, type=int)),
    )
    response = make_response(page, status)
    response.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    return response


def offer_counties(form: FilterForm) -> None:
    form.county.choices = {"": "All counties"} | {name: name for name in COUNTIES}


def campaign_or_404(campaign_id: int) -> Campaign:
    return campaign_with_dates(campaign_id) or abort(404)
