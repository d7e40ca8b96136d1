"""What a flyer says: a series or one of its cohorts as plain text for the page to set."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

import segno

from cdef.kernel import markdown, words

Flyer = dict[str, object]
Loaded = Any  # A Series, TrainingSession, Cohort or Meeting, or a stand-in of the same shape.

EYEBROW: Final = "Invitation to joint district and union teams"
TBD_NOTE: Final = "Dates that are still to be determined (TBD) are announced there."
QR_COLOR: Final = "#073b3f"
NUMBERS: Final = ("no", "one", "both", "all three", "all four", "all five", "all six")


def series_flyer(series: Loaded, url: str) -> Flyer:
    """Say everything about a series: the flyer that invites a district to choose its cohort."""
    cohorts = list(series.cohorts)
    return _flyer(series, cohorts, url) | {
        "title": _short(series.title),
        "eyebrow": EYEBROW,
    }


def cohort_flyer(cohort: Loaded, url: str) -> Flyer:
    """Say the same for one cohort, whose dates can then stand in large type."""
    series = cohort.series
    return _flyer(series, [cohort], url) | {
        "title": _cohort_name(cohort),
        "eyebrow": _short(series.title),
    }


def _flyer(series: Loaded, cohorts: Sequence[Loaded], url: str) -> Flyer:
    is_open_ended = any(not meeting.dates for cohort in cohorts for meeting in cohort.meetings)
    return {
        "subtitle": _short(series.subtitle),
        "intro": _set(series.intro),
        "audience": _set(series.audience),
        "partners": "\n".join(map(_short, markdown.plain_lines(series.partners))),
        "cost": cost(series.price_cents, len(series.training_sessions)),
        "cohorts": [_cohort(cohort) for cohort in cohorts],
        "sessions": [_session(part) for part in series.training_sessions],
        "link": url,
        "url": printable(url),
        "qr_svg": qr_svg(url),
        "date_note": TBD_NOTE if is_open_ended else "",
    }


def cost(price_cents: int, sessions: int) -> str:
    """Say the price in US cents of one person's place in all training sessions."""
    if not price_cents:
        return "Free of charge"
    number = NUMBERS[sessions] if sessions < len(NUMBERS) else f"all {sessions}"
    extent = f" for {number} {'session' if sessions == 1 else 'sessions'}" if sessions else ""
    return f"{words.money(price_cents)} a person{extent}"


def printable(url: str) -> str:
    """Shorten an address to what a person types from paper."""
    return words.one_line(url).split("://")[-1].rstrip("/")


def qr_svg(url: str) -> str:
    """Draw an address as a QR code that survives 15 % of damage, without its quiet zone."""
    drawn = BytesIO()
    code = segno.make_qr(url, error="m")
    code.save(drawn, kind="svg", xmldecl=False, border=0, dark=QR_COLOR)
    return drawn.getvalue().decode()


def _session(part: Loaded) -> Flyer:
    return {
        "name": _name(part),
        "days": words.plural(part.days, "day"),
        "title": _short(part.title),
        "overview": _set(part.overview),
    }


def _cohort(cohort: Loaded) -> Flyer:
    shared = cohort.shared_venue
    return {
        "name": _cohort_name(cohort),
        "meetings": [_meeting(meeting, shared) for meeting in cohort.meetings],
        "venue_all": _short(shared.one_line) if shared else "",
    }


def _meeting(meeting: Loaded, shared: Loaded) -> Flyer:
    """Say a meeting; its hint only while it has no days, its venue only where they differ."""
    venue = None if shared else meeting.venue
    return {
        "session": _name(meeting.training_session),
        "dates": words.dates(meeting.dates),
        "hint": "" if meeting.dates else _short(meeting.hint),
        "hours": words.hours(meeting.starts, meeting.ends),
        "venue": _short(venue.one_line) if venue else "",
    }


def _name(part: Loaded) -> str:
    return f"Session {part.number}"


def _cohort_name(cohort: Loaded) -> str:
    name = _short(cohort.name)
    return name if "cohort" in name.casefold() else f"{name} Cohort"


# A sheet has an end: what no printed line or paragraph could hold is cut, and seen to be cut.
def _short(text: str) -> str:
    return words.one_line(text, 300)


def _set(text: str) -> str:
    """What staff wrote, its paragraphs apart and its signs as paper has them."""
    return "\n\n".join(map(_long, words.paragraphs(markdown.plain(text))))


def _long(text: str) -> str:
    return words.one_line(text, 3000)
