"""The letter that invites a district: the staff's words, its own link, and the way to stop."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import current_app

from cdef.flyers.models import Campaign
from cdef.flyers.rules import cohort_flyer
from cdef.kernel import markdown, pdf
from cdef.kernel.links import link
from cdef.kernel.tokens import Issued
from cdef.outbox.envelope import Attachment, Envelope, write


def invitation(
    campaign: Campaign, to: Any, issued: Issued, attachments: tuple[Attachment, ...] = ()
) -> Envelope:
    """``to`` is an invitation or a stand-in with its name, e-mail, side and district."""
    stop = link("flyers.unsubscribe", secret=issued.secret)
    envelope = write(
        "invitation",
        (to.name, to.email),
        about=campaign.about,
        secrets=[issued.secret],
        attachments=attachments,
        subject=campaign.subject,
        text=markdown.plain(campaign.text),
        html=markdown.render(campaign.text),
        district=to.district,
        side=to.side,
        cohort=campaign.cohort,
        series=campaign.series,
        address=link("flyers.invited", secret=issued.secret),
        flyer=flyer_link(campaign),
        stop=stop,
    )
    headers = {"List-Unsubscribe": f"<{stop}>"}
    headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return replace(envelope, headers=headers)


def flyer_link(campaign: Campaign) -> str:
    if campaign.cohort:
        return link("flyers.cohort", slug=campaign.cohort.slug)
    return link("flyers.series")


def flyer_file(campaign: Campaign) -> tuple[Attachment, ...]:
    """The cohort's flyer, where one was chosen; it takes a moment, so never in a transaction."""
    cohort = campaign.cohort
    if cohort is None:
        return ()
    template = Path(current_app.root_path).parent / "templates" / "flyers" / "flyer.typ"
    content = pdf.render(template, cohort_flyer(cohort, link("series.cohort", slug=cohort.slug)))
    return (Attachment(f"{cohort.slug}.pdf", content, "application/pdf"),)
