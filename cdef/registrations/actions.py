"""The decisions on a registration, and what follows for everybody on its roster."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, cast

from cdef.accounts.actions import person_for, staff
from cdef.accounts.models import Person
from cdef.accounts.rules import FIRST_STAFF, PERSONAL_LINK_LASTS
from cdef.kernel import audit, tokens
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.problems import Refused, refusal
from cdef.kernel.words import local_day
from cdef.outbox import overtaken_rules as overtaken
from cdef.outbox.actions import cancel_waiting, newest_reached_of, post
from cdef.registrations import letters, rules
from cdef.registrations.calendar import untold_in
from cdef.registrations.change_rules import may_change
from cdef.registrations.closing_actions import close_all
from cdef.registrations.decision_rules import (
    SEATING,
    Said,
    check_note,
    check_offer,
    check_version,
    is_repeated,
    last_signature,
    new_facts,
    seating_problems,
    stands_signed,
    waived,
)
from cdef.registrations.models import Decision, Registration, RowNote
from cdef.registrations.offer_models import seats_left
from cdef.registrations.preview_rules import NEWS_OF, Telling, tellings
from cdef.registrations.substitute_end_actions import NO_PLACE, end_for
from cdef.registrations.substitute_models import substitutes_of
from cdef.series.rules import SIDES
from cdef.teams.handover_actions import withdraw_all
from cdef.teams.handover_rules import CLOSED
from cdef.teams.lead_models import Signature
from cdef.teams.listing_actions import relist
from cdef.teams.member_models import Member
from cdef.teams.models import Team
from cdef.teams.roster_actions import fill_place
from cdef.teams.row_rules import Row
from cdef.teams.rules import current_signature

PERSONAL = "personal"
LONGEST_OFFER = timedelta(days=60)


def registration_of(team: Team, *, now: datetime) -> Registration:
    """The team's registration, begun if this is the first that is asked of it."""
    if team.registration is None:
        team.registration = Registration(state="draft", since=now)
        db.session.flush()
    registration: Registration = team.registration
    return registration


def decide(
    team: Team,
    verb: str,
    note: str,
    *,
    by: Someone,
    now: datetime,
    said: Said = Said(),  # noqa: B008 (frozen)
) -> Decision:
    """One decision of staff, or of a lead on the own team, with the letters that it means.

    The cohort is locked first, so that seats are counted as they are: an approval takes all of a
    team's seats or none. ``Refused`` with what stands in the way, in words. The form that was sent
    twice is one decision; on a page that others have overtaken it is none.
    """
    with transaction(team.cohort, team):
        decisions = team.registration.decisions if team.registration else []
        if is_repeated(decisions, verb, said, by):
            return cast(Decision, decisions[-1])
        check_version(decisions, said)
        rules.next_state(team.state, verb)
        check_note(team, verb, note, said)
        registration = registration_of(team, now=now)
        check_offer(verb, is_offered=registration.is_offered(now))
        over = check_seating(registration, said, now) if verb in SEATING else ""
        if verb == "reinstate":
            stand_again(registration)
        decision = Decision(verb=verb, by_id=by.id, at=now, note=note, over=over)
        decision.waived = waived(team, said) if verb in SEATING else ""
        decision.row_notes = row_notes(team, verb, said)
        carry_out(registration, decision, by=by, now=now, until=said.until)
        return decision


def carry_out(
    registration: Registration,
    decision: Decision,
    *,
    by: Someone,
    now: datetime,
    until: datetime | None = None,
) -> None:
    """Move the registration, and do what follows for everybody on the roster."""
    was = registration.state
    is_approved = rules.next_state(was, decision.verb) == "approved"
    if is_approved or was == "approved":
        registration.turn += 1
    if decision.verb == "offer":
        check_until(until, now)
        decision.until = until
    move(registration, decision, by=by, now=now)
    if registration.state == "returned":
        registration.team.revision += 1  # Signed anew, also when nothing on the roster changes.
    if is_approved:
        confirm_all(registration, now=now)
    if was == "approved":
        cancel_all(registration, now=now)
    if decision.over:
        for person in colleagues(by):
            post(letters.over_capacity(registration, decision, person), now=now)


def check_seating(registration: Registration, said: Said, now: datetime) -> str:
    """Refuse an approval or offer that cannot be, else say why it goes over the seats, if it does."""
    team = registration.team
    left = seats_left(team.cohort, now, besides=registration)
    stopping = seating_problems(team, left, local_day(now), said)
    if stopping:
        raise Refused(*stopping)
    return said.over if len(team.members) > left else ""


def check_until(until: datetime | None, now: datetime) -> None:
    if until is None or not now < until <= now + LONGEST_OFFER:
        days = LONGEST_OFFER.days
        raise refusal(f"Please give a day from today on, at most {days} days from now.", "until")


def stand_again(registration: Registration) -> None:
    """What was returned and not changed stands as it was signed; other states are as they were."""
    team = registration.team
    if not stands_signed(team, registration.decisions):
        raise refusal(
            "The roster is not as both sides have signed it. Let the leads sign it, "
            "or reopen the registration first."
        )
    if team.state == "returned":
        for side in SIDES:
            signed = last_signature(team, side)
            if current_signature(team, side) is None:
                again = {"people": signed.people, "cost_cents": signed.cost_cents, "at": signed.at}
                team.signatures.append(Signature(lead=signed.lead, revision=team.revision, **again))
        db.session.flush()


