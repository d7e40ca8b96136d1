"""The leads' answer to a member who proposes a substitute for one meeting."""

from flask import Response, abort, g

from cdef.kernel import clock
from cdef.kernel.htmx import answer
from cdef.kernel.problems import refusal
from cdef.registrations import substitute_actions
from cdef.registrations.change_views import back_to
from cdef.registrations.forms import NoteForm
from cdef.registrations.substitute_models import substitute_of, substitutes_of
from cdef.registrations.substitute_rules import LABELS
from cdef.registrations.views import blueprint, team_or_404

blueprint.app_template_global("substitutes_of")(substitutes_of)
blueprint.app_template_global("substitute_labels")(lambda: LABELS)


@blueprint.post(
    "/teams/<int:team_id>/substitutes/<int:substitute_id>/<any(acceptance, refusal):verdict>"
)
def answer_substitute(team_id: int, substitute_id: int, verdict: str) -> Response:
    team = team_or_404(team_id)
    substitute = substitute_of(team, substitute_id) or abort(404)
    now = clock.now()
    if verdict == "acceptance":
        substitute_actions.accept(substitute, by=g.person, now=now)
        said = f"{substitute.name} comes in the place of {substitute.member.called}."
    else:
        substitute_actions.refuse(substitute, note_or_refused(), by=g.person, now=now)
        said = f"{substitute.name} is refused. {substitute.member.called} is told."
    return answer("registrations/_substitutes.html", back_to(team), said=said, team=team)


def note_or_refused() -> str:
    form = NoteForm()
    if not form.validate():
        raise refusal(" ".join(form.note.errors))
    return form.note.data or ""
