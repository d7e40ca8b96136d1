"""The outbox as staff read it, and the addresses by which an operator sees that all is well."""

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    render_template,
    request,
)
from sqlalchemy import func, select, text

from cdef.kernel import clock
from cdef.kernel.access import open_to_all, staff_only
from cdef.kernel.db import db
from cdef.kernel.htmx import see_other
from cdef.kernel.words import one_line
from cdef.outbox import actions, rules
from cdef.outbox.models import Letter, LetterEvent
from cdef.outbox.reading import Reading, attachment_answer, html_answer, read

blueprint = Blueprint("outbox", __name__)
PAGE = 100


@blueprint.before_app_request
def warn_staff() -> None:
    """Staff see on every page when letters do not get out."""
    if g.get("person") and g.person.is_staff and request.method == "GET":
        g.outbox_trouble = trouble()


def trouble() -> str | None:
    """What staff must know about letters that wait, counted from when each was queued."""
    waiting = Letter.state.in_(("queued", "deferred", "sending"))
    queued = select(func.min(LetterEvent.at)).join(Letter, LetterEvent.letter_id == Letter.id)
    oldest = db.session.scalar(queued.where(waiting, LetterEvent.state == "queued"))
    return rules.trouble(oldest, clock.now())


@blueprint.get("/staff/outbox")
@staff_only
def outbox() -> str:
    state = request.args.get("state", "")
    query = select(Letter).order_by(Letter.id.desc()).limit(PAGE)
    if state in rules.LABELS:
        query = query.where(Letter.state == state)
    if about := one_line(request.args.get("about", "")):
        query = query.where(Letter.about == about)
    return render_template(
        "outbox/list.html",
        letters=db.session.scalars(query).all(),
        counts=counts(),
        labels=rules.LABELS,
        chosen=state,
        has_server=bool(current_app.config["MAIL_SERVER"]),
        now=clock.now(),
    )


def counts() -> dict[str, int]:
    query = select(Letter.state, func.count()).group_by(Letter.state)
    return dict(db.session.execute(query).all())


@blueprint.get("/staff/outbox/<int:letter_id>")
@staff_only
def letter(letter_id: int) -> str:
    found = db.get_or_404(Letter, letter_id)
    return render_template(
        "outbox/letter.html", letter=found, reading=reading_of(found), labels=rules.LABELS
    )


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


@blueprint.get("/healthz/live")
@open_to_all
def live() -> Response:
    return Response("ok\n", content_type="text/plain")


@blueprint.get("/healthz/ready")
@open_to_all
def ready() -> Response:
    """Red when the database does not answer, or letters have waited for more than 15 minutes."""
    db.session.execute(text("SELECT 1"))
    problem = trouble()
    return Response(f"{problem or 'ok'}\n", 503 if problem else 200, content_type="text/plain")
