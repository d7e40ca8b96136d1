"""How answers differ for htmx and for a plain browser: a fragment, or a page and a 303."""

import json
from typing import Any
from urllib.parse import urlsplit

from flask import Response, flash, make_response, redirect, render_template, request


def is_htmx() -> bool:
    """Whether a fragment is wanted; a history reload always wants the page."""
    return request.headers.get("HX-Request") == "true" and not request.headers.get(
        "HX-History-Restore-Request"
    )


def current_path() -> str:
    """The path of the page from which htmx asks; nothing where it does not say."""
    try:
        return urlsplit(request.headers.get("HX-Current-URL", "")).path
    except ValueError:
        return ""


def answer(
    fragment: str, back_to: str, *, said: str = "", facts: tuple[str, ...] = (), **context: Any
) -> Response:
    """After a change: the fragment drawn anew with its facts announced, or a 303 to its page."""
    if not is_htmx():
        if said:
            flash(said, "good")
        return see_other(back_to)
    response = make_response(render_template(fragment, **context))
    announce(response, said, *facts)
    return response


def invalid(fragment: str, page: str, **context: Any) -> Response:
    """422 with the same form and its errors, alone for htmx and on its page otherwise."""
    return make_response(render_template(fragment if is_htmx() else page, **context), 422)


def see_other(address: str) -> Response:
    """Go on to another page after a form; htmx is told to load it whole."""
    if is_htmx():
        return Response(status=200, headers={"HX-Redirect": address})
    return make_response(redirect(address, 303))


def announce(response: Response, said: str, *facts: str) -> None:
    """Tell the page which facts changed, and the screen reader a sentence."""
    events: dict[str, Any] = dict.fromkeys(facts, True)
    if said:
        events["announce"] = {"text": said}
    if events:
        response.headers["HX-Trigger"] = json.dumps(events)
