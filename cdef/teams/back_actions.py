"""Asking last year's teams back, and the lead who comes: with last year's roster as a start."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select

from cdef.accounts.actions import open_browser, use
from cdef.kernel import audit, tokens
from cdef.kernel.access import Someone
from cdef.kernel.db import db, lock, transaction
from cdef.kernel.problems import refusal
from cdef.kernel.tokens import Issued, Token
from cdef.outbox.actions import post
from cdef.outbox.envelope import Envelope
from cdef.series.models import Series, current_series
from cdef.teams import letters
from cdef.teams.actions import (
    Entered,
    Start,
    add_lead_as_member,
    come_in,
    existing_team,
    new_team,
    open_cohort,
)
from cdef.teams.back_models import AskedBack, asked_for, earlier_series, teams_of_year
from cdef.teams.back_rules import BACK_LINK_LASTS, Earlier, earlier, letters_for
from cdef.teams.lead_models import Lead
from cdef.teams.listing_actions import relist
from cdef.teams.models import Team
from cdef.teams.rules import may_edit

BACK = "asked-back"


def standing(series: Series, *, today: date) -> list[Earlier]:
    """How each team of the year before stands towards a series."""
    before = earlier_series(series)
    cohorts = {cohort.slug: cohort for cohort in series.cohorts}
    asked = asked_for(series)
    teams = teams_of_year(before) if before else []
    return [earlier(team, cohorts, asked.get(team.id, []), today) for team in teams]


def sample(found: Earlier, lead: Lead, *, now: datetime) -> Envelope:
    """The letter as one lead would read it, with a link that opens nothing."""
    issued = Issued("the-link-of-each-lead", "")
    return letters.asked_back(found.team, lead, found.cohort, issued, now=now)


def ask_back(
    series: Series, chosen: Collection[int], *, by: Someone, now: datetime, today: date
) -> int:
    """Write to both leads of each chosen team, once; how many letters that are.

    ``Refused`` while the public pages do not show the series, since nobody could come.
    """
    with transaction(series):
        if current_series() is not series:
            raise refusal("Only for the current series can teams be asked back.")
        found = letters_for(standing(series, today=today), chosen)
        for each, lead in found:
            ask_lead(series, each, lead, by=by, now=now)
        for team in {each.team.id: each.team for each, _ in found}.values():
            what = f"asked the team back for {series.key}"
            to = [lead.email for each, lead in found if each.team is team]
            audit.record(team.about, what, by=by, now=now, after={"to": to})
        if found:
            after = {"letters": len(found), "teams": len({each.team.id for each, _ in found})}
            audit.record(series.about, "asked teams back", by=by, now=now, after=after)
        return len(found)


def ask_lead(series: Series, found: Earlier, lead: Lead, *, by: Someone, now: datetime) -> None:
    row = AskedBack(series_id=series.id, cohort_id=found.cohort.id, team_id=found.team.id)
    row.person_id, row.by_id, row.asked_at = lead.person_id, by.id, now
    db.session.add(row)
    db.session.flush()
    payload = {"asked_back_id": row.id}
    issued = tokens.issue(BACK, lead.email, lifetime=BACK_LINK_LASTS, now=now, payload=payload)
    post(letters.asked_back(found.team, lead, found.cohort, issued, now=now), now=now)


def asked_by(token: Token) -> AskedBack:
    return db.session.get_one(AskedBack, token.payload["asked_back_id"])


def come_back(token: Token, *, now: datetime, today: date) -> Entered:
    """Begin this year's team, or join it where the other lead has begun it already."""
    row = asked_by(token)
    with transaction(row.cohort, token):
        use(token, now=now)
        lock(db.session(), row)
        person = row.person
        key = open_browser(person, now=now)
        team = row.new_team or existing_team(person, row.cohort_id, row.team.district)
        was_there = team is not None
        if team:
            join_again(team, row, now=now)
        else:
            open_cohort(row.cohort_id, today=today)
            team = new_team(start_again(row), person, now=now)
        for each in of_same_team(row):
            each.new_team_id = team.id
        return Entered(team, key, was_there)


def of_same_team(row: AskedBack) -> list[AskedBack]:
    query = select(AskedBack).where(
        AskedBack.series_id == row.series_id, AskedBack.team_id == row.team_id
    )
    return list(db.session.scalars(query))


def start_again(row: AskedBack) -> Start:
    """What the lead would fill in: side, position and district as they were."""
    lead = lead_then(row)
    position = position_then(row)
    return Start(
        cohort_id=row.cohort_id,
        district_id=row.team.district_id,
        district_name="",
        county="",
        name=lead.name,
        email=lead.email,
        side=lead.side,
        position=position,
        attends=bool(position),
    )


def lead_then(row: AskedBack) -> Lead:
    query = select(Lead).where(Lead.team_id == row.team_id, Lead.person_id == row.person_id)
    return db.session.scalars(query.order_by(Lead.id.desc())).all()[0]


def position_then(row: AskedBack) -> str:
    """The position that the lead had on last year's roster; nothing if they did not come along."""
    email = row.person.email
    return next((each.position for each in row.team.members if each.email == email), "")


def join_again(team: Team, row: AskedBack, *, now: datetime) -> None:
    """The other lead has begun the team: come in on the same side as last year."""
    lock(db.session(), team)
    then, position = lead_then(row), position_then(row)
    lead = team.lead_of(row.person)
    if lead:
        come_in(team, lead, position=position, attends=bool(position), now=now)
    else:
        take_side(team, then, position, now=now)
    relist(team, now=now)


def take_side(team: Team, then: Lead, position: str, *, now: datetime) -> None:
    taken = team.lead(then.side)
    if taken:
        raise refusal(f"{taken.name} leads the {then.side} side of this year’s team already.")
    lead = Lead(side=then.side, name=then.name, person=then.person, invited_at=now, joined_at=now)
    team.leads.append(lead)
    db.session.flush()
    if position and may_edit(team.state):
        add_lead_as_member(team, lead, position, now=now)
    audit.record(team.about, "joined the team", by=then.person, now=now)
