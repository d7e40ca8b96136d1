"""Signing in by a mailed link or code, and signing out."""

from flask import Blueprint, Response, make_response, render_template, request, session

from cdef.accounts import actions
from cdef.accounts.forms import SignInForm
from cdef.accounts.models import Person
from cdef.accounts.rules import TooMany
from cdef.kernel import clock, tokens
from cdef.kernel.access import (
    for_participants,
    identified_by,
    network,
    open_to_all,
    person,
    remember_browser,
)
from cdef.kernel.forms import CodeForm, MeantForm, add_problems
from cdef.kernel.htmx import see_other
from cdef.kernel.links import local_path
from cdef.kernel.problems import Refused

blueprint = Blueprint("accounts", __name__)


def identify() -> tuple[Person | None, bool]:
    """Who asks: the person of this browser's key, and whether a personal link brought them."""
    key = session.get("key")
    found = actions.signed_in(key, now=clock.now()) if key else None
    return (found.person, found.is_personal) if found else (None, False)


def forget() -> None:
    """End the sign-in of this browser's key, if it has one."""
    if "key" in session:
        actions.sign_out(session["key"], now=clock.now())


blueprint.record(identified_by(identify, forget))


@blueprint.get("/sign-in")
@open_to_all
def sign_in() -> str:
    return render_template("accounts/sign_in.html", form=SignInForm(), next=next_path())


@blueprint.post("/sign-in")
@open_to_all
def request_link() -> Response:
    form = SignInForm()
    if not form.validate():
        return again("accounts/sign_in.html", form)
    try:
        email = actions.request_sign_in(
            form.email.data or "", ip=network(), now=clock.now(), next_path=next_path()
        )
    except Refused as refused:
        return again("accounts/sign_in.html", form, refused)
    session["proving"] = email
    return see_other("/sign-in/code")


@blueprint.get("/sign-in/code")
@open_to_all
def code() -> str | Response:
    if "proving" not in session:
        return see_other("/sign-in")
    return render_template("accounts/code.html", form=CodeForm(), email=session["proving"])


@blueprint.post("/sign-in/code")
@open_to_all
def confirm_code() -> Response:
    if "proving" not in session:
        return see_other("/sign-in")
    form, email = CodeForm(), session["proving"]
    if not form.validate():
        return again("accounts/code.html", form, email=email)
    try:
        token = actions.prove_by_code(
            actions.SIGN_IN, email, form.code.data or "", ip=network(), now=clock.now()
        )
        return enter(token)
    except Refused as refused:
        return again("accounts/code.html", form, refused, email=email)


@blueprint.get("/sign-in/<secret>")
@open_to_all
def confirm(secret: str) -> Response:
    """The mailed link: only a button, so that a mail scanner's visit changes nothing."""
    token = tokens.find(actions.SIGN_IN, secret, now=clock.now())
    return confirm_page(token, secret, MeantForm(None), 200)


@blueprint.post("/sign-in/<secret>")
@open_to_all
def use_link(secret: str) -> Response:
    """One press where it was asked for; in another browser, which may be a program's, a tick before."""
    token, form = tokens.find(actions.SIGN_IN, secret, now=clock.now()), MeantForm()
    if token is None or not (is_expected(token) or form.validate()):
        return confirm_page(token, secret, form, 422)
    return enter(token)


def confirm_page(token: tokens.Token | None, secret: str, form: MeantForm, status: int) -> Response:
    asked = None if token is None or is_expected(token) else form
    page = render_template("accounts/confirm.html", token=token, secret=secret, form=asked)
    return make_response(page, status if token else 410)


def is_expected(token: tokens.Token) -> bool:
    """Whether this browser asked for the letter, or there was none: such a link was printed."""
    return "next" not in token.payload or session.get("proving") == token.email


@blueprint.post("/sign-out")
@for_participants
def sign_out() -> Response:
    forget()
    return left()


@blueprint.post("/sign-out/everywhere")
@for_participants
def sign_out_everywhere() -> Response:
    actions.sign_out_everywhere(person(), now=clock.now())
    return left()


def left() -> Response:
    """Nothing of the sign-in stays in this browser."""
    session.clear()
    response = see_other("/")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def enter(token: tokens.Token) -> Response:
    key, wanted = actions.sign_in(token, now=clock.now())
    remember_browser(key)
    return see_other(local_path(wanted) or "/teams")


def next_path() -> str:
    return local_path(request.values.get("next")) or ""


def again(
    page: str, form: SignInForm | CodeForm, refused: Refused | None = None, **context: str
) -> Response:
    """The same form with its errors: 429 when a limit was reached, else 422."""
    add_problems(form, refused.problems if refused else [])
    status = 429 if isinstance(refused, TooMany) else 422
    return make_response(render_template(page, form=form, next=next_path(), **context), status)
