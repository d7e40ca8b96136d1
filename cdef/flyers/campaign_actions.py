"""Writing a campaign, choosing whom it goes to, and starting, pausing and resuming it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select

from cdef.directory.actions import matching
from cdef.directory.contact_models import Contact
from cdef.directory.models import District
from cdef.flyers import campaign_rules as rules
from cdef.flyers.campaign_rules import Found, Standing
from cdef.flyers.models import Campaign, Invitation, counts, invitations
from cdef.kernel import audit
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.problems import Refused, blocker, refusal
from cdef.kernel.sheets import Table
from cdef.kernel.tokens import already_done, remember
from cdef.series.models import Cohort, Series
from cdef.teams.models import Team


class CampaignChanged(Refused):
    """The campaign is not what the page was drawn with."""


def write_campaign(
    series: Series,
    cohort_id: int | None,
    subject: str,
    text: str,
    *,
    by: Someone,
    now: datetime,
    once: str,
) -> int:
    """Begin a campaign for a series or one of its cohorts; its id."""
    with transaction():
        done = already_done(once)
        if done:
            return int(done)
        campaign = Campaign(series_id=series.id, cohort_id=cohort_id, subject=subject, text=text)
        campaign.created_at = now
        db.session.add(campaign)
        db.session.flush()
        audit.record(campaign.about, "began a campaign", by=by, now=now, after={"subject": subject})
        remember(once, str(campaign.id), now=now)
        return campaign.id


def reword(
    campaign: Campaign, subject: str, text: str, *, seen: str, by: Someone, now: datetime
) -> None:
    """Change the letter before it is sent."""
    with transaction(campaign):
        must_be_draft(campaign)
        if campaign.seen != seen:
            raise CampaignChanged(
                blocker(
                    f"Somebody has changed it since, to “{campaign.subject}”. Save again to keep yours."
                )
            )
        before = {"subject": campaign.subject, "text": campaign.text}
        campaign.subject, campaign.text = subject, text
        after = {"subject": subject, "text": text}
        what = "changed the letter of a campaign"
        audit.record(campaign.about, what, by=by, now=now, before=before, after=after)


def add_matching(
    campaign: Campaign, query: str, county: str, *, by: Someone, now: datetime
) -> tuple[int, int]:
    """Add the contacts of the districts that a filter finds; how many, and districts without one."""
    with transaction(campaign):
        must_be_draft(campaign)
        chosen = matching(query) if query else select(District).where(District.is_active)
        if county:
            chosen = chosen.where(District.county == county)
        ids = set(db.session.scalars(chosen.with_only_columns(District.id)))
        rows = [each for each in db.session.scalars(select(Contact)) if each.district_id in ids]
        added = invite(campaign, rows)
        note(campaign, added, by=by, now=now)
        return added, len(ids - {each.district_id for each in rows})


def add_list(campaign: Campaign, table: Table, *, by: Someone, now: datetime) -> int:
    """Add the contacts of a list, and keep them with their districts for the next time; how many."""
    with transaction(campaign):
        must_be_draft(campaign)
        known = rules.names_of(db.session.scalars(select(District).where(District.is_active)))
        kept = {each.email: each for each in db.session.scalars(select(Contact))}
        as_found = {
            email: Found(each.district_id, each.side, each.name, email)
            for email, each in kept.items()
        }
        found, left = rules.read_contacts(table.rows, known, as_found)
        keep(found)
        added = invite(campaign, found)
        campaign.left_out = [*campaign.left_out, *left][:1000]
        note(campaign, added, by=by, now=now)
        return added


def keep(found: Iterable[Found]) -> None:
    """Keep contacts with their districts; one that is there already takes the newer name and side."""
    rows = {(each.district_id, each.email): each for each in db.session.scalars(select(Contact))}
    for each in found:
        row = rows.get((each.district_id, each.email))
        if row is None:
            row = Contact(district_id=each.district_id, email=each.email)
            db.session.add(row)
        row.side, row.name = each.side, each.name or row.name or ""


def invite(campaign: Campaign, rows: Sequence[Contact | Found | Invitation]) -> int:
    """Put them on the list; an address stands there once. How many are new."""
    query = select(Invitation.email).where(Invitation.campaign_id == campaign.id)
    there = set(db.session.scalars(query))
    added = 0
    for each in rows:
        if each.email not in there:
            there.add(each.email)
            added += 1
            db.session.add(
                Invitation(
                    campaign_id=campaign.id,
                    district_id=each.district_id,
                    side=each.side,
                    name=each.name,
                    email=each.email,
                )
            )
    return added


def note(campaign: Campaign, added: int, *, by: Someone, now: datetime) -> None:
    if added:
        what = "added recipients to a campaign"
        audit.record(campaign.about, what, by=by, now=now, after={"added": added})


def empty(campaign: Campaign, *, by: Someone, now: datetime) -> None:
    """Take everybody off the list again."""
    with transaction(campaign):
        must_be_draft(campaign)
        db.session.execute(delete(Invitation).where(Invitation.campaign_id == campaign.id))
        campaign.left_out = []
        audit.record(campaign.about, "emptied the list of a campaign", by=by, now=now)


def send(campaign: Campaign, *, seen: int, by: Someone, now: datetime) -> None:
    """Let the letters be written; ``seen`` is how many recipients the confirmation showed."""
    with transaction(campaign):
        if campaign.state != "draft":
            return
        total, _ = counts(campaign)
        if total != seen:
            raise CampaignChanged(blocker("The list has changed since. Please look again."))
        if not total:
            raise refusal("There is nobody on the list.")
        campaign.state, campaign.sent_at = rules.next_state(campaign.state, "send"), now
        audit.record(campaign.about, "sent a campaign", by=by, now=now, after={"letters": total})


def pause(campaign: Campaign, *, by: Someone, now: datetime) -> None:
    """Write no more letters for now; what is in the outbox already goes out."""
    turn(campaign, "pause", "sending", "paused a campaign", by=by, now=now)


def resume(campaign: Campaign, *, by: Someone, now: datetime) -> None:
    turn(campaign, "resume", "paused", "resumed a campaign", by=by, now=now)


def turn(
    campaign: Campaign, verb: str, only: str, what: str, *, by: Someone, now: datetime
) -> None:
    with transaction(campaign):
        if campaign.state == only:
            campaign.state = rules.next_state(campaign.state, verb)
            audit.record(campaign.about, what, by=by, now=now)


def remind(campaign: Campaign, *, by: Someone, now: datetime) -> int:
    """A draft to those districts that were silent so far; the one there is, if it waits. Its id."""
    with transaction(campaign):
        first = campaign.reminds_id or campaign.id
        waiting = select(Campaign.id).where(Campaign.reminds_id == first, Campaign.state != "sent")
        there = db.session.scalar(waiting)
        if there:
            return there
        silent = [each for each in standings(campaign) if each.is_silent]
        if not silent:
            raise refusal("Every district has answered.")
        made = Campaign(series_id=campaign.series_id, cohort_id=campaign.cohort_id)
        made.subject, made.text = f"Reminder: {campaign.subject}"[:120], campaign.text
        made.reminds_id, made.created_at = first, now
        db.session.add(made)
        db.session.flush()
        invite(made, [row for each in silent for row in each.invitations if row.letter])
        audit.record(made.about, "began a reminder", by=by, now=now)
        return made.id


def standings(campaign: Campaign) -> list[Standing]:
    """Where each of a campaign's districts stands, whichever letter moved it there."""
    rows = invitations(campaign)
    answers = answered(campaign)
    teams = teams_of(campaign.series_id)
    found = rules.standings(rows, teams)
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
        select(Invitation)
        .join(Invitation.campaign)
        .where(
            (Campaign.id == first) | (Campaign.reminds_id == first),
            Invitation.opened_at.is_not(None),
        )
    )
    return {
        row.district_id: "Declined" if row.declined_at else "Opened the link"
        for row in db.session.scalars(query)
    }


def teams_of(series_id: int) -> dict[int, Team]:
    query = select(Team).join(Team.cohort).where(Cohort.series_id == series_id)
    found = db.session.scalars(query.order_by(Team.id))
    return {team.district_id: team for team in found if team.state != "withdrawn"}


def must_be_draft(campaign: Campaign) -> None:
    if campaign.state != "draft":
        raise refusal("The campaign is sent already.")
