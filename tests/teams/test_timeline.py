"""What the timeline tells leads and staff: who did what, and what was changed."""

from dataclasses import replace

import pytest

from cdef.kernel import clock
from cdef.teams import roster_actions
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from tests.cast import DISTRICT_LEAD, STAFF, UNION_LEAD, Cast
from tests.pages import Page

ALL_AT_ONCE = (
    "Imogen Castellanos changed Priscilla Vang: e-mail from priscilla.vang@example.org to "
    "p.vang@example.org; position from Principal or site administrator to School board member; "
    "school or office is now Alder."
)
EMPTIED = "Imogen Castellanos changed Priscilla Vang: school or office is no longer Alder."


@pytest.fixture
def team(cast: Cast) -> Team:
    """A team whose newest lines are two changes of one member."""
    cast.staff()
    team = cast.team(members=[("district", "Priscilla Vang", "principal")])
    member = team.side("district")[1]
    change(member, email="p.vang@example.org", position="board", site="Alder")
    change(member, site="")
    return team


def change(member: Member, **fields: str) -> None:
    base = roster_actions.row_of(member)
    by = member.team.leads[0].person
    roster_actions.edit_member(member, replace(base, **fields), base, by=by, now=clock.now())


def lines(page: Page) -> list[str]:
    shown = page.find("ol", id="timeline")[0]
    return [" ".join("".join(line.itertext()).split()) for line in shown]


@pytest.mark.parametrize(
    ("email", "page"),
    [(DISTRICT_LEAD, "/teams"), (UNION_LEAD, "/teams"), (STAFF, "/staff/teams")],
)
def test_both_leads_and_staff_read_what_was_changed(
    cast: Cast, team: Team, email: str, page: str
) -> None:
    newest = lines(cast.browser(email).get(f"{page}/{team.id}"))
    assert EMPTIED in newest[0]
    assert ALL_AT_ONCE in newest[1]


def test_the_staff_desk_offers_no_undo(cast: Cast, team: Team) -> None:
    page = cast.browser(STAFF).get(f"/staff/teams/{team.id}")
    assert not [form for form in page.find("form") if "undo" in (form.get("action") or "")]


def test_what_is_said_aloud_stays_short(cast: Cast, team: Team) -> None:
    union = cast.browser(UNION_LEAD)
    address = union.get(f"/teams/{team.id}").find("div", id="live")[0].get("hx-get")
    change(team.side("district")[1], site="Weller")
    answer = union.client.get(str(address), headers={"HX-Request": "true"})
    assert "changed Priscilla Vang." in answer.headers["HX-Trigger"]
