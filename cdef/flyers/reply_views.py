"""The pages behind an invitation's links: an answer, and no more letters."""

from flask import Response, make_response, render_template, request

from cdef.flyers import send_actions as actions
from cdef.flyers.forms import AnswerForm
from cdef.flyers.views import blueprint
from cdef.kernel import clock, tokens
from cdef.kernel.access import open_to_all
from cdef.kernel.extensions import csrf
from cdef.kernel.htmx import see_other
from cdef.kernel.tokens import Token
from cdef.outbox.suppression_rules import STOP


def token_of(secret: str) -> Token | None:
    return tokens.find(actions.INVITED, secret, now=clock.now())


@blueprint.get("/invitations/<secret>")
@open_to_all
def invited(secret: str) -> Response:
    """The mailed link: a visit counts as nothing, since mail scanners open links."""
    return invited_page(token_of(secret), secret, AnswerForm(None), 200)


@blueprint.post("/invitations/<secret>")
@open_to_all
def answer(secret: str) -> Response:
    token, form = token_of(secret), AnswerForm()
    if token is None or not form.validate():
        return invited_page(token, secret, form, 422)
    row = actions.invited_by(token)
    said = form.answer.data
    actions.answer(row, declines=said == "no", now=clock.now())
    if said == "no":
        page = render_template("flyers/answered.html", invitation=row, secret=secret)
        return make_response(page, 200)
    slug = row.campaign.cohort.slug if row.campaign.cohort else ""
    if said == "look":
        return see_other(f"/cohorts/{slug}" if slug else "/")
    return see_other(f"/register?cohort={slug}&district={row.district_id}&side={row.side}")


def invited_page(token: Token | None, secret: str, form: AnswerForm, status: int) -> Response:
    row = actions.invited_by(token) if token else None
    page = render_template("flyers/invited.html", invitation=row, form=form, secret=secret)
    return make_response(page, status if row else 410)


def stop_token(secret: str) -> Token | None:
    """What stands in an invitation, or in a reminder."""
    return token_of(secret) or tokens.find(STOP, secret, now=clock.now())


@blueprint.get("/unsubscribe/<secret>")
@open_to_all
def unsubscribe(secret: str) -> Response:
    return stop_page(stop_token(secret), secret, 200)


@blueprint.post("/unsubscribe/<secret>")
@open_to_all
def stop(secret: str) -> Response:
    """One click in the reader's mail program (RFC 8058), or the page's form with its box ticked.

    For that, the secret in the address is the proof. A program that only presses the page's button
    has ticked nothing, and changes nothing.
    """
    is_one_click = request.form.get("List-Unsubscribe") == "One-Click"
    if not is_one_click:
        csrf.protect()
    token = stop_token(secret)
    is_meant = is_one_click or request.form.get("stop")
    if token is None or not is_meant:
        return stop_page(token, secret, 422)
    actions.stop_letters(token, now=clock.now())
    return stop_page(token, secret, 200, is_done=True)


csrf.exempt(stop)  # A mail program that presses it for its reader has drawn no form.


def stop_page(token: Token | None, secret: str, status: int, *, is_done: bool = False) -> Response:
    page = render_template(
        "flyers/unsubscribe.html",
        token=token,
        secret=secret,
        is_done=is_done,
        problem=""
        if status != 422
        else "Please tick the box if you want no more of these letters.",
    )
    return make_response(page, status if token else 410)
