"""Writing a campaign, choosing whom it goes to, and starting, pausing and resuming it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from cdef.directory.actions import matching
from cdef.directory.contact_models import Contact
from cdef.directory.models import District
from cdef.flyers import campaign_rules as rules
from cdef.flyers.campaign_rules import Found
from cdef.flyers.follow_models import standings
from cdef.flyers.models import Campaign, Invitation, counts
from cdef.kernel import audit
from cdef.kernel.access import Someone
from cdef.kernel.db import db, transaction
from cdef.kernel.problems import Refused, blocker, refusal
from cdef.kernel.sheets import Table
from cdef.kernel.tokens import already_done, remember
from cdef.series.models import Series

MOST_LEFT_OUT = 1000  # lines that are kept with their reasons


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
    chosen = matching(query) if query else select(District).where(District.is_active)
    if county:
        chosen = chosen.where(District.county == county)
    ids = set(db.session.scalars(chosen.with_only_columns(District.id)))
    known = [each for each in contacts() if each.district_id in ids]
    added = add(campaign, known, by=by, now=now)
    return added, len(ids - {each.district_id for each in known})


def add_list(campaign: Campaign, table: Table, *, by: Someone, now: datetime) -> int:
    """Add the contacts of a list, and keep them with their districts for the next time; how many."""
    known = rules.names_of(db.session.scalars(select(District).where(District.is_active)))
    found, left = rules.read_contacts(table.rows, known, {each.email: each for each in contacts()})
    return add(campaign, found, left, by=by, now=now)


def contacts() -> list[Found]:
    """Everybody whom some district is known by."""
    query = select(Contact.district_id, Contact.side, Contact.name, Contact.email)
    return [Found(*row) for row in db.session.execute(query.order_by(Contact.id))]


def add(
    campaign: Campaign,
    found: Sequence[Found],
    left: Sequence[list[str]] = (),
    *,
    by: Someone,
    now: datetime,
) -> int:
    """Put them on the list, and keep what is new of them; what was read is checked once more."""
    with transaction(campaign):
        must_be_draft(campaign)
        present = there(found)
        keep(present)
        added = invite(campaign, present)
        campaign.left_out = [*campaign.left_out, *left][:MOST_LEFT_OUT]
        note(campaign, added, by=by, now=now)
        return added


def there(found: Sequence[Found]) -> list[Found]:
    """Without those whose district was merged into another since they were read."""
    ids = {each.district_id for each in found}
    districts = set(db.session.scalars(select(District.id).where(District.id.in_(ids))))
    return [each for each in found if each.district_id in districts]


def keep(found: Sequence[Found]) -> None:
    """Keep contacts with their districts; one that is there already takes the newer name and side."""
    query = select(Contact).where(Contact.email.in_({each.email for each in found}))
    rows = {(each.district_id, each.email): each for each in db.session.scalars(query)}
    for each in found:
        row = rows.get((each.district_id, each.email))
        if row is None:
            row = Contact(district_id=each.district_id, email=each.email)
            db.session.add(row)
        row.side, row.name = each.side, each.name or row.name or ""


def invite(campaign: Campaign, rows: Sequence[Found | Invitation]) -> int:
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


def must_be_draft(campaign: Campaign) -> None:
    if campaign.state != "draft":
        raise refusal("The campaign is sent already.")
