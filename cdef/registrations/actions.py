"""Signing and submitting a roster, and the decisions of staff."""

from collections.abc import Collection
from datetime import date, datetime

from cdef.accounts.actions import person_for, staff
from cdef.accounts.rules import FIRST_STAFF, PERSONAL_LINK_LASTS
from cdef.kernel import audit, tokens
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.problems import Problem, Refused, refusal
from cdef.kernel.words import local_day
from cdef.outbox.actions import cancel_waiting, newest_reached, post
from cdef.registrations import letters, rules
from cdef.registrations.models import Decision, Registration, seats_taken
from cdef.series.rules import takes_registrations
from cdef.teams.handover_actions import withdraw_all
from cdef.teams.handover_rules import CLOSED
from cdef.teams.lead_models import Signature
from cdef.teams.listing_actions import relist
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from cdef.teams.roster_actions import fill_place
from cdef.teams.row_rules import Row
from cdef.teams.rules import (
    VOIDED,
    cost_cents,
    current_signature,
    may_edit,
    problems,
    signing_blockers,
    waiting_side,
)

PERSONAL = "personal"


def sign(team: Team, revision: int, *, by: Someone, now: datetime, today: date) -> bool:
    """A lead's yes to the revision that they saw; whether it was the second one, which submits.

    ``Refused`` when the roster has changed since, or is not ready; signing twice is one signature.
    """
    with transaction(team.cohort, team):
        lead = team.lead_of(by)
        if lead is None:
            raise refusal("Only the leads of this team can sign.")
        if current_signature(team, lead.side) and team.revision == revision:
            return team.state == "submitted"
        check_signing(team, revision, today)
        lead.joined_at = lead.joined_at or now  # Who was invited and signs has come in.
        add_signature(team, lead.id, now=now)
        audit.record(team.about, "signed the roster", by=by, now=now, after={"revision": revision})
        reason = "The roster was signed again."
        cancel_waiting(team.about, (VOIDED,), to=[lead.email], reason=reason, now=now)
        if waiting_side(team):
            return False
        submit(team, by=by, now=now, today=today)
        return True


def check_signing(team: Team, revision: int, today: date) -> None:
    if not may_edit(team.state):
        raise refusal("The roster is submitted already.")
    if team.revision != revision:
        raise refusal(
            "The roster has changed since you opened the page. Look at it again, then sign."
        )
    blockers = signing_blockers(problems(team, today))
    if blockers:
        raise Refused(*blockers)


def add_signature(team: Team, lead_id: int, *, now: datetime) -> None:
    people = len(team.members)
    cost = cost_cents(people, team.cohort.series.price_cents)
    lead = next(lead for lead in team.leads if lead.id == lead_id)
    team.signatures.append(
        Signature(lead=lead, revision=team.revision, people=people, cost_cents=cost, at=now)
    )
    db.session.flush()


def submit(team: Team, *, by: Someone, now: datetime, today: date) -> None:
    """The second signature asks for the places; in the transaction of that signature."""
    if team.state == "draft" and not takes_registrations(team.cohort, today):
        raise refusal("This cohort does not take registrations any more.")
    blockers = [problem for problem in problems(team, today) if problem.kind == "blocker"]
    if blockers:
        raise Refused(*blockers)
    registration = registration_of(team, now=now)
    registration.submitted_at = now
    move(registration, "submit", note="", by=by, now=now)
    for person in staff():
        if person.email != FIRST_STAFF:  # Nobody reads there.
            post(letters.submitted_staff(registration, person, now=now), now=now)


def registration_of(team: Team, *, now: datetime) -> Registration:
    """The team's registration, begun if this is the first that is asked of it."""
    if team.registration is None:
        team.registration = Registration(state="draft", since=now)
        db.session.flush()
    registration: Registration = team.registration
    return registration