def row_notes(team: Team, verb: str, said: Said) -> list[RowNote]:
    """The notes on rows that a return brings; a row that has left the roster needs none."""
    if verb != "return":
        return []
    return [
        RowNote(member=member, text=said.rows[member.id])
        for member in team.members
        if said.rows.get(member.id)
    ]


def colleagues(by: Someone) -> list[Person]:
    """The other staff members, where somebody reads."""
    return [each for each in staff() if each.email != FIRST_STAFF and each.id != by.id]


def move(registration: Registration, decision: Decision, *, by: Someone, now: datetime) -> None:
    """Apply a decision's verb, add its row, cancel what it overtakes, and tell the leads."""
    before, verb = registration.state, decision.verb
    registration.state = rules.next_state(before, verb)
    registration.since = now
    place_on_waitlist(registration, decision, now=now)
    registration.decisions.append(decision)
    db.session.flush()
    about = registration.team.about
    after = {"state": registration.state} | told(decision)
    audit.record(about, rules.TOLD[verb], by=by, now=now, before={"state": before}, after=after)
    relist(registration.team, now=now)
    reason = f"The registration was {rules.DONE[verb]}."
    is_over = registration.state in CLOSED
    facts = new_facts(verb, registration.state)
    cancel_waiting(about, overtaken.overtaken_by(*facts), reason=reason, now=now)
    if is_over:
        withdraw_all(registration.team, reason=reason, by=by, now=now)
    if not may_change(registration.state):
        close_all(registration.team, reason, by=by, now=now)
    for letter in letters.to_leads(NEWS_OF[verb], registration, decision):
        post(letter, now=now)
    if verb == "offer":
        for letter in letters.lapsed(registration, decision):
            post(letter, now=now)


def place_on_waitlist(registration: Registration, decision: Decision, *, now: datetime) -> None:
    """Whoever waits does so since their submission, or since they passed; every answer ends an offer."""
    if decision.verb == "waitlist":
        registration.waits_since = registration.submitted_at or now
    if decision.verb == "pass":
        registration.waits_since = now
    elif decision.verb == "offer" and registration.offered_until:
        registration.waits_since = registration.offered_until  # One that has lapsed.
    registration.offered_until = decision.until
    registration.offered_seats = len(registration.team.members) if decision.until else 0


def told(decision: Decision) -> dict[str, Any]:
    """What the timeline keeps of a decision."""
    until = decision.until.isoformat() if decision.until else ""
    notes = {row.member.called: row.text for row in decision.row_notes}
    found = {"waived": decision.waived, "over": decision.over, "rows": notes, "until": until}
    return {"note": decision.note} | {name: value for name, value in found.items() if value}


def previews(
    team: Team, verbs: Collection[str], holders: Collection[str], *, left: int, by: Someone
) -> dict[str, list[Telling]]:
    """Who gets which letter for each decision, if staff make it now, with so many seats left.

    ``holders`` have a confirmation.
    """
    is_over = len(team.members) > left and not SEATING.isdisjoint(verbs)
    others = colleagues(by) if is_over else []
    return {verb: tellings(team, verb, holders=holders, colleagues=others) for verb in verbs}


def holders(team: Team) -> set[str]:
    return holders_of([team])[team.id]


def holders_of(teams: Collection[Team]) -> dict[int, set[str]]:
    """Who holds a confirmation: the last letter about their place that has left the outbox."""
    abouts = [team.about for team in teams]
    reached = newest_reached_of(abouts, ("confirmation", "cancellation")) if abouts else {}
    return {
        team.id: {email for email, kind in reached[team.about].items() if kind == "confirmation"}
        for team in teams
    }


def confirm_all(registration: Registration, *, now: datetime) -> None:
    """A confirmation with a personal link to everybody whose name is known, in place of a cancellation that waits."""
    named = [member for member in registration.team.members if not member.is_placeholder]
    addresses = [member.email for member in named]
    about, reason = registration.team.about, "The registration was approved anew."
    kinds = overtaken.overtaken_by(overtaken.CONFIRMED)
    cancel_waiting(about, kinds, to=addresses, reason=reason, now=now)
    confirm(registration, *named, now=now)


def confirm(registration: Registration, *members: Member, now: datetime, because: str = "") -> None:
    readers = []
    for member in members:
        person_for(member.email, name=member.name, now=now)
        readers.append((member, personal_link(member.email, now=now)))
    for letter in letters.confirmations(registration, readers, now=now, because=because):
        post(letter, now=now)


def personal_link(email: str, *, now: datetime) -> tokens.Issued:
    """The secret of a link to somebody's own page, for the letter that is being written to them."""
    return tokens.issue(PERSONAL, email, lifetime=PERSONAL_LINK_LASTS, now=now)


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
    """A cancellation to every member who holds a confirmation."""
    end_for(substitutes_of(registration.team), NO_PLACE, now=now)
    told, untold = holders(registration.team), untold_in(registration.team)
    for member in registration.team.members:
        if member.email in told:
            issued = personal_link(member.email, now=now)
            post(
                letters.cancellation(registration, member, issued, now=now, untold=untold), now=now
            )
