"""Starting a team, inviting the partner, joining."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select, update

from cdef.accounts.actions import count_link, open_browser, person_for, use
from cdef.accounts.models import Person
from cdef.accounts.rules import LINK_LASTS, PARTNER_LINK_LASTS
from cdef.directory.actions import add_by_hand, find
from cdef.directory.models import District
from cdef.kernel import audit, tokens
from cdef.kernel.access import Someone
from cdef.kernel.db import db, keep_loaded, lock, transaction
from cdef.kernel.emails import fold_email
from cdef.kernel.problems import refusal
from cdef.kernel.tokens import Token
from cdef.outbox.actions import cancel_waiting, post
from cdef.outbox.overtaken_rules import CAME, INVITED, JOINED, overtaken_by
from cdef.series.models import Cohort
from cdef.series.rules import other_side, takes_registrations
from cdef.teams import letters, rules
from cdef.teams.back_models import earlier_abouts
from cdef.teams.lead_models import Lead
from cdef.teams.listing_actions import relist, relist_words
from cdef.teams.member_models import Member
from cdef.teams.models import Team

START, PARTNER = "start-team", "partner"


@dataclass(frozen=True)
class Start:
    """What somebody fills in to start a team; kept with the mailed link until it is pressed."""

    cohort_id: int
    district_id: int | None
    district_name: str
    county: str
    name: str
    email: str
    side: str
    position: str
    attends: bool


@dataclass(frozen=True)
class Entered:
    """A team entered by a mailed link: the browser's key, and whether the team was there before."""

    team: Team
    key: str
    was_there: bool


def request_start(start: Start, *, ip: str, now: datetime, today: date) -> str:
    """Mail the proof of the address; nothing else exists until it is pressed. The folded address."""
    email = fold_email(start.email)
    with transaction():
        cohort = open_cohort(start.cohort_id, today=today)
        check_district(start)
        count_link(email, ip=ip, now=now)
        payload = asdict(start) | {"email": email}
        issued = tokens.issue(START, email, lifetime=LINK_LASTS, now=now, payload=payload)
        post(letters.start(start.name, email, cohort, issued, now=now), now=now)
    return email


def check_district(start: Start) -> None:
    """Refuse a listed district that is not in the directory, or not any more."""
    if start.district_id is not None and find(start.district_id) is None:
        raise refusal("Please find your district and choose it from the list.", "district_query")


def open_cohort(cohort_id: int, *, today: date) -> Cohort:
    cohort = db.session.get(Cohort, cohort_id)
    if cohort is None or not takes_registrations(cohort, today):
        raise refusal("This cohort does not take registrations now.", "cohort_id")
    return cohort


def start_team(token: Token, *, now: datetime, today: date) -> Entered:
    """Begin the team that a proved address asked for; the same request twice opens the same team."""
    start = Start(**token.payload)
    with transaction(token):
        use(token, now=now)
        person = person_for(start.email, name=start.name, now=now)
        key = open_browser(person, now=now)
        team = existing_team(person, start.cohort_id, district_of(start, now=now))
        if team:
            enter_anew(team, person, start, now=now)
            return Entered(team, key, was_there=True)
        open_cohort(start.cohort_id, today=today)
        return Entered(new_team(start, person, now=now), key, was_there=False)


def district_of(start: Start, *, now: datetime) -> District:
    """The district that was chosen, or the one that was typed because it is not listed."""
    check_district(start)
    listed = find(start.district_id) if start.district_id is not None else None
    found = listed or add_by_hand(start.district_name, start.county, now=now)
    db.session.flush()
    return found


def existing_team(person: Person, cohort_id: int, district: District) -> Team | None:
    """The team that this person already leads for this cohort and district."""
    wanted = (
        Lead.person_id == person.id,
        Team.cohort_id == cohort_id,
        Team.district_id == district.id,
    )
    return db.session.scalar(select(Team).join(Team.leads).where(*wanted))


def enter_anew(team: Team, person: Person, start: Start, *, now: datetime) -> None:
    """Whoever was invited and starts the team by themselves has joined it."""
    lock(db.session(), team)
    lead = own_lead(team, person)
    attends = start.attends and start.side == lead.side
    come_in(team, lead, position=start.position, attends=attends, now=now)


