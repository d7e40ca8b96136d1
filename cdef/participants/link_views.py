"""The link to the personal page, asked for anew."""

from flask import Response, flash, make_response, render_template

from cdef.accounts.rules import TooMany
from cdef.kernel import clock
from cdef.kernel.access import network, open_to_all
from cdef.kernel.forms import add_problems
from cdef.kernel.htmx import see_other
from cdef.kernel.problems import Refused
from cdef.participants import actions
from cdef.participants.forms import LinkForm
from cdef.participants.views import blueprint

SENT = "If {} is or was on a roster, a letter with a link to your page is on its way there."


@blueprint.get("/personal/link")
@open_to_all
def ask_link() -> str:
    return render_template("participants/link.html", form=LinkForm())


@blueprint.post("/personal/link")
@open_to_all
def send_link() -> Response:
    form = LinkForm()
    if not form.validate():
        return make_response(render_template("participants/link.html", form=form), 422)
    try:
        email = actions.send_link(form.email.data or "", ip=network(), now=clock.now())
    except Refused as refused:
        add_problems(form, refused.problems)
        status = 429 if isinstance(refused, TooMany) else 422
        return make_response(render_template("participants/link.html", form=form), status)
    flash(SENT.format(email), "good")
    return see_other("/personal/link")
