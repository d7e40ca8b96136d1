"""The letter that invites a district: the staff's words, its own link, and the way to stop."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask import current_app

from cdef.flyers.models import Campaign
from cdef.flyers.rules import cohort_flyer
from cdef.kernel import markdown, pdf
from cdef.kernel.links import link
from cdef.kernel.tokens import Issued
from cdef.outbox.envelope import Attachment, Envelope, stop_headers, write


@dataclass(frozen=True)
class Cover:
    """What all letters of a campaign have in common, which needs the database no more."""

    about: str
    words: dict[str, Any]
    sheet: dict[str, Any] | None  # What the flyer of its cohort says, where one was chosen.
    file_name: str = ""


@dataclass(frozen=True)
class Recipient:
    """Somebody as an invitation names them."""

    name: str
    email: str
    side: str
    district: str


def cover(campaign: Campaign) -> Cover:
    cohort = campaign.cohort
    words = {
        "subject": campaign.subject,
        "text": markdown.plain(campaign.text),
        "html": markdown.render(campaign.text),
        "series": campaign.series.title,
        "cohort": cohort.name if cohort else "",
        "flyer": flyer_link(campaign),
    }
    if cohort is None:
        return Cover(campaign.about, words, None)
    sheet = cohort_flyer(cohort, link("series.cohort", slug=cohort.slug))
    return Cover(campaign.about, words, sheet, f"{cohort.slug}.pdf")


def flyer_link(campaign: Campaign) -> str:
    if campaign.cohort:
        return link("flyers.cohort", slug=campaign.cohort.slug)
    return link("flyers.series")


def flyer_file(of: Cover) -> tuple[Attachment, ...]:
    """The cohort's flyer, where one was chosen; it takes a moment, so never in a transaction."""
    if of.sheet is None:
        return ()
    template = Path(current_app.root_path).parent / "templates" / "flyers" / "flyer.typ"
    content = pdf.render(template, of.sheet)
    return (Attachment(of.file_name, content, "application/pdf"),)


def invitation(
    of: Cover, to: Recipient, issued: Issued, attachments: tuple[Attachment, ...] = ()
) -> Envelope:
    stop = link("flyers.unsubscribe", secret=issued.secret)
    envelope = write(
        "invitation",
        (to.name, to.email),
        about=of.about,
        secrets=[issued.secret],
        attachments=attachments,
        district=to.district,
        side=to.side,
        address=link("flyers.invited", secret=issued.secret),
        stop=stop,
        **of.words,
    )
    return replace(envelope, headers=stop_headers(stop))