def new_team(start: Start, person: Person, *, now: datetime) -> Team:
    team = Team(cohort_id=start.cohort_id, district=district_of(start, now=now), created_at=now)
    lead = Lead(side=start.side, name=start.name, person=person, invited_at=now, joined_at=now)
    team.leads.append(lead)
    db.session.add(team)
    db.session.flush()
    if start.attends:
        add_lead_as_member(team, lead, start.position, now=now)
    audit.record(team.about, "started the team", by=person, now=now, after={"side": start.side})
    has_come(team, lead, now=now)
    relist(team, now=now)
    return team


def come_in(team: Team, lead: Lead, *, position: str, attends: bool, now: datetime) -> None:
    """An invited lead has joined, and is on the roster if they come to the training."""
    if lead.joined_at:
        return
    lead.joined_at = now
    if attends and rules.may_edit(team.state):
        add_lead_as_member(team, lead, position, now=now)
    audit.record(team.about, "joined the team", by=lead.person, now=now)
    has_come(team, lead, now=now)


def has_come(team: Team, lead: Lead, *, now: datetime) -> None:
    """Whoever is here need not be asked in any more, neither by the partner nor by the staff."""
    reason = f"{lead.name} has come in."
    cancel_waiting(team.about, overtaken_by(JOINED), to=[lead.email], reason=reason, now=now)
    for about in earlier_abouts(lead.person, team):
        cancel_waiting(about, overtaken_by(CAME), to=[lead.email], reason=reason, now=now)


def add_lead_as_member(team: Team, lead: Lead, position: str, *, now: datetime) -> None:
    """Put a lead who comes along on the roster, unless the address is there already."""
    if any(member.email == lead.email for member in team.members):
        return
    team.rows.append(
        Member(side=lead.side, name=lead.name, email=lead.email, position=position, created_at=now)
    )
    team.revision += 1


def invite_partner(
    team: Team, name: str, email: str, *, by: Someone, ip: str, now: datetime
) -> Lead:
    """Name the lead of the other side and mail the way in.

    An invitation that nobody has taken up may be corrected or sent again; a lead who has joined
    stays, since neither lead can remove the other. ``TooMany`` past the limits of mailed links.
    """
    folded = fold_email(email)
    with transaction(team):
        inviter = own_lead(team, by)
        if folded == inviter.email:
            raise refusal(
                "This is your own address. Give the one of the other side’s lead.", "email"
            )
        lead = invited_lead(team, other_side(inviter.side), name, folded, now=now)
        count_link(folded, ip=ip, now=now)
        issued = tokens.issue(
            PARTNER, folded, lifetime=PARTNER_LINK_LASTS, now=now, payload={"team_id": team.id}
        )
        cancel_waiting(team.about, overtaken_by(INVITED), reason="A newer invitation.", now=now)
        post(letters.partner_invitation(team, lead, inviter, issued, now=now), now=now)
        line = {"email": folded}
        team.newest = audit.record(team.about, "invited the partner", by=by, now=now, after=line)
        keep_loaded()
        return lead


def be_here(team_id: int, *, by: Someone, now: datetime) -> None:
    """Remember that a lead has the team's page open; it is no change of the team."""
    own = Lead.team_id == team_id, Lead.person_id == by.id, Lead.left_at.is_(None)
    with transaction():
        db.session.execute(update(Lead).where(*own).values(seen_at=now))


def own_lead(team: Team, person: Someone) -> Lead:
    lead = team.lead_of(person)
    if lead is None:
        raise refusal("Only the leads of this team can do that.")
    return lead


def invited_lead(team: Team, side: str, name: str, email: str, *, now: datetime) -> Lead:
    """The invited lead of one side with this name and address, and no older invitation open."""
    person = person_for(email, name=name, now=now)
    lead = team.lead(side)
    if lead and lead.joined_at:
        raise refusal(f"{lead.name} leads the {side} side already.", "email")
    if lead:
        tokens.revoke(PARTNER, lead.email, {"team_id": team.id}, now=now)
        lead.person, lead.name, lead.invited_at = person, name, now
    else:
        lead = Lead(side=side, person=person, name=name, invited_at=now)
        team.leads.append(lead)
    db.session.flush()
    relist_words(team)
    return lead


def join(token: Token, *, position: str, attends: bool, now: datetime) -> Entered:
    """The invited lead comes in, and onto the roster if they come to the training."""
    team = db.session.get_one(Team, token.payload["team_id"])
    with transaction(team, token):
        use(token, now=now)
        person = person_for(token.email, now=now)
        lead = own_lead(team, person)
        was_there = lead.joined_at is not None
        come_in(team, lead, position=position, attends=attends, now=now)
        return Entered(team, open_browser(person, now=now), was_there)
