"""What every answer has in common: headers, the words templates use, and the pages for errors."""

import hashlib
from collections.abc import MutableMapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import (
    Flask,
    Response,
    abort,
    current_app,
    g,
    make_response,
    render_template,
    request,
    url_for,
)
from flask.templating import Environment
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError

from cdef.kernel import clock, trace, words
from cdef.kernel.access import RoleMissing, full_person, participant
from cdef.kernel.db import Vanished, db, is_duplicate, is_in_doubt
from cdef.kernel.forms import lines, one_line
from cdef.kernel.htmx import current_path, is_htmx, see_other
from cdef.kernel.inputs import notes
from cdef.kernel.links import RowNumber, local_path, subscription
from cdef.kernel.problems import Refused

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
# They say how to take a body, and an answer without one, of which open pages get one every three
# seconds, goes without them.
OF_A_BODY = ("Content-Type", "Cross-Origin-Resource-Policy", "Permissions-Policy")
NOT_KEPT = {"csrf_token"}  # Fields that a page with kept text makes anew.
NOT_TYPED = NOT_KEPT | {"once", "revision", "version"}
SENTENCES = {
    400: ("That did not work", "The request was not understood. Nothing was changed."),
    401: ("Please sign in", "You are not signed in, or your sign-in has ended."),
    403: ("Not yours to see", "This page is for the staff of the training."),
    404: ("Not found", "There is nothing at this address, or it is not yours to see."),
    405: ("That did not work", "This address does not answer to that. Nothing was changed."),
    409: ("Somebody was faster", "This has changed since you opened the page."),
    413: ("Too large", "What was sent is larger than 5 MB. Nothing was changed."),
    422: ("Not done", "Nothing was changed."),
    500: (
        "Our mistake",
        "Something went wrong on our side. Nothing was changed by halves; please try again.",
    ),
    503: ("Busy", "Too many people are saving at this moment. Nothing was lost: please try again."),
}
IN_DOUBT = (
    "Not certain",
    "The database went away as this was saved. Please look whether it is there, and only then try again.",
)
STALE = "This page was older than your sign-in, so nothing was changed."


class Templates(Environment):
    """Templates that take the app's globals as they are.

    Jinja looks through a chain of mappings for each, and copies it name by name for every row that
    is included: a tenth of a team's page.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber
    app.before_request(find_nothing_under_nul)
    app.after_request(set_headers)
    app.context_processor(page_words)
    app.template_filter("date")(words.dates)
    app.jinja_env.filters.update(words.FILTERS | {"subscription": subscription})
    app.jinja_env.globals.update(static_url=static_url, notes=notes)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(Vanished, vanished)
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(OperationalError, busy)
    app.register_error_handler(IntegrityError, outrun)
    app.register_error_handler(Exception, crash)


def find_nothing_under_nul() -> None:
    """No name of ours has a NUL, and PostgreSQL does not even look for one."""
    if "\0" in request.path:
        abort(404)


def set_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.status_code == 204:
        for name in OF_A_BODY:
            response.headers.pop(name, None)
    if current_app.config.get("SESSION_COOKIE_SECURE"):
        below = "; includeSubDomains" if current_app.config["HSTS_SUBDOMAINS"] else ""
        response.headers["Strict-Transport-Security"] = f"max-age=63072000{below}"
    if request.endpoint == "static" and response.status_code < 400:
        versioned = "v" in request.args
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if versioned else "no-cache"
        )
        return response
    response.headers.setdefault("Cache-Control", "no-store")
    response.vary.update(["Cookie", "HX-Request"])
    return response


def page_words() -> dict[str, Any]:
    """What ``base.html`` needs on every page."""
    return {
        "person": full_person(),
        "participant": participant(),
        "pretend_now": clock.now() if clock.is_pretending() else None,
        "outbox_trouble": g.get("outbox_trouble"),
        "letters_failed": g.get("letters_failed", 0),
    }


def static_url(name: str) -> str:
    """A static file's address with its version, so that browsers may keep it for good."""
    return address(current_app.static_url_path, current_app.static_folder or "", name)


@lru_cache
def address(prefix: str | None, folder: str, name: str) -> str:
    return f"{prefix}/{name}?v={version(Path(folder) / name)}"


