"""How far each district of a campaign has come, whichever letter moved it there."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cdef.flyers import campaign_rules as rules
from cdef.flyers.campaign_rules import Standing
from cdef.flyers.models import Campaign, Invitation, invitations
from cdef.kernel.db import db
from cdef.series.models import Cohort
from cdef.teams.models import Team


def standings(campaign: Campaign) -> list[Standing]:
    """Where each of a campaign's districts stands."""
    answers = answered(campaign)
    found = rules.standings(invitations(campaign), teams_of(campaign.series_id))
    return [
        each
        if not each.is_silent or each.district.id not in answers
        else Standing(each.district, each.invitations, each.team, answers[each.district.id])
        for each in found
    ]


def answered(campaign: Campaign) -> dict[int, str]:
    """The districts that answered any letter of the campaign and its reminders."""
    first = campaign.reminds_id or campaign.id
    query = (
        select(Invitation.district_id, Invitation.declined_at)
        .join(Invitation.campaign)
        .where(
            (Campaign.id == first) | (Campaign.reminds_id == first),
            Invitation.opened_at.is_not(None),
        )
        .order_by(Invitation.id)
    )
    return {
        district_id: "Declined" if declined_at else "Opened the link"
        for district_id, declined_at in db.session.execute(query)
    }


def teams_of(series_id: int) -> dict[int, Team]:
    """The team of each district that takes part, or would."""
    query = select(Team).join(Team.cohort).where(Cohort.series_id == series_id)
    whole = query.options(joinedload(Team.registration)).order_by(Team.id)
    found = db.session.scalars(whole)
    return {team.district_id: team for team in found if team.state != "withdrawn"}
