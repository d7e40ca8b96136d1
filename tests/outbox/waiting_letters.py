"""For each kind of letter: a scene after which one waits, and nothing else does that matters."""

from collections.abc import Callable

from cdef.accounts.staff_actions import invite_staff
from cdef.kernel import tokens
from cdef.kernel.db import transaction
from cdef.registrations.offer_actions import answer_offer
from cdef.teams import actions as teams
from cdef.teams.handover_actions import HANDOVER, take_over
from cdef.teams.models import Team
from tests.account_states import COLLEAGUE, colleague
from tests.cast import (
    DISTRICT_LEAD,
    FEW,
    MEMBERS,
    OAKLAND,
    STAFF,
    SUCCESSOR,
    UNION_LEAD,
    Cast,
    Mailbox,
)
from tests.flyers.campaigning import campaign_of, send
from tests.participants.reminding import A_WEEK_BEFORE, at, work
from tests.publishing import at_desk, move
from tests.registrations.changing import BOARD, make, propose_joining, verdict_path
from tests.registrations.deciding import BECAUSE, give_seats, hand_over
from tests.registrations.substituting import substitute_confirmed, substitute_proposed
from tests.teams.test_ask_back import ask as ask_back

Scene = Callable[[Cast], Team]
DECISIONS = {
    "submitted": [],
    "submitted_staff": [],
    "returned": ["return"],
    "waitlisted": ["waitlist"],
    "declined": ["decline"],
    "withdrawn": ["withdraw"],
    "approved": ["approve"],
    "confirmation": ["approve"],
    "reopened": ["decline", "reopen"],
    "reinstated": ["decline", "reinstate"],
    "offered": ["waitlist", "offer"],
    "lapsed": ["waitlist", "offer"],
    "recalled": ["waitlist", "offer", "recall"],
}


def decided(*verbs: str) -> Scene:
    """A submitted team on which staff decide."""

    def play(cast: Cast) -> Team:
        cast.staff()
        team = cast.submitted(members=FEW)
        for verb in verbs:
            cast.decide(team, verb, BECAUSE)
        return team

    return play


def passed(cast: Cast) -> Team:
    team = decided("waitlist", "offer")(cast)
    answer_offer(team, "pass", by=team.leads[0].person, now=cast.now())
    return team


def over_capacity(cast: Cast) -> Team:
    colleague(cast)
    team = decided()(cast)
    give_seats(team, 1)
    cast.decide(team, "approve", over=BECAUSE)
    return team


def approved(cast: Cast) -> Team:
    """Approved, and everybody has read it."""
    team = decided("approve")(cast)
    hand_over()
    return team


def cancellation(cast: Cast) -> Team:
    team = approved(cast)
    cast.decide(team, "withdraw")
    return team


def dates_changed(cast: Cast) -> Team:
    team = approved(cast)
    move(at_desk(cast), "bay-area", 1, "2016-12-06", "2016-12-07")
    return team


def dates_summary(cast: Cast) -> Team:
    """The district lead does not come along."""
    team = approved(cast)
    row = next(member for member in team.members if member.email == DISTRICT_LEAD)
    with transaction():
        row.removed_at = cast.now()
    move(at_desk(cast), "bay-area", 1, "2016-12-06", "2016-12-07")
    return team


def signature_voided(cast: Cast) -> Team:
    team = cast.team(members=FEW)
    cast.sign(team, "union")
    cast.add(team, *MEMBERS[1])
    return team


def roster_corrected(cast: Cast) -> Team:
    team = approved(cast)
    make(cast.browser(DISTRICT_LEAD), team, BOARD, "details", site="Alder Middle")
    return team


def swapped(cast: Cast) -> Team:
    team = approved(cast)
    fields = {"name": "Ottoline Brandt", "email": "ottoline.brandt@example.org"}
    make(cast.browser(DISTRICT_LEAD), team, BOARD, "swap", **fields)
    return team


def change_proposed(cast: Cast) -> Team:
    team = approved(cast)
    propose_joining(cast.browser(DISTRICT_LEAD), team)
    return team


def change_decided(cast: Cast) -> Team:
    team = change_proposed(cast)
    staff = cast.browser(STAFF)
    staff.get(f"/staff/teams/{team.id}")
    staff.submit(verdict_path(team, "acceptance"), note=BECAUSE)
    return team


def partner_invitation(cast: Cast) -> Team:
    team = cast.team(partner=None, members=[])
    by, words = team.leads[0].person, {"ip": "192.0.2.1", "now": cast.now()}
    teams.invite_partner(team, "Beatriz Holloway", UNION_LEAD, by=by, **words)
    return team


def handover_invitation(cast: Cast) -> Team:
    team = cast.team(members=FEW)
    cast.ask_successor(team, "district", SUCCESSOR)
    return team


def handed_over(cast: Cast) -> Team:
    """The district side has another lead."""
    team = handover_invitation(cast)
    secret = Mailbox().link("handover_invitation", SUCCESSOR).rpartition("/")[2]
    token = tokens.find(HANDOVER, secret, now=cast.now())
    assert token is not None
    take_over(token, position="principal", attends=True, now=cast.now())
    return team


def asked_back(cast: Cast) -> Team:
    team = approved(cast)
    cast.next_series()
    ask_back(cast, team)
    return team


def staff_added(cast: Cast) -> Team:
    by = cast.staff()
    name, now = "Hyacinth Lindqvist", cast.now()
    invite_staff(name, COLLEAGUE, ["staff"], by=by, now=now, once="")
    return cast.team(cd_code=OAKLAND, members=[])


def invitation(cast: Cast) -> Team:
    cast.staff()
    send(cast, campaign_of(cast))
    return cast.team(cd_code=OAKLAND, members=[])


def meeting_reminder(cast: Cast) -> Team:
    """It is the week before the first meeting."""
    team = approved(cast)
    at(cast, A_WEEK_BEFORE)
    work(cast.app)
    return team


def roster_nudge(cast: Cast) -> Team:
    """A week has passed since anybody did anything, and it is a Tuesday."""
    cast.staff()
    team = cast.team(members=FEW)
    at(cast, "2016-10-25T10:00")
    work(cast.app)
    return team


SCENES: dict[str, Scene] = {kind: decided(*verbs) for kind, verbs in DECISIONS.items()} | {
    scene.__name__: scene
    for scene in (
        passed,
        over_capacity,
        cancellation,
        dates_changed,
        dates_summary,
        signature_voided,
        roster_corrected,
        swapped,
        change_proposed,
        change_decided,
        partner_invitation,
        handover_invitation,
        handed_over,
        asked_back,
        staff_added,
        invitation,
        meeting_reminder,
        roster_nudge,
    )
}
SCENES["lead_changed"] = handed_over
SCENES |= {each.__name__: each for each in (substitute_proposed, substitute_confirmed)}
SCENES["substitute_decided"] = substitute_confirmed