def version(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if isinstance(error, SecurityError):
        # Asked under a foreign name: no page of ours, whose addresses would carry it.
        return Response("Bad request\n", 400, mimetype="text/plain")
    if status == 401:
        return sign_in_first()
    if status < 400:
        return make_response(error.get_response())
    said = [error.sentence] if isinstance(error, RoleMissing) else None
    response = problem_page(status, said)
    if isinstance(error, MethodNotAllowed):
        response.allow.update(error.valid_methods or ())  # As RFC 9110, 15.5.6, asks.
    return response


def sign_in_first() -> Response:
    """On to sign-in and back here; what a form held is kept on a page of its own."""
    g.refused = 401  # For the log, whatever the answer leads to.
    if request.method in ("GET", "HEAD") and not is_htmx():
        return see_other(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    if is_htmx():
        address = url_for("accounts.sign_in", next=local_path(current_path()))
        return Response(status=401, headers={"HX-Redirect": address})
    return kept(401, sign_in_url=url_for("accounts.sign_in"))


def problem_page(status: int, problems: list[str] | None = None, *, number: str = "") -> Response:
    """The page of one error, or for htmx a notice that leaves what was typed where it is."""
    title, sentence = words_for(status)
    if is_htmx():
        notice = render_template(
            "errors/_notice.html",
            title=title,
            sentence=sentence,
            problems=problems or [],
            number=number,
        )
        headers = {"HX-Retarget": "#notices", "HX-Reswap": "innerHTML"}
        return Response(notice, status, headers=headers)
    page = render_template(
        "errors/page.html",
        title=title,
        sentence=sentence,
        problems=problems or [],
        kept=[],
        number=number,
    )
    return make_response(page, status)


def words_for(status: int) -> tuple[str, str]:
    if status == 503 and g.get("is_in_doubt"):
        return IN_DOUBT
    return SENTENCES.get(status, SENTENCES[400 if status < 500 else 500])


def kept(status: int, problems: list[str] | None = None, **words: str) -> Response:
    """An error page that holds the form as it was sent, to send it once more."""
    title, sentence = words_for(status)
    context = {"title": title, "sentence": sentence, "problems": problems or []} | words
    fields = [
        (one_line(name), lines(value))
        for name, value in request.form.items(multi=True)
        if name not in NOT_KEPT
    ]
    return make_response(render_template("errors/page.html", kept=fields, **context), status)


def refused(error: Refused) -> Response:
    """An action said no and its view had no form to say it on; what was typed is kept."""
    texts = [problem.text for problem in error.problems]
    typed = any(value for name, value in request.form.items() if name not in NOT_TYPED)
    return kept(422, texts) if typed and not is_htmx() else problem_page(422, texts)


def vanished(_error: Vanished) -> Response:
    return problem_page(404)


def stale_form(_error: CSRFError) -> Response:
    """The page was older than the sign-in: load it anew, or send the form as it was."""
    if is_htmx():
        return Response(status=400, headers={"HX-Refresh": "true"})
    return kept(400, title="Please send it again", sentence=STALE)


def busy(error: OperationalError) -> Response:
    """The database let nobody write, or has gone; what was typed is kept."""
    current_app.logger.warning("the database did not answer: %s", error.orig)
    g.is_in_doubt = is_in_doubt(error)
    db.session.rollback()  # PostgreSQL answers nothing more in a transaction that failed.
    try:
        return unsaved(503)
    except OperationalError:
        g.person = None  # To say who is signed in, the database would be asked once more.
        return unsaved(503)


def outrun(error: IntegrityError) -> Response:
    """Two did at once what can be done only once; sent again, the form finds what the other did."""
    if not is_duplicate(error):
        return crash(error)
    current_app.logger.warning("somebody was faster: %s", error.orig)
    return unsaved(409)


def unsaved(status: int) -> Response:
    return problem_page(status) if is_htmx() or request.method == "GET" else kept(status)


def crash(error: Exception) -> Response:
    current_app.logger.error("an error on %s", request.endpoint, exc_info=error)
    if current_app.config["PROPAGATE_EXCEPTIONS"]:
        raise error
    db.session.rollback()
    return problem_page(500, number=trace.current())
