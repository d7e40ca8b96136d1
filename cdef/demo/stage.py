"""Puts the demo cast on stage by the same actions that people use, at believable times."""

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from cdef.accounts import actions as accounts
from cdef.accounts.actions import person_for
from cdef.accounts.models import Person
from cdef.directory.models import District
from cdef.kernel import clock
from cdef.kernel.db import db, transaction
from cdef.kernel.words import fold
from cdef.registrations import actions as registrations
from cdef.registrations import sign_actions
from cdef.registrations.decision_rules import Said, unmet
from cdef.series.models import cohort_by_slug
from cdef.teams import actions as teams
from cdef.teams import roster_actions
from cdef.teams.actions import Start
from cdef.teams.lead_models import Lead
from cdef.teams.listing_actions import relist_words
from cdef.teams.models import Team
from cdef.teams.row_rules import Row

CAST = Path(__file__).parent.parent / "seed" / "demo.toml"
DECISIONS = {
    "approved": "approve",
    "returned": "return",
    "waitlisted": "waitlist",
    "declined": "decline",
    "withdrawn": "withdraw",
}


def stage() -> None:
    """Everybody of the cast, each team as far as the file says."""
    cast = read_cast()
    now = clock.now()
    staff = accounts.add_staff(
        cast["staff"]["email"], name=cast["staff"]["name"], by=None, now=now - timedelta(days=30)
    )
    set_seats(cast["seats"])
    for fields in cast["teams"]:
        bring_on(fields, staff, now - timedelta(days=fields["days"]))


def read_cast() -> dict[str, Any]:
    return tomllib.loads(CAST.read_text(encoding="utf-8"))


def staged(until: str) -> Team | None:
    """The team that came on stage in this state, whatever has become of it since."""
    codes = [fields["district"] for fields in read_cast()["teams"] if fields["until"] == until]
    query = select(Team).join(District).where(District.cd_code.in_(codes)).order_by(Team.id)
    return db.session.scalars(query).first()


def set_seats(seats: dict[str, int]) -> None:
    with transaction():
        for slug, number in seats.items():
            cohort = cohort_by_slug(slug)
            if cohort:
                cohort.seats = number


def bring_on(fields: dict[str, Any], staff: Person, began: datetime) -> None:
    until = fields["until"]
    team, starter = start(fields, began)
    if until == "invited":
        name, email = person_of(fields, fields["union_side"][0])
        teams.invite_partner(team, name, email, by=starter, ip="", now=began + timedelta(hours=1))
        return
    partner = join(team, fields, began + timedelta(hours=2))
    for side in ("district", "union"):
        for number, line in enumerate(fields[f"{side}_side"][1:]):
            add(team, side, line, fields, starter, began + timedelta(hours=3, minutes=2 * number))
    signed = began + timedelta(days=1)
    sign(team, starter, signed)
    if until == "half-signed":
        return
    sign(team, partner, signed + timedelta(minutes=40))
    if until in DECISIONS:
        decided = signed + timedelta(hours=20)
        said = Said(reasons={check.rule_id: fields["note"] for check in unmet(team)})
        verb, note = DECISIONS[until], fields["note"]
        registrations.decide(team, verb, note, by=staff, now=decided, said=said)


def start(fields: dict[str, Any], at: datetime) -> tuple[Team, Person]:
    """The district lead begins the team."""
    name, email = person_of(fields, fields["district_side"][0])
    cohort = cohort_by_slug(fields["cohort"])
    district = db.session.scalar(select(District).where(District.cd_code == fields["district"]))
    if cohort is None or district is None:
        raise LookupError(f"the seed lacks {fields['cohort']} or {fields['district']}")
    position = parts(fields["district_side"][0])[1]
    wanted = Start(cohort.id, district.id, "", "", name, email, "district", position, True)
    with transaction():
        person = person_for(email, name=name, now=at)
        team = teams.new_team(wanted, person, now=at)
    return team, person


def join(team: Team, fields: dict[str, Any], at: datetime) -> Person:
    """The union lead is on the team, and on the roster."""
    name, email = person_of(fields, fields["union_side"][0])
    with transaction(team):
        person = person_for(email, name=name, now=at)
        lead = Lead(side="union", name=name, person=person, invited_at=at, joined_at=at)
        team.leads.append(lead)
        db.session.flush()
        position = parts(fields["union_side"][0])[1]
        teams.add_lead_as_member(team, lead, position, now=at)
        relist_words(team)
    return person


def add(team: Team, side: str, line: str, fields: dict[str, Any], by: Person, at: datetime) -> None:
    name, position, site = parts(line)
    row = Row(name=name, email=person_of(fields, line)[1], position=position, site=site)
    roster_actions.add_member(team, side, row, by=by, now=at)


def sign(team: Team, by: Person, at: datetime) -> None:
    sign_actions.sign(team, team.revision, by=by, now=at, today=date(at.year, at.month, at.day))


def parts(line: str) -> tuple[str, str, str]:
    name, position, site = (part.strip() for part in line.split("|"))
    return name, position, site


def person_of(fields: dict[str, Any], line: str) -> tuple[str, str]:
    """The name, and an address made from it at the team's invented domain."""
    name = parts(line)[0]
    local = "".join(letter if letter.isalnum() else "." for letter in fold(name))
    return name, f"{local}@{fields['domain']}"
