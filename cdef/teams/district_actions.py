"""Doubles in the directory: a district that was typed by hand is corrected, or becomes the state's.

Its teams move with it, which is why this stands above the directory.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cdef.directory import rules as directory_rules
from cdef.directory.contact_models import Contact
from cdef.directory.models import District, Union
from cdef.kernel import audit
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.problems import Refused, blocker, refusal
from cdef.series.models import Cohort
from cdef.teams.listing_actions import relist
from cdef.teams.models import Team


class DistrictChanged(Refused):
    """It is not what the page was drawn with."""


@dataclass(frozen=True)
class Moving:
    """What goes from one entry to the other, and the cohorts in which both then have a team."""

    teams: list[Team]
    unions: list[Union]
    contacts: list[Contact]
    twice: list[str]

    @property
    def seen(self) -> str:
        """What a preview was drawn with."""
        groups = [[str(each.id) for each in rows] for rows in self.rows]
        return ";".join(",".join(group) for group in [*groups, self.twice])

    @property
    def rows(self) -> tuple[list[Team], list[Union], list[Contact]]:
        return self.teams, self.unions, self.contacts


def moving(district: District, into: District) -> Moving:
    """What merging would move; it changes nothing."""
    there = {team.cohort_id for team in teams_of(into)}
    teams = teams_of(district)
    twice = sorted({team.cohort.name for team in teams if team.cohort_id in there})
    unions = select(Union).where(Union.district_id == district.id).order_by(Union.id)
    contacts = select(Contact).where(Contact.district_id == district.id).order_by(Contact.id)
    return Moving(
        teams, list(db.session.scalars(unions)), list(db.session.scalars(contacts)), twice
    )


def teams_of(district: District) -> list[Team]:
    named = joinedload(Team.cohort).joinedload(Cohort.series), selectinload(Team.rows)
    query = select(Team).where(Team.district_id == district.id).options(*named)
    return list(db.session.scalars(query.order_by(Team.id)))


def correct_district(
    district: District, name: str, county: str, *, seen: str, by: Someone, now: datetime
) -> None:
    """Say anew how a district is called that somebody typed; the state's are the state's to name."""
    with transaction(district):
        if not district.is_by_hand:
            raise refusal("Only a district that was typed by hand can be corrected here.")
        if district.seen != seen:
            raise DistrictChanged(
                blocker(f"Somebody corrected it since you opened the page; now: {district.label}.")
            )
        before = {"name": district.name, "county": district.county}
        district.name, district.county = name, directory_rules.county_name(county)
        after = {"name": district.name, "county": district.county}
        if after == before:
            return
        district.search_text = directory_rules.search_text(name, district.county, district.city)
        what = "corrected the district"
        audit.record(district.about, what, by=by, now=now, before=before, after=after)
        relist_all(teams_of(district), now=now)


def merge_districts(
    district: District, into: District, *, seen: str, by: Someone, now: datetime
) -> Moving:
    """Let the state's entry have what the typed one has; doing it again moves what came since.

    Nothing is deleted: the typed entry is found no more, and leads on to the other.
    ``DistrictChanged`` if what moves is not what the preview showed.
    """
    with transaction(*sorted((district, into), key=lambda each: each.id)):
        check_merging(district, into)
        found = moving(district, into)
        if district.merged_into_id == into.id and not any(found.rows):
            return found
        if found.seen != seen:
            raise DistrictChanged(blocker("What would move has changed. Please look again."))
        move(found, into)
        move_contacts(district, into, found.contacts)
        district.is_active, district.merged_into_id = False, into.id
        relist_all(found.teams, now=now)
        record(district, into, found, by=by, now=now)
        return found


def check_merging(district: District, into: District) -> None:
    if district.cd_code or (district.merged_into_id not in (None, into.id)):
        raise refusal("Only a district that was typed by hand can be merged into another.")
    if not into.cd_code or not into.is_active:
        raise refusal("It can only be merged into a district of the state’s list.")


def move(found: Moving, into: District) -> None:
    for team in found.teams:
        team.district = into
    for union in found.unions:
        union.district = into
    db.session.flush()


def move_contacts(district: District, into: District, contacts: list[Contact]) -> None:
    """Whom staff write to, and to whom they have written; an address that is there already stays."""
    of_other = select(Contact.email).where(Contact.district_id == into.id)
    there = set(db.session.scalars(of_other))
    for contact in contacts:
        if contact.email in there:
            db.session.delete(contact)
        else:
            contact.district = into
    for invitation in district.invitations:
        invitation.district = into


@contextmanager
def relisting(*, now: datetime) -> Iterator[None]:
    """Bring the lists to what the districts are called after a change of many, in its transaction."""
    with transaction():
        before = called()
        yield
        db.session.flush()
        renamed = dict(called().items() - before.items())
        query = select(Team).where(Team.district_id.in_(renamed)).order_by(Team.id)
        teams = list(db.session.scalars(query))
        with transaction(*teams):
            relist_all(teams, now=now)


def called() -> dict[int, tuple[str, str]]:
    """What teams are found by of each district that has some."""
    query = select(District.id, District.search_text, District.county)
    there = query.where(District.id.in_(select(Team.district_id)))
    return {number: (text, county) for number, text, county in db.session.execute(there)}


def relist_all(teams: list[Team], *, now: datetime) -> None:
    for team in teams:
        relist(team, now=now)


def record(
    district: District, into: District, found: Moving, *, by: Someone, now: datetime
) -> None:
    """A line for both entries and for each team that moved."""
    facts = {
        "teams": [team.cohort.name for team in found.teams],
        "unions": [union.name for union in found.unions],
        "contacts": [contact.email for contact in found.contacts],
    }
    was, is_now = {"district": district.label}, {"district": into.label}
    audit.record(district.about, f"merged this into {into.label}", by=by, now=now, before=facts)
    audit.record(into.about, f"merged {district.label} into this", by=by, now=now, after=facts)
    for team in found.teams:
        what = "moved the team to the state’s entry of its district"
        audit.record(team.about, what, by=by, now=now, before=was, after=is_now)
