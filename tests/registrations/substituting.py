"""A member of a small team, and whoever should come to one meeting in their place."""

from cdef.kernel.db import db
from cdef.registrations.substitute_models import Substitute
from cdef.teams.models import Team
from tests.cast import FEW, UNION_LEAD, Cast, address_of
from tests.pages import Browser, Page
from tests.registrations.deciding import hand_over

NAME = FEW[1][1]
TO = address_of(NAME)
ANA = "ana.ruiz@example.org"


def own_id(team: Team) -> int:
    return next(member.id for member in team.members if member.email == TO)


def form_of(team: Team) -> str:
    return f"/personal/{own_id(team)}/meetings/{team.cohort.meetings[0].id}/substitute"


def propose(mine: Browser, team: Team, **fields: str) -> Page:
    mine.get(form_of(team))
    return mine.submit(form_of(team), **{"name": "Ana Ruiz", "email": ANA, **fields})


def answer(lead: Browser, team: Team, verdict: str, **fields: str) -> Page:
    lead.get(f"/teams/{team.id}")
    return lead.submit(f"/teams/{team.id}/substitutes/{newest().id}/{verdict}", **fields)


def newest() -> Substitute:
    found = db.session.query(Substitute).order_by(Substitute.id.desc()).first()
    assert found is not None
    return found


def take_back(mine: Browser, team: Team) -> Page:
    mine.get("/personal")
    return mine.submit(f"/personal/{own_id(team)}/substitutes/{newest().id}/withdrawal")


def substitute_proposed(cast: Cast) -> Team:
    team = cast.approved(members=FEW)
    hand_over()
    propose(cast.browser(TO, is_personal=True), team)
    return team


def substitute_confirmed(cast: Cast) -> Team:
    team = substitute_proposed(cast)
    answer(cast.browser(UNION_LEAD), team, "acceptance")
    return team


def answered(cast: Cast, team: Team, _letter: object) -> None:
    assert answer(cast.browser(UNION_LEAD), team, "refusal").status == 200


def over(cast: Cast, team: Team, _letter: object) -> None:
    assert take_back(cast.browser(TO, is_personal=True), team).status == 200


def give_away(cast: Cast, team: Team, email: str = TO) -> None:
    """Somebody's place at the first meeting, Dashiell's unless said otherwise, goes to Ana."""
    mine = cast.browser(email, is_personal=True)
    place = next(member.id for member in team.members if member.email == email)
    form = f"/personal/{place}/meetings/{team.cohort.meetings[0].id}/substitute"
    mine.get(form)
    assert mine.submit(form, name="Ana Ruiz", email=ANA).status == 200
    assert answer(cast.browser(UNION_LEAD), team, "acceptance").status == 200
