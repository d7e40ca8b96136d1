"""The facts that overtake letters, each made true as people do it: in a browser."""

from collections.abc import Callable

from cdef.accounts.actions import with_address
from cdef.outbox import overtaken_rules as facts
from cdef.outbox.models import Letter
from cdef.teams.models import Team
from tests.account_states import COLLEAGUE, PAGE
from tests.cast import DISTRICT_LEAD, STAFF, UNION_LEAD, Cast, Mailbox
from tests.publishing import at_desk, move
from tests.registrations.changing import CLASSIFIED, make, newest, verdict_path
from tests.registrations.deciding import decide
from tests.registrations.substituting import answered, give_away, over
from tests.state import guest
from tests.teams.starting import start

# What somebody does, given whose letter it is that waits.
Fact = Callable[[Cast, Team, Letter], None]


def decided(cast: Cast, team: Team, _letter: Letter) -> None:
    """Staff decide on the registration as it stands now."""
    verb = "reopen" if team.state in ("withdrawn", "declined") else "withdraw"
    assert decide(at_desk(cast), team, verb).status == 200


def returned_to_leads(cast: Cast, team: Team, _letter: Letter) -> None:
    assert decide(at_desk(cast), team, "return").status == 200


def published(cast: Cast, team: Team, _letter: Letter) -> None:
    assert move(at_desk(cast), "bay-area", 1, "2016-12-13", "2016-12-14").status == 200


def confirmed(cast: Cast, team: Team, _letter: Letter) -> None:
    decided(cast, team, _letter)
    for side in ("district", "union"):
        cast.sign(team, side)
    assert decide(at_desk(cast), team, "approve").status == 200


def left(cast: Cast, team: Team, letter: Letter) -> None:
    who = next(member.name for member in team.members if member.email == letter.to_email)
    fields = {"name": "Winifred Abernathy", "email": "winifred.abernathy@example.org"}
    assert make(cast.browser(UNION_LEAD), team, who, "swap", **fields).status == 200


def changed(cast: Cast, team: Team, letter: Letter) -> None:
    browser = cast.browser(DISTRICT_LEAD)
    browser.get(f"/teams/{team.id}")
    fields = {"name": "Winifred Abernathy", "email": "winifred.abernathy@example.org"}
    where = {"side": "district", "position": "principal"}
    sent = [("csrf_token", browser.page.value("csrf_token") if browser.page else "")]
    page = browser.post(f"/teams/{team.id}/members", [*sent, *(fields | where).items()])
    assert page.status == 200


def cannot_come(cast: Cast, team: Team, letter: Letter) -> None:
    mine = cast.browser(letter.to_email, is_personal=True)
    mine.get("/personal")
    place = next(member for member in team.members if member.email == letter.to_email)
    meeting = team.cohort.meetings[0]
    path = f"/personal/{place.id}/meetings/{meeting.id}/decline"
    assert mine.submit(path).status == 200


def signed(cast: Cast, team: Team, letter: Letter) -> None:
    browser = cast.browser(letter.to_email)
    browser.get(f"/teams/{team.id}")
    assert browser.submit(f"/teams/{team.id}/signatures").status == 200


def corrected(cast: Cast, team: Team, _letter: Letter) -> None:
    browser = cast.browser(DISTRICT_LEAD)
    assert make(browser, team, CLASSIFIED, "details", site="Elm High").status == 200


def refused(cast: Cast, team: Team, _letter: Letter) -> None:
    staff = at_desk(cast)
    staff.get(f"/staff/teams/{team.id}")
    assert staff.submit(verdict_path(team, "refusal"), note="Too late.").status == 200
    assert newest(team).state == "refused"


def invited(cast: Cast, team: Team, _letter: Letter) -> None:
    browser = cast.browser(DISTRICT_LEAD)
    browser.get(f"/teams/{team.id}")
    fields = {"name": "Beatriz Holloway", "email": "b.holloway@example.org"}
    assert browser.submit(f"/teams/{team.id}/partner", **fields).status == 200


