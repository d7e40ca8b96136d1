"""Writing a campaign's letters a few at a time, and what a recipient answers."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cdef.directory.models import District
from cdef.flyers import campaign_rules as rules
from cdef.flyers.follow_models import answered, teams_of
from cdef.flyers.letters import Cover, Recipient, cover, flyer_file, invitation
from cdef.flyers.models import Campaign, Invitation, invitations
from cdef.kernel import audit, tokens
from cdef.kernel.access import Someone
from cdef.kernel.db import db, end_reading, transaction
from cdef.kernel.tokens import Issued, Token
from cdef.outbox.actions import freeze, post
from cdef.outbox.envelope import Attachment, Envelope
from cdef.outbox.models import Letter
from cdef.outbox.suppression_actions import suppress
from cdef.outbox.suppression_models import REASONS, suppressed

INVITED = "invitation"
LINK_LASTS = timedelta(days=730)
CHUNK = 25  # letters that one transaction writes
NOBODYS = Issued("the-link-of-each-recipient", "")
Written = tuple[int, Issued, Letter]


def write_letters(*, now: datetime) -> bool:
    """Write the next letters of a campaign that is being sent; whether there was any to do.

    Only when those before have left: a letter that somebody waits for never stands behind a
    thousand that nobody asked for, and a pause stops all but a few.
    """
    campaign = next_campaign()
    if campaign is None or is_full():
        return False
    first, rows = cover(campaign), [(row.id, recipient(row)) for row in next_rows(campaign)]
    end_reading()
    files = flyer_file(first) if rows else ()
    ready = [written(number, first, to, files, now=now) for number, to in rows]
    post_letters(campaign, ready, now=now)
    return True


def next_campaign() -> Campaign | None:
    query = select(Campaign).where(Campaign.state == "sending").order_by(Campaign.id)
    return db.session.scalar(query.limit(1))


def is_full() -> bool:
    """Whether so many invitations wait in the outbox that more can wait for their turn."""
    query = select(Letter.id).where(Letter.state == "queued", Letter.kind == INVITED)
    return len(db.session.scalars(query.limit(CHUNK)).all()) == CHUNK


def recipient(row: Invitation) -> Recipient:
    return Recipient(row.name, row.email, row.side, row.district.label)


def written(
    number: int, of: Cover, to: Recipient, files: tuple[Attachment, ...], *, now: datetime
) -> Written:
    issued = tokens.fresh()
    return number, issued, freeze(invitation(of, to, issued, files), now=now)


def next_rows(campaign: Campaign) -> list[Invitation]:
    query = select(Invitation).where(
        Invitation.campaign_id == campaign.id,
        Invitation.letter_id.is_(None),
        Invitation.left_out == "",
    )
    whole = query.options(joinedload(Invitation.district)).order_by(Invitation.id)
    return list(db.session.scalars(whole.limit(CHUNK)))


def post_letters(campaign: Campaign, ready: list[Written], *, now: datetime) -> None:
    """Post what still is to be posted: nobody gets a campaign's letter twice, however many write."""
    with transaction(campaign):
        if campaign.state != "sending":
            return
        if not ready:
            campaign.state = rules.next_state(campaign.state, "finish")
            audit.record(campaign.about, "wrote the last letter", by=None, now=now)
            return
        rows = {row.id: row for row in next_rows(campaign)}
        stopped = suppressed([row.email for row in rows.values()])
        done = (
            {*answered(campaign), *teams_of(campaign.series_id)} if campaign.reminds_id else set()
        )
        for number, issued, letter in ready:
            row = rows.get(number)
            if row is None:
                continue
            if row.email in stopped:
                row.left_out = REASONS[stopped[row.email]]
            elif row.district_id in done:
                row.left_out = "Has answered"
            else:
                put(row, issued, letter, now=now)


def put(row: Invitation, issued: Issued, letter: Letter, *, now: datetime) -> None:
    payload = {"invitation_id": row.id}
    tokens.issue(INVITED, row.email, lifetime=LINK_LASTS, now=now, payload=payload, issued=issued)
    db.session.add(letter)
    db.session.flush()
    row.letter_id = letter.id


def sample(campaign: Campaign) -> tuple[Recipient, Envelope]:
    """The letter as one recipient would read it, with links that open nothing."""
    to = sample_recipient(campaign)
    return to, invitation(cover(campaign), to, NOBODYS)


def sample_recipient(campaign: Campaign) -> Recipient:
    """The first on the list, or a district of the directory while nobody is."""
    rows = invitations(campaign)
    if rows:
        return recipient(rows[0])
    first = select(District).where(District.is_active).order_by(District.name).limit(1)
    district = db.session.scalar(first) or District(name="Your district", county="")
    return Recipient("", "name@example.org", "district", district.label)


def send_test(campaign: Campaign, *, by: Someone, now: datetime) -> None:
    """The letter as it would be, to whoever asks for it; its link opens nothing."""
    district = sample_recipient(campaign).district
    of, to = cover(campaign), Recipient(by.name, by.email, "district", district)
    end_reading()
    envelope = invitation(of, to, NOBODYS, flyer_file(of))
    with transaction(campaign):
        post(envelope, now=now)
        audit.record(campaign.about, "sent a test of the letter", by=by, now=now)


def invited_by(token: Token) -> Invitation:
    return db.session.get_one(Invitation, token.payload["invitation_id"])


def answer(row: Invitation, *, declines: bool, now: datetime) -> None:
    """Somebody has answered on the page behind the link; a visit alone, as programs do, is nothing."""
    with transaction(row):
        if row.opened_at is None:
            row.opened_at = now
        if declines != bool(row.declined_at):
            row.declined_at = now if declines else None
            what = "declined an invitation" if declines else "took up an invitation again"
            audit.record(f"district:{row.district_id}", what, by=None, now=now)


def stop_letters(token: Token, *, now: datetime) -> None:
    suppress(token.email, "unsubscribed", by=None, now=now)
