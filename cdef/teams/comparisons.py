"""What a roster's row has in common with the rosters of other teams, told by the database.

The tables stand here by their names, since the model of a row itself asks these questions.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    Text,
    cast,
    column,
    exists,
    literal,
    select,
    table,
)

MEMBER = table(
    "member", *map(column, ("id", "team_id", "name_key", "removed_at")), column("email", Text)
)
TEAM = table("team", *map(column, ("id", "cohort_id", "district_id")))
COHORT = table("cohort", *map(column, ("id", "series_id")))
LEAD = table("lead", *map(column, ("team_id", "person_id", "left_at")))
REGISTRATION = table("registration", *map(column, ("team_id", "state")))
GONE = ("withdrawn", "declined")  # Nobody of such a team comes with it.
other, own_team, their_team = (
    MEMBER.alias("other"),
    TEAM.alias("own_team"),
    TEAM.alias("their_team"),
)
LETTER = table("letter", *map(column, ("about", "kind", "state")))
own_lead, their_lead = LEAD.alias("own_lead"), LEAD.alias("their_lead")
own_cohort, their_cohort = COHORT.alias("own_cohort"), COHORT.alias("their_cohort")


def others(team_id: Any, what: Any) -> Select[Any]:
    """The rows of other teams that have an address, beside the row's own team and cohort."""
    return (
        select(what)
        .select_from(other)
        .join(their_team, their_team.c.id == other.c.team_id)
        .join(their_cohort, their_cohort.c.id == their_team.c.cohort_id)
        .join(own_team, own_team.c.id == team_id)
        .join(own_cohort, own_cohort.c.id == own_team.c.cohort_id)
        .where(other.c.team_id != team_id, other.c.removed_at.is_(None), other.c.email != "")
    )


def is_elsewhere(team_id: Any, email: Any) -> ColumnElement[bool]:
    """Whether the address is on the roster of another team of the same series."""
    same_series = their_cohort.c.series_id == own_cohort.c.series_id
    is_gone = exists(
        select(REGISTRATION.c.team_id).where(
            REGISTRATION.c.team_id == their_team.c.id, REGISTRATION.c.state.in_(GONE)
        )
    )
    query = others(team_id, other.c.id).where(other.c.email == email, same_series, ~is_gone)
    return exists(query)


def past_email(team_id: Any, name_key: Any, email: Any) -> ScalarSelect[str | None]:
    """Another address that the same name had on the district's newest earlier roster.

    Told only where one of the leads led that team too: anybody may start a team for a district, and
    must not learn people's addresses by that.
    """
    led_both = exists(
        select(own_lead.c.team_id)
        .join(their_lead, their_lead.c.person_id == own_lead.c.person_id)
        .where(
            own_lead.c.team_id == own_team.c.id,
            own_lead.c.left_at.is_(None),
            their_lead.c.team_id == their_team.c.id,
        )
    )
    same_person = other.c.name_key == name_key, other.c.email != email, other.c.name_key != ""
    same_district = their_team.c.district_id == own_team.c.district_id
    earlier = their_cohort.c.series_id < own_cohort.c.series_id
    found = others(team_id, other.c.email).where(*same_person, same_district, earlier, led_both)
    return found.order_by(their_cohort.c.series_id.desc(), other.c.id).limit(1).scalar_subquery()


def has_letters(team_id: Any, kinds: Sequence[str], states: Sequence[str]) -> ColumnElement[bool]:
    """Whether a letter of these kinds about the team is in one of these states."""
    about = literal("team:") + cast(team_id, Text)
    return exists().where(
        LETTER.c.about == about, LETTER.c.kind.in_(kinds), LETTER.c.state.in_(states)
    )
