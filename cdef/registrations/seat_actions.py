"""How many people a cohort has seats for, also where fewer than sit there already."""

from datetime import datetime

from cdef.kernel import audit
from cdef.kernel.access import Someone
from cdef.kernel.db import transaction
from cdef.kernel.problems import Refused, blocker
from cdef.kernel.words import plural
from cdef.registrations.offer_models import taken_and_held
from cdef.series.models import Cohort

MOST = 9999


def set_seats(cohort: Cohort, seats: int, *, seen: int, by: Someone, now: datetime) -> None:
    """Give a cohort as many seats; nobody who is approved or has an offer loses theirs.

    ``Refused`` below that, unless the page has shown by how many people: the number ``seen``.
    """
    if not 0 <= seats <= MOST:
        raise Refused(blocker(f"Please give a number of people from 0 to {MOST:,}.", "seats"))
    with transaction(cohort):
        before = cohort.seats
        if seats == before:
            return
        over = sum(taken_and_held(cohort, now)) - seats
        if over > 0 and seen != over:
            people = plural(over, "person", "people")
            raise Refused(
                blocker(
                    f"That is {people} fewer than are approved or have an offer. Nobody would lose "
                    "a seat; see below who it is about, and save once more to set it all the same.",
                    "seats",
                )
            )
        cohort.seats = seats
        after = {"seats": seats} | ({"people over": over} if over > 0 else {})
        about = f"cohort:{cohort.id}"
        audit.record(about, "set the seats", by=by, now=now, before={"seats": before}, after=after)
