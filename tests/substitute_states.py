"""The states of a substitute: on the form, on the member's page, and before the leads."""

from collections.abc import Iterator

from tests.cast import FEW, STAFF, UNION_LEAD, Cast
from tests.pages import Page
from tests.registrations.substituting import TO, answer, form_of, newest, propose, take_back
from tests.state import DISTRICTS, State


def substituting(cast: Cast) -> Iterator[State]:
    cast.staff()
    team = cast.approved(cd_code=DISTRICTS[6], members=FEW)
    mine, lead = cast.browser(TO, is_personal=True), cast.browser(UNION_LEAD)
    page, staff = f"/teams/{team.id}", cast.browser(STAFF)
    yield State("substitute", mine, mine.get(form_of(team)))
    yield State("substitute refused by the form", mine, mine.submit(form_of(team)), 422)
    yield State("substitute proposed", mine, propose(mine, team, words="<b>Ill</b>\n\n{{7*7}}"))
    yield State("team with a substitute", lead, lead.get(page))
    yield State("desk with a substitute", staff, staff.get(f"/staff/teams/{team.id}"))
    yield State("substitute refused", lead, answer(lead, team, "refusal", note="We need you."))
    yield State("place with a refusal", mine, mine.get("/personal"))
    propose(mine, team)
    lead.get(page)
    answered = lead.htmx(f"{page}/substitutes/{newest().id}/acceptance")
    yield State("substitute accepted, by script", lead, Page(answered))
    yield State("team with an accepted substitute", lead, lead.get(page))
    yield State("place with a substitute", mine, mine.get("/personal"))
    yield State("place without a substitute", mine, take_back(mine, team))
