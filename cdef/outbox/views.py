"""The outbox as staff read it."""

from urllib.parse import urlencode

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    g,
    make_response,
    render_template,
    request,
)

from cdef.kernel import clock
from cdef.kernel.access import DECIDING, staff_only
from cdef.kernel.db import db
from cdef.kernel.forms import add_problems, number_of
from cdef.kernel.htmx import see_other
from cdef.kernel.pages import POLICY
from cdef.kernel.problems import Refused
from cdef.kernel.words import one_line
from cdef.outbox import actions, mend_actions, quarantine_actions, queries, rules
from cdef.outbox.forms import AddressForm, NoteForm
from cdef.outbox.lease_actions import has_expired
from cdef.outbox.models import Letter
from cdef.outbox.queries import Wanted
from cdef.outbox.reading import Reading, attachment_answer, html_answer, read

blueprint = Blueprint("outbox", __name__)
blueprint.app_template_global("letters_about")(queries.letters_about)
blueprint.app_context_processor(lambda: {"letter_states": rules.LABELS})


@blueprint.before_app_request
def warn_staff() -> None:
    """Staff see on every page when letters do not get out, and on their own that some have failed."""
    if g.get("person") and g.person.has_role(DECIDING) and request.method == "GET":
        g.outbox_trouble, failed = concerns()
        if request.path.startswith("/staff"):
            g.letters_failed = failed


def concerns() -> tuple[str | None, int]:
    """What staff must know about letters that wait too long, and how many have failed."""
    now = clock.now()
    oldest, failed, is_quarantined = queries.concerns(now)
    return rules.QUARANTINE if is_quarantined else rules.trouble(oldest, now), failed


@blueprint.get("/staff/outbox")
@staff_only
def outbox() -> str:
    wanted, now = wanted_letters(), clock.now()
    found = queries.find(wanted, now)
    return render_template(
        "outbox/list.html",
        found=found,
        wanted=wanted,
        figures=queries.figures(now),
        counts=queries.counts(),
        quarantine=quarantine_actions.present(),
        labels=rules.LABELS,
        to_mend=rules.TO_MEND,
        of_state=lambda state: address(state=state),
        older=address(before=found.older) if found.older else "",
        has_server=bool(current_app.config["MAIL_SERVER"]),
        now=now,
    )


def wanted_letters() -> Wanted:
    given = {name: one_line(request.args.get(name, "")) for name in ("state", "about", "q")}
    before = number_of(request.args.get("before", ""))
    return Wanted(given["state"], given["about"], given["q"], before)


def address(**more: object) -> str:
    """This filter's address, with more."""
    given = {name: request.args[name] for name in ("state", "about", "q") if request.args.get(name)}
    asked = urlencode({name: value for name, value in (given | more).items() if value})
    return f"/staff/outbox?{asked}" if asked else "/staff/outbox"


@blueprint.get("/staff/outbox/<int:letter_id>")
@staff_only
def letter(letter_id: int) -> Response:
    return letter_page(db.get_or_404(Letter, letter_id))


def letter_page(
    found: Letter,
    status: int = 200,
    *,
    mending: AddressForm | None = None,
    aside: NoteForm | None = None,
) -> Response:
    """A letter as it was sent; a form that was refused stands there with what was typed."""
    page = render_template(
        "outbox/letter.html",
        letter=found,
        reading=reading_of(found),
        labels=rules.LABELS,
        again=queries.again(found),
        is_in_doubt=quarantine_actions.is_in_doubt(found),
        needs_somebody=mend_actions.is_open(found)
        and not has_expired(found.expires_at, clock.now()),
        mending=mending or AddressForm(None, email=found.to_email),
        aside=aside or NoteForm(None),
    )
    response = make_response(page, status)
    response.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    return response


@blueprint.post("/staff/outbox/<int:letter_id>/resend")
@staff_only
def send_again(letter_id: int) -> Response:
    """Send a letter that failed once more, to its address or a mended one."""
    found, form, at = db.get_or_404(Letter, letter_id), AddressForm(), clock.now()
    if not form.validate():
        return letter_page(found, 422, mending=form)
    try:
        mend_actions.send_again(found, form.email.data or "", by=g.person, now=at)
    except Refused as refused:
        add_problems(form, refused.problems)
        return letter_page(found, 422, mending=form)
    flash("The letter is sent again.", "good")
    return see_other(f"/staff/outbox/{letter_id}")


@blueprint.post("/staff/outbox/<int:letter_id>/setting-aside")
@staff_only
def set_aside(letter_id: int) -> Response:
    found, form = db.get_or_404(Letter, letter_id), NoteForm()
    if not form.validate():
        return letter_page(found, 422, aside=form)
    mend_actions.set_aside(found, form.note.data or "", by=g.person, now=clock.now())
    flash("The letter is set aside.", "good")
    return see_other(f"/staff/outbox/{letter_id}")


@blueprint.get("/staff/outbox/<int:letter_id>/html")
@staff_only
def letter_html(letter_id: int) -> Response:
    return html_answer(reading_of(db.get_or_404(Letter, letter_id)))


@blueprint.get("/staff/outbox/<int:letter_id>/attachments/<int:number>")
@staff_only
def attachment(letter_id: int, number: int) -> Response:
    return attachment_answer(reading_of(db.get_or_404(Letter, letter_id)), number) or abort(404)


@blueprint.post("/staff/outbox/<int:letter_id>/attempt")
@staff_only
def attempt(letter_id: int) -> Response:
    """Try a deferred letter again at once."""
    actions.hurry(db.get_or_404(Letter, letter_id), now=clock.now())
    return see_other(f"/staff/outbox/{letter_id}")


def reading_of(found: Letter) -> Reading:
    return read(found, show_secrets=current_app.config["DEMO"])