def joined(cast: Cast, _team: Team, letter: Letter) -> None:
    """Whoever is invited starts the team by themselves, as if there were no letter."""
    fields = {"name": "Beatriz Holloway", "side": "union", "position": "teachers_president"}
    assert start(guest(cast), Mailbox(), letter.to_email, **fields).status == 200


def withdrawn(cast: Cast, team: Team, _letter: Letter) -> None:
    assert decide(at_desk(cast), team, "withdraw").status == 200


def asked_another(cast: Cast, team: Team, _letter: Letter) -> None:
    browser = cast.browser(DISTRICT_LEAD)
    path = browser.get(f"/teams/{team.id}").text()
    assert "Cordelia Whitcombe" in path
    lead = team.lead("district")
    assert lead is not None
    assert lead.handover is not None
    address = f"/teams/{team.id}/handovers/{lead.handover.id}/withdrawal"
    assert browser.submit(address).status == 200


def taken(cast: Cast, team: Team, letter: Letter) -> None:
    """Somebody else takes over the side of whoever the letter goes to."""
    side = next(lead.side for lead in team.leads if lead.email == letter.to_email)
    take_side(cast, team, side, "ignatius.bell@example.org")


def another(cast: Cast, team: Team, _letter: Letter) -> None:
    take_side(cast, team, "district", "ignatius.bell@example.org")


def came_back(cast: Cast, team: Team, letter: Letter) -> None:
    take_side(cast, team, "district", letter.to_email)


def take_side(cast: Cast, team: Team, side: str, email: str) -> None:
    """Somebody is asked to lead a side, and presses the button behind the mailed link."""
    cast.ask_successor(team, side, email, "Ignatius Bell")
    browser, link = guest(cast), Mailbox().link("handover_invitation", email)
    position = "human_resources" if side == "district" else "teacher"
    asks = 'name="position"' in browser.get(link).html
    assert browser.submit(link, **({"position": position} if asks else {})).status == 200


def began_again(cast: Cast, _team: Team, letter: Letter) -> None:
    assert start(guest(cast), Mailbox(), letter.to_email).status == 200


def account(cast: Cast, what: str, **fields: str) -> None:
    person, browser = with_address(COLLEAGUE), cast.browser(STAFF)
    assert person is not None
    page = f"{PAGE}/{person.id}"
    browser.get(page)
    assert browser.submit(f"{page}/{what}", **fields).status == 200


def other_roles(cast: Cast, _team: Team, _letter: Letter) -> None:
    account(cast, "roles", roles="needs")


def removed(cast: Cast, _team: Team, _letter: Letter) -> None:
    account(cast, "removal")


def given_away(cast: Cast, team: Team, letter: Letter) -> None:
    give_away(cast, team, letter.to_email)


def stopped(cast: Cast, _team: Team, letter: Letter) -> None:
    staff = at_desk(cast)
    staff.get("/staff/suppressions")
    assert staff.submit("/staff/suppressions", email=letter.to_email).status == 200


FACTS: dict[str, Fact] = {
    facts.DECIDED: decided,
    facts.UNSEATED: decided,
    facts.BACK: returned_to_leads,
    facts.CLOSED: withdrawn,
    facts.PUBLISHED: published,
    facts.CONFIRMED: confirmed,
    facts.LEFT: left,
    facts.CHANGED: changed,
    facts.EDITED: changed,
    facts.SIGNED: signed,
    facts.CORRECTED: corrected,
    facts.PROPOSALS: refused,
    facts.INVITED: invited,
    facts.JOINED: joined,
    facts.ASKED: asked_another,
    facts.TAKEN: taken,
    facts.ANOTHER: another,
    facts.RETURNED: came_back,
    facts.CAME: began_again,
    facts.ROLES: other_roles,
    facts.REMOVED: removed,
    facts.STOPPED: stopped,
    facts.ANSWERED: answered,
    facts.OVER: over,
    facts.CANNOT: cannot_come,
    facts.GIVEN: given_away,
}