def decide(
    team: Team, verb: str, note: str, *, by: Someone, now: datetime, seen: Collection[int] = ()
) -> Decision:
    """One decision of staff, or a lead's withdrawal, with the letters that it means.

    The cohort is locked first, so that seats are counted as they are: an approval takes all of a
    team's seats or none. ``seen`` are the requests for waivers that stood on the page. ``Refused``
    with what stands in the way, in words.
    """
    with transaction(team.cohort, team):
        rules.next_state(team.state, verb)
        check_note(verb, note)
        waived = check_approval(team, note, local_day(now), seen) if verb == "approve" else ""
        registration = registration_of(team, now=now)
        was = registration.state
        if verb == "approve" or was == "approved":
            registration.turn += 1
        decision = move(registration, verb, note=note, by=by, now=now, waived=waived)
        if registration.state == "returned":
            team.revision += 1  # It is signed anew, also when nothing on the roster changes.
        if verb == "approve":
            confirm_all(registration, now=now)
        if was == "approved":
            cancel_all(registration, now=now)
        return decision


def check_note(verb: str, note: str) -> None:
    if verb in rules.NEEDS_NOTE and not note:
        raise refusal("Please write a note: the leads will read it.", "note")


def check_approval(team: Team, note: str, today: date, seen: Collection[int]) -> str:
    """Refuse an approval that cannot be, else say what it waives."""
    seats_left = team.cohort.seats - seats_taken(team.cohort)
    stopping: list[Problem] = rules.approval_problems(team, seats_left, note, today, seen=seen)
    if stopping:
        raise Refused(*stopping)
    return rules.waived(team, today, seen=seen)


def move(
    registration: Registration,
    verb: str,
    *,
    note: str,
    by: Someone,
    now: datetime,
    waived: str = "",
) -> Decision:
    """Apply a verb, add its row, cancel what it overtakes, and tell the leads."""
    before = registration.state
    registration.state = rules.next_state(before, verb)
    registration.since = now
    decision = Decision(verb=verb, by_id=by.id, at=now, note=note, waived=waived)
    registration.decisions.append(decision)
    db.session.flush()
    about = registration.team.about
    after = {"state": registration.state, "note": note} | ({"waived": waived} if waived else {})
    audit.record(about, rules.TOLD[verb], by=by, now=now, before={"state": before}, after=after)
    relist(registration.team, now=now)
    reason = f"The registration was {rules.DONE[verb]}."
    is_over = registration.state in CLOSED
    invitations = ("partner_invitation",) if is_over else ()
    cancel_waiting(about, (*letters.NEWS, *invitations), reason=reason, now=now)
    if is_over:
        withdraw_all(registration.team, reason=reason, by=by, now=now)
    kind = "reopened" if verb == "reopen" else registration.state
    for letter in letters.to_leads(kind, registration, decision):
        post(letter, now=now)
    return decision


def confirm_all(registration: Registration, *, now: datetime) -> None:
    """A confirmation with a personal link to everybody whose name is known, in place of a cancellation that waits."""
    named = [member for member in registration.team.members if not member.is_placeholder]
    addresses = [member.email for member in named]
    about, reason = registration.team.about, "The registration was approved anew."
    cancel_waiting(about, ("cancellation",), to=addresses, reason=reason, now=now)
    for member in named:
        confirm(registration, member, now=now)


def confirm(registration: Registration, member: Member, *, now: datetime) -> None:
    person_for(member.email, name=member.name, now=now)
    issued = tokens.issue(PERSONAL, member.email, lifetime=PERSONAL_LINK_LASTS, now=now)
    post(letters.confirmation(registration, member, issued, now=now), now=now)


def name_place(member: Member, row: Row, *, by: Someone, now: datetime) -> None:
    """Say who takes a place that was held on a roster which is submitted already.

    People, sides, positions and cost stay, so nobody signs again; in an approved team whoever is
    named has a confirmation at once. ``Refused`` where the place has its name.
    """
    team = member.team
    with transaction(team.cohort, team):
        if not rules.may_name(team.state):
            raise refusal("Places of this team are not named here now.")
        if not member.is_placeholder:
            raise refusal(f"This place has its name already: {member.called}.")
        fill_place(member, row, by=by, now=now)
        relist(team, now=now)
        if team.state == "approved":
            confirm(team.registration, member, now=now)


def cancel_all(registration: Registration, *, now: datetime) -> None:
    """A cancellation to every member who holds a confirmation: the last that has left the outbox."""
    told = newest_reached(registration.team.about, ("confirmation", "cancellation"))
    for member in registration.team.members:
        if told.get(member.email) == "confirmation":
            post(letters.cancellation(registration, member, now=now), now=now)
