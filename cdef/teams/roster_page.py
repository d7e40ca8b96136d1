"""What the roster's templates show: both sides with their forms, the checklist and the cost."""

from typing import Any

from flask import g

from cdef.kernel import clock
from cdef.series.rules import SIDES
from cdef.teams import rules
from cdef.teams.forms import MemberForm, PartnerForm, member_form
from cdef.teams.models import Member, Team, recently_removed


def roster_words(
    team: Team,
    *,
    adding: MemberForm | None = None,
    editing: MemberForm | None = None,
    edited: Member | None = None,
    theirs: Member | None = None,
    partner: PartnerForm | None = None,
    added_to: str = "",
) -> dict[str, Any]:
    """The context of ``_roster.html``.

    A form that was refused comes in as ``adding`` or ``editing`` (with the ``edited`` member, and
    ``theirs`` when somebody else was faster). Whoever was removed in the last minutes can be put back.
    """
    own = team.lead_of(g.person)
    add_forms = {side: member_form(side, formdata=None) for side in SIDES}
    if adding and adding.side.data in add_forms:
        add_forms[adding.side.data] = adding
    return {
        "team": team,
        "own": own,
        "sides": SIDES,
        "inviting": rules.side_to_invite(team, own),
        "may_edit": rules.may_edit(team.state),
        "add_forms": add_forms,
        "editing": editing,
        "edited": edited,
        "theirs": theirs,
        "removed": recently_removed(team, now=clock.now()),
        "added_to": added_to,
        "partner_form": partner or PartnerForm(formdata=None),
        "checklist": rules.checklist(team),
        "people": len(team.members),
        "cost_cents": rules.cost_cents(len(team.members), team.cohort.series.price_cents),
    }
