"""What staff may do to a series: which parts are in use and stay, what a cohort's address is."""

import re
from collections.abc import Sequence
from typing import Any

from cdef.kernel.words import fold, listing


def why_session_stays(session: Any, meetings: Sequence[Any], drafted: Sequence[str]) -> str:
    """Why a training session cannot be removed; ``meetings`` are its own and those of later ones.

    A later session would be called by another number, which its meetings' calendars say.
    """
    own = [each for each in meetings if each.number == session.number and each.days]
    if own:
        return f"{session.name} has dates already, so it stays."
    if drafted:
        return f"{session.name} is drafted for {listing(drafted)}: discard that draft first."
    later = [each for each in meetings if each.days]
    if later:
        return (
            f"Session {later[0].number} has dates already and would be called by another number, "
            f"so {session.name} stays."
        )
    return ""


def slug_of(name: str) -> str:
    """A cohort's part of addresses, made from its name: "Inland Empire" is ``inland-empire``."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(name)))[:60].strip("-")


def why_not_shown(series: Any) -> str:
    """Why a series cannot become the one that the public pages show."""
    if not series.training_sessions:
        return "It has no training session yet."
    if not series.cohorts:
        return "It has no cohort yet."
    return ""


def next_title(text: str) -> str:
    """The same with each year one later: "2016–17 Training" is "2017–18 Training"."""
    return re.sub(
        r"\b(\d{4})([-–/])(\d{2})\b|\b(20\d{2})\b",
        lambda found: (
            f"{int(found[1]) + 1}{found[2]}{(int(found[3]) + 1) % 100:02}"
            if found[1]
            else str(int(found[4]) + 1)
        ),
        text,
    )
